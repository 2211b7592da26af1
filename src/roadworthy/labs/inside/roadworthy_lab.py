"""What the checks of a lab are written with, and the program that runs them.

It runs with the Python of the lab's environment, where Roadworthy is not installed, so it needs
nothing but the standard library. ``checks.py`` holds one function a check, named like it with
``_`` for ``-``; it takes a ``Work`` and raises ``NotYet`` with what it saw and what should be.

    python -I roadworthy_lab.py --lab FOLDER --work FOLDER [--cut-network] CHECK[:NEEDED,...]...

Events go to standard output, one JSON object a line; all that the candidate's code prints goes to
standard error, so that both can be read while it runs.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import runpy
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from types import ModuleType, TracebackType
from typing import Any, TextIO

HIDDEN_SEED = 90_210
"""Seed of the data that only checks see: the candidate's files never get it."""


class NotYet(Exception):
    """The check does not hold: what was seen, and what should be; two short sentences."""


class Work:
    """The candidate's folder, as checks use it.

    ``folder``: absolute path, also the working folder. ``lab``: the lab's folder, for generators
    of hidden data beside ``checks.py``.
    """

    hidden_seed = HIDDEN_SEED

    def __init__(self, folder: str, lab: str) -> None:
        self.folder = folder
        self.lab = lab

    def path(self, name: str) -> str:
        """The absolute path of a file of the candidate; raises NotYet where it is not there."""
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            raise NotYet(f"{name} is not there. Put it back: roadworthy lab reset keeps a copy.")
        return path

    def load(self, name: str) -> ModuleType:
        """The module of a file, read afresh: load('train.py'). Raises NotYet with its line."""
        path = self.path(name)
        label = f"work_{time.monotonic_ns()}_{os.path.basename(name)[:-3]}"
        spec = importlib.util.spec_from_file_location(label, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[label] = module
        with _Told(self.folder):
            spec.loader.exec_module(module)
        return module

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call what the candidate wrote; its exception becomes NotYet with file and line."""
        with _Told(self.folder):
            return function(*args, **kwargs)

    def run(
        self, name: str, *args: object, seconds: float = 120, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a file as a program in the folder; CompletedProcess with text. Raises NotYet.

        What it prints is shown, and returned as ``stdout``. An exit code that is not 0 raises.
        """
        environment = {**os.environ, **variables}
        command = [sys.executable, self.path(name), *map(str, args)]
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=environment,
                text=True,
                timeout=seconds,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except subprocess.TimeoutExpired:
            raise NotYet(f"{name} did not end within {seconds} s.") from None
        sys.stderr.write(done.stdout)
        if done.returncode != 0:
            last = (done.stdout.strip().splitlines() or ["it said nothing"])[-1]
            raise NotYet(f"{name} ended with code {done.returncode}: {last}")
        return done


def expect(holds: object, text: str) -> None:
    """Raise NotYet with the text unless the condition holds."""
    if not holds:
        raise NotYet(text)


class _Told:
    """Turns an exception from the candidate's files into NotYet with file and line."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None or not issubclass(kind, Exception) or issubclass(kind, NotYet):
            return
        where, said = "", str(error) or "no message"
        for frame in traceback.extract_tb(trace):
            # '<frozen importlib>' is no path, and would be taken for one in the working folder.
            if os.path.isabs(frame.filename) and self._is_mine(frame.filename):
                where = f" ({os.path.relpath(frame.filename, self.folder)}, line {frame.lineno})"
        if isinstance(error, SyntaxError) and error.filename:
            said = error.msg
            where = f" ({os.path.basename(error.filename)}, line {error.lineno})"
        traceback.print_exception(kind, error, trace, file=sys.stderr)
        raise NotYet(f"Your code raised {kind.__name__}: {said}{where}.") from None

    def _is_mine(self, path: str) -> bool:
        return os.path.realpath(path).startswith(os.path.join(os.path.realpath(self.folder), ""))


def cut_network() -> None:
    """Leave all networks but the loopback, for this process and its children (Linux).

    Raises OSError where the system does not allow it.
    """
    import ctypes
    import fcntl
    import socket
    import struct

    new_user, new_net = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of <sched.h>
    libc = ctypes.CDLL(None, use_errno=True)
    flags = new_net if os.geteuid() == 0 else new_user | new_net
    if libc.unshare(flags) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    up, get_flags, set_flags = 0x1 | 0x40, 0x8913, 0x8914  # IFF_UP | IFF_RUNNING, SIOC[GS]IFFLAGS
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh", b"lo", 0)
        now = struct.unpack("16sh", fcntl.ioctl(any_socket, get_flags, asked)[:18])[1]
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh", b"lo", now | up))


def main() -> int:
    """Run the checks that were asked for, in order, and tell each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lab", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--cut-network", action="store_true")
    parser.add_argument("checks", nargs="+")
    asked = parser.parse_args()
    events = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)  # what anything prints is for the reader, not part of the events
    if asked.cut_network:
        try:
            cut_network()
        except (OSError, AttributeError) as error:
            tell(events, kind="broken", text=f"The network could not be cut off: {error}.")
            return 3
    os.chdir(asked.work)
    sys.modules["roadworthy_lab"] = sys.modules["__main__"]
    sys.path[:0] = [asked.work, os.path.join(asked.lab, "checks")]
    try:
        known = runpy.run_path(os.path.join(asked.lab, "checks", "checks.py"))
    except BaseException as error:
        traceback.print_exc()
        tell(events, kind="broken", text=f"The checks cannot be read: {error!r}.")
        return 3
    not_held: set[str] = set()
    for name, _, needs in (one.partition(":") for one in asked.checks):
        lacking = [one for one in needs.split(",") if one in not_held]
        if lacking:
            not_held.add(name)
            tell(events, kind="ended", check=name, state="waits", text=lacking[0], seconds=0.0)
            continue
        tell(events, kind="began", check=name)
        started = time.monotonic()
        state, text = carry_out(known.get(name.replace("-", "_")), asked)
        seconds = round(time.monotonic() - started, 2)
        if state != "passed":
            not_held.add(name)
        tell(events, kind="ended", check=name, state=state, text=text, seconds=seconds)
    return 0


def carry_out(
    function: Callable[[Work], object] | None, asked: argparse.Namespace
) -> tuple[str, str]:
    """(state, text) of one check: passed, failed, or broken where the check itself is."""
    if function is None:
        return "broken", "checks.py has no function of that name."
    try:
        said = function(Work(asked.work, asked.lab))
    except NotYet as missing:
        return "failed", str(missing)
    except Exception as error:
        traceback.print_exc()
        return "broken", f"The check met {type(error).__name__}: {error}"
    except SystemExit as ending:
        return "failed", f"Your code ended the program with code {ending.code}."
    return "passed", said if isinstance(said, str) else ""


def tell(events: TextIO, **event: object) -> None:
    """One event, at once."""
    events.write(json.dumps(event) + "\n")
    events.flush()


if __name__ == "__main__":
    sys.exit(main())
