"""``roadworthy serve``: the web face on 127.0.0.1, in this process, until Ctrl+C or SIGTERM.

With ``--lan`` it answers on one address of the network too, to devices that were paired.

The port is claimed before anything is loaded. Where it is taken, the program behind it is asked at
/alive who it is: ours with the same home is opened in the browser, all others get one line.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from roadworthy import __version__
from roadworthy.cli.lan import claimed_for_phones, host_of, words_for_phones
from roadworthy.cli.opening import ClockOption, HomeOption, clock_from, open_workspace, resolve_home
from roadworthy.errors import BadInput, RoadworthyError

if TYPE_CHECKING:
    from roadworthy.workspace import Workspace

ServerApp = Callable[..., Awaitable[None]]
Value = TypeVar("Value")
HOST = "127.0.0.1"
DEFAULT_PORT = 8750
SECONDS_FOR_A_START = 3.0
INTERRUPTED = 130


def register(app: typer.Typer) -> None:
    """Add the command ``serve``."""
    app.command()(serve)


def serve(
    context: typer.Context,
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            metavar="N",
            help=f"Port on 127.0.0.1, {DEFAULT_PORT} without it; 0 takes a free one.",
        ),
    ] = None,
    browser: Annotated[
        bool | None,
        typer.Option("--browser/--no-browser", help="Whether to open the browser; yes without it."),
    ] = None,
    lan: Annotated[
        bool,
        typer.Option("--lan", help="Also let phones of the same network in, by a code."),
    ] = False,
    lan_address: Annotated[
        str | None,
        typer.Option(
            "--lan-address",
            metavar="IP",
            help="With --lan: this computer's address there; found without it.",
        ),
    ] = None,
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Start Roadworthy in the browser. It answers on this machine only, unless --lan is given.

    A settings.toml in the home folder may hold port, browser and pack; options go before it.
    """
    clock_from(clock)
    folder = resolve_home(home)
    from roadworthy.cli.preferences import read_preferences

    wanted = read_preferences(folder)
    port = _said(port, wanted.port, DEFAULT_PORT)
    browser = _said(browser, wanted.browser, True)
    claimed = _claim(port)
    if claimed is None:
        _open_running(port, folder, browser=browser)
        if lan:
            typer.echo("To let phones in, stop that one and start again with --lan.")
        return
    with claimed, claimed_for_phones(lan, lan_address, claimed) as outer:
        signal.signal(signal.SIGTERM, _end_cleanly)
        workspace = open_workspace(folder, clock_file=clock)
        try:
            from roadworthy.web.app import make_app

            debug = bool(context.find_root().params.get("debug"))
            preparing = threading.Timer(PREPARE_AFTER_SECONDS, _prepare, (workspace,))
            preparing.daemon = True
            sockets, told = [claimed], list[str]()
            if outer is None:
                app = make_app(workspace)
            else:
                app = make_app(workspace, lan=host_of(outer))
                sockets.append(outer)
                told = words_for_phones(app.state.guard.pairing)
            _run(app, sockets, preparing, told, home=folder, browser=browser, debug=debug)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        finally:
            workspace.close()


def _said(option: Value | None, wanted: Value | None, default: Value) -> Value:
    """The option if it was given, else what the settings file wants, else the default."""
    first = option if option is not None else wanted
    return default if first is None else first


PREPARE_AFTER_SECONDS = 1.0
"""Long enough that the first page is on the screen before anything else is made."""


def _prepare(workspace: Workspace) -> None:
    """Solve the decisions beside the first page; what stops this, the page itself will tell."""
    with suppress(RoadworthyError):
        workspace.prepare()


def _run(
    app: ServerApp,
    claimed: list[socket.socket],
    preparing: threading.Timer,
    told: Iterable[str],
    *,
    home: Path,
    browser: bool,
    debug: bool,
) -> None:
    """Answer on the claimed sockets until a signal; say the address once it answers."""
    import uvicorn

    address = f"http://{HOST}:{claimed[0].getsockname()[1]}"

    class AnnouncingServer(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            typer.echo(f"Roadworthy {__version__} answers at {address} (Ctrl+C ends it).")
            typer.echo(f"Your journal is kept in {home}.")
            for line in told:
                typer.echo(line)
            sys.stdout.flush()
            if browser:
                _open_browser(address)
            preparing.start()

    _log_in_one_line(debug=debug)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    AnnouncingServer(config).run(sockets=claimed)


# --- the port -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Occupant:
    """What a Roadworthy on the port says of itself at /alive."""

    home: str
    version: str


def _claim(port: int) -> socket.socket | None:
    """A socket bound to the port, or None where another program has it; raises BadInput."""
    claimed = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        claimed.bind((HOST, port))
        claimed.listen(128)
    except OSError as error:
        claimed.close()
        if _answers(port):
            return None
        raise BadInput(
            f"Port {port} cannot be used: {error.strerror}.",
            mend=f"Name another one: roadworthy serve --port {_next_port(port)}",
        ) from error
    return claimed


def _open_running(port: int, home: Path, *, browser: bool) -> None:
    """Open the Roadworthy that runs on the port; raises BadInput where it is not this one."""
    occupant = _ask_occupant(port)
    another_port = f"roadworthy serve --port {_next_port(port)}"
    if occupant is None:
        raise BadInput(
            f"Port {port} is taken by another program.", mend=f"Name another one: {another_port}"
        )
    if Path(occupant.home).resolve() != home:
        raise BadInput(
            f"On port {port} runs a Roadworthy with another home, {occupant.home}.",
            mend=f"Stop that one, or name another port: {another_port}",
        )
    address = f"http://{HOST}:{port}"
    typer.echo(f"Roadworthy {occupant.version} runs already at {address}.")
    if occupant.version != __version__:
        typer.echo(f"This is {__version__}; stop that one and start again to use it.")
    if browser:
        _open_browser(address).join(timeout=5)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def _ask_occupant(port: int) -> Occupant | None:
    """Who is on the port; None for a program that is not ours, or that says nothing in time."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_FOR_A_START)
    try:
        connection.request("GET", "/alive")
        said = json.loads(connection.getresponse().read(10_000))
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    if not isinstance(said, dict) or said.get("program") != "roadworthy":
        return None
    return Occupant(home=str(said.get("home", "")), version=str(said.get("version", "")))


def _next_port(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else DEFAULT_PORT + 1


# --- the process ------------------------------------------------------------------------------


def _end_cleanly(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _open_browser(address: str) -> threading.Thread:
    """Open the browser beside the server, unless the machine shows no windows."""
    opening = threading.Thread(
        target=lambda: _has_windows() and webbrowser.open(address), daemon=True
    )
    opening.start()
    return opening


def _has_windows() -> bool:
    """Whether a browser has a screen; in a terminal it would take the terminal over."""
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


class _OneLine(logging.Formatter):
    """Log lines without tracebacks: what happened, and how to see where."""

    def formatException(self, ei: tuple[Any, ...]) -> str:  # noqa: N802 - name of the library
        """Kind and text of the exception, and the mend."""
        return f"{ei[0].__name__}: {ei[1]}. Start with --debug to see where it arose."


def _log_in_one_line(*, debug: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter((logging.Formatter if debug else _OneLine)("roadworthy: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
