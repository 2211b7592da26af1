"""Lab 9 from a terminal: started, watched while it is mended file by file, passed, compared."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.labs

LAB = "privacy-quarantine"
SOLUTION = Path(__file__).parents[2] / "packs/gcp-pmle/labs/09-privacy-quarantine/solution"
PATIENCE = 240.0


class Terminal:
    """The command as it runs, what it prints by line, and what is typed into it."""

    def __init__(self, home: Path, *arguments: str) -> None:
        variables = {**os.environ, "ROADWORTHY_HOME": str(home), "COLUMNS": "80"}
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "roadworthy", "lab", *arguments],
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """The lines up to the one that holds the words; fails where it never comes."""
        seen: list[str] = []
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                seen.append(self.lines.get(timeout=1.0))
            except queue.Empty:
                if self.process.poll() is not None and self.lines.empty():
                    break
                continue
            if words in seen[-1]:
                return seen
        raise AssertionError(f"“{words}” was never printed:\n" + "\n".join(seen))

    def close(self) -> None:
        """End the command if it goes on, and its pipes."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command to its end, with the exit code and what it printed."""
    variables = {**os.environ, "ROADWORTHY_HOME": str(home), "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "roadworthy", "lab", *arguments],
        env=variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_lab_9_is_mended_under_watch(tmp_path: Path) -> None:
    """A candidate starts, watches, asks for a hint, saves mends one by one, passes, compares."""
    home = tmp_path / "home"
    started = run(home, "start", "9")
    assert started.returncode == 0, started.stderr
    work = home / "labs" / LAB
    assert f"Your files: {work}" in started.stdout
    assert run(home, "solution", LAB).returncode == 1

    terminal = Terminal(home, "watch", LAB)
    try:
        first = terminal.until("q quit")
        held = next(line for line in first if "checks hold" in line)
        assert held.startswith("3 of 9")
        terminal.type("h")
        assert "Hint 1 of 3, where to look:" in terminal.until("Hint 1 of 3")[-1]

        files = sorted(path.name for path in SOLUTION.glob("*.py"))
        shutil.copyfile(SOLUTION / files[0], work / files[0])
        again = terminal.until("checks hold")
        assert int(again[-1].split()[0]) >= 3
        for name in files[1:]:
            shutil.copyfile(SOLUTION / name, work / f".{name}")
        for name in files[1:]:
            (work / f".{name}").rename(work / name)
        terminal.until("All 9 checks hold")
        assert terminal.process.wait(timeout=30) == 0
    finally:
        terminal.close()

    solution = run(home, "solution", LAB)
    assert solution.returncode == 0
    assert solution.stdout.count("Yours is the same.") == len(files)
    assert "passed on" in run(home, "list").stdout


def test_an_environment_goes_on_where_it_was_killed_and_leaves_nothing(tmp_path: Path) -> None:
    """SIGKILL in a fetch: the next start keeps what is there; remove leaves nothing."""
    home, cache = tmp_path / "home", tmp_path / "labs"
    variables = {
        **os.environ,
        "ROADWORTHY_HOME": str(home),
        "ROADWORTHY_LABS": str(cache),
    }
    command = [sys.executable, "-u", "-m", "roadworthy", "lab", "start", "2"]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        for line in first.stdout:
            if " 8/" in line:
                first.kill()
                break
    marks = cache / "packages" / "tabular" / "fetched.txt"
    kept = len(marks.read_text().split()) - 1
    assert kept == 8

    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    fetched = [line for line in done.stdout.splitlines() if "Fetching" in line]
    assert fetched[0].split()[1].startswith("8/")
    assert not (cache / "packages" / "tabular").exists()
    removed = subprocess.run(
        [sys.executable, "-m", "roadworthy", "lab", "remove", "2"],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Removed tables, models and pipelines" in removed.stdout
    assert not cache.exists()
