"""``serve --lan``: the one address that it takes beside 127.0.0.1."""

from __future__ import annotations

import socket

import pytest

from roadworthy.cli import lan
from roadworthy.cli.main import run
from roadworthy.errors import BadInput


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.7", " 172.16.3.4 "])
def test_addresses_of_a_home_network_are_taken(address: str) -> None:
    """The private ranges, as they are written."""
    assert lan.checked_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0", "127.0.0.1", "8.8.8.8", "169.254.1.1", "224.0.0.1", "::", "192.168.1", "phone", ""],
)
def test_other_addresses_are_refused(address: str) -> None:
    """Not all interfaces at once, not the open internet, not the loopback, and no names."""
    with pytest.raises(BadInput):
        lan.checked_address(address)


def test_without_the_option_no_second_socket_is_bound() -> None:
    """Off by default; an address alone is told to need --lan."""
    with socket.socket() as inner:
        with lan.claimed_for_phones(False, None, inner) as outer:
            assert outer is None
        with (
            pytest.raises(BadInput, match="--lan-address"),
            lan.claimed_for_phones(False, "192.168.1.5", inner),
        ):
            pass


def test_only_the_named_address_is_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second socket has the port of the first, at one address, never at all of them."""
    monkeypatch.setattr(lan, "checked_address", lambda text: text)
    with socket.socket() as inner:
        inner.bind(("127.0.0.1", 0))
        port = inner.getsockname()[1]
        with lan.claimed_for_phones(True, "127.0.0.2", inner) as outer:
            assert outer is not None
            assert outer.getsockname() == ("127.0.0.2", port)
            assert lan.host_of(outer) == f"127.0.0.2:{port}"
            with pytest.raises(BadInput, match="cannot be used"):
                lan.claim_in_network("127.0.0.2", port)


def test_address_of_the_open_internet_ends_with_2(
    tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with the mend, and nothing is served."""
    options = ["--port=0", "--no-browser", f"--home={tmp_path}", "--lan"]
    assert run(["serve", *options, "--lan-address=8.8.8.8"]) == 2
    error = capsys.readouterr().err
    assert "no address of a home network" in error and error.count("\n") == 1


def test_terminal_says_address_and_code() -> None:
    """Two lines: where to go on the phone with what code, and how long it works."""

    class Stub:
        host = "192.168.1.5:8750"

        def code(self) -> str:
            return "ABCD2345"

        def minutes_left(self) -> int:
            return 10

    first, second = lan.words_for_phones(Stub())
    assert "http://192.168.1.5:8750" in first and "ABCD2345" in first
    assert "once, for 10 minutes" in second
