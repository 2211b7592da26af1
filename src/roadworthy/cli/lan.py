"""``serve --lan``: which address of this computer phones in the same network can reach."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from roadworthy.errors import BadInput


class Pairing(Protocol):
    """What the terminal says of ``roadworthy.web.pairing.Pairing``."""

    host: str

    def code(self) -> str:
        """The code to type now."""

    def minutes_left(self) -> int:
        """Minutes that it still works."""


NOBODY = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): to aim a datagram socket at it sends nothing, and names
the interface that leads out."""


@contextmanager
def claimed_for_phones(
    wanted: bool, address: str | None, inner: socket.socket
) -> Iterator[socket.socket | None]:
    """A socket on the same port for phones, None if none are wanted; closed in the end."""
    if not wanted:
        if address is not None:
            raise BadInput("--lan-address says where phones are let in.", mend="Add --lan to it.")
        yield None
        return
    with claim_in_network(address, inner.getsockname()[1]) as outer:
        yield outer


def host_of(outer: socket.socket) -> str:
    """Address and port as a browser names them."""
    address, port = outer.getsockname()[:2]
    return f"{address}:{port}"


def words_for_phones(pairing: Pairing) -> list[str]:
    """What to do on the phone, for the terminal."""
    return [
        f"On a phone in the same network open http://{pairing.host} and type {pairing.code()}.",
        f"The code works once, for {pairing.minutes_left()} minutes; Settings shows a new one.",
    ]


def claim_in_network(wanted: str | None, port: int) -> socket.socket:
    """A socket bound to this computer's address in its network, and to no other one.

    Raises ``BadInput`` without a network, for an address of the open internet or of another
    computer, and where the port is taken there.
    """
    address = checked_address(wanted or _own_address())
    claimed = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind((address, port))
        claimed.listen(128)
    except OSError as error:
        claimed.close()
        raise BadInput(
            f"Port {port} of {address} cannot be used: {error.strerror}.",
            mend="Name another port with --port, or this computer's address with --lan-address.",
        ) from error
    return claimed


def checked_address(text: str) -> str:
    """An IPv4 address of a home or office network as it is written; raises ``BadInput``."""
    with suppress(ValueError):
        address = ipaddress.IPv4Address(text.strip())
        home = address.is_private and not (address.is_loopback or address.is_unspecified)
        if home and not address.is_link_local:
            return str(address)
        raise BadInput(
            f"{address} is no address of a home network, so phones are not let in there.",
            mend="Name one as 192.168.1.5 with --lan-address, or leave --lan out.",
        )
    raise BadInput(
        f"'{text[:40]}' is not an address.", mend="Write one as 192.168.1.5, without a port."
    )


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOBODY)
        except OSError as error:
            raise BadInput(
                f"This computer is in no network: {error.strerror}.",
                mend="Join one, or name its address with --lan-address.",
            ) from error
        return str(probe.getsockname()[0])
