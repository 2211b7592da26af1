from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from roadworthy import __version__
from roadworthy.cli import serve
from roadworthy.cli.main import run

STUBBED_PROGRAM = """
import os, sys, types

async def answer(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": clock().isoformat().encode()})

class Workspace:
    troubles = ()

    @classmethod
    def open(cls, home, *, clock, boot=None, boot_id=None, lab_cache=None):
        globals()["clock"] = clock
        return cls()

    def close(self):
        print("workspace closed", flush=True)

sys.modules["roadworthy.workspace"] = types.ModuleType("roadworthy.workspace")
sys.modules["roadworthy.workspace"].Workspace = Workspace
sys.modules["roadworthy.web"] = types.ModuleType("roadworthy.web")
sys.modules["roadworthy.web.app"] = types.ModuleType("roadworthy.web.app")
sys.modules["roadworthy.web.app"].make_app = lambda workspace: answer

from roadworthy.cli.main import main
main()
"""


@contextmanager
def stubbed_server(*options: str, home: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The real command with a workspace and an app that do nothing, and the port it took."""
    process = subprocess.Popen(
        [sys.executable, "-c", STUBBED_PROGRAM, "serve", "--port=0", "--no-browser", *options],
        env=os.environ | {"ROADWORTHY_HOME": str(home), "ROADWORTHY_TEST": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "answers at http://127.0.0.1:" in line, line + process.communicate()[1]
        yield process, int(line.split("127.0.0.1:")[1].split()[0])
    finally:
        process.kill()
        process.communicate()


@contextmanager
def occupant(answer: dict[str, str] | str) -> Iterator[int]:
    """A program on a port of this machine that gives one answer to everything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write((answer if isinstance(answer, str) else json.dumps(answer)).encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def get(port: int) -> str:
    """What the server on the port answers to GET /."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/")
    body = connection.getresponse().read().decode()
    connection.close()
    return body


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that were opened in the browser, which is none."""
    addresses: list[str] = []
    monkeypatch.setattr("webbrowser.open", addresses.append)
    monkeypatch.setenv("DISPLAY", ":0")
    return addresses


def test_clock_file_is_read_at_each_call_and_sigterm_ends_with_0(tmp_path: Path) -> None:
    """The injected time follows its file while the server runs; SIGTERM closes all and ends 0."""
    clock = tmp_path / "clock"
    clock.write_text("2026-11-24T20:00:00+01:00")
    with stubbed_server(f"--clock={clock}", home=tmp_path / "home") as (process, port):
        assert get(port) == "2026-11-24T19:00:00+00:00"
        clock.write_text("2026-11-25T20:00:00Z\n")
        assert get(port) == "2026-11-25T20:00:00+00:00"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)

    assert (process.returncode, err) == (0, "")
    assert "workspace closed" in out


def test_sigint_ends_with_130(tmp_path: Path) -> None:
    """Ctrl+C closes the workspace, prints no traceback and ends with 130."""
    with stubbed_server(home=tmp_path / "home") as (process, _):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)

    assert (process.returncode, err) == (130, "")
    assert "workspace closed" in out


def test_running_one_with_the_same_home_is_opened(
    tmp_path: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A second start finds the first, opens it in the browser, and ends with 0."""
    ours = {"program": "roadworthy", "home": str(tmp_path), "version": __version__}
    with occupant(ours) as port:
        assert run(["serve", f"--port={port}", f"--home={tmp_path}"]) == 0

    assert opened == [f"http://127.0.0.1:{port}"]
    assert "runs already" in capsys.readouterr().out


def test_no_browser_is_opened_where_none_is_wanted(tmp_path: Path, opened: list[str]) -> None:
    """--no-browser also holds when another start is found."""
    ours = {"program": "roadworthy", "home": str(tmp_path), "version": __version__}
    with occupant(ours) as port:
        assert run(["serve", f"--port={port}", f"--home={tmp_path}", "--no-browser"]) == 0

    assert opened == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("<html>another program</html>", "taken by another program"),
        ({"program": "another"}, "taken by another program"),
        ('["a list"]', "taken by another program"),
        ({"program": "roadworthy", "home": "/elsewhere", "version": "0.1.0"}, "another home"),
    ],
    ids=["page", "other-name", "no-object", "other-home"],
)
def test_foreign_program_gets_one_line_that_names_port(
    tmp_path: Path,
    opened: list[str],
    capsys: pytest.CaptureFixture[str],
    answer: dict[str, str] | str,
    says: str,
) -> None:
    """A port that another program has ends with 2 and one line with the mend, --port."""
    with occupant(answer) as port:
        assert run(["serve", f"--port={port}", f"--home={tmp_path}"]) == 2

    error = capsys.readouterr().err
    assert says in error
    assert f"--port {port + 1}" in error
    assert error.count("\n") == 1
    assert opened == []


def test_no_window_no_browser(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> None:
    """On a machine without a screen the browser is left alone, for it would take the terminal."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    serve._open_browser("http://127.0.0.1:1").join()

    assert opened == []
