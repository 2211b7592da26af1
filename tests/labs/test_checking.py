from __future__ import annotations

import os
import select
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.labs.check_rig import Rig, Told
from tests.labs.tiny_labs import LAB, with_checks

from roadworthy.errors import BadInput, NotThere
from roadworthy.labs.checking import LONGEST_LINE, Bench, Checking
from roadworthy.labs.outcome import Began, Ended, Said
from roadworthy.labs.room import LabRoom


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A FIFO and our end of it: it can be read to its end when all who hold the other are gone."""
    path = tmp_path / "gate"
    os.mkfifo(path)
    end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    yield path, end
    os.close(end)


def all_gone(end: int) -> bool:
    """Whether nobody holds the other end of a FIFO any more; waits five seconds for it."""
    readable, _, _ = select.select([end], [], [], 5.0)
    return bool(readable) and os.read(end, 100) == b""


def test_starter_passes_fails_and_waits(ready: LabRoom) -> None:
    """The starter gets each state with its words, in order, beginning told before end."""
    lab = ready.lab("tiny")
    told = Told(list(ready.checking(lab, dict(os.environ))))

    assert told.states == {"runs": "passed", "weight": "failed", "price": "waits"}
    assert told.ended["weight"].text == "A loaf of 400 g weighs 800 g. It should weigh the same."
    assert told.ended["price"].text == "It waits for: A loaf weighs what it weighs"
    assert [type(one) for one in told.happenings if not isinstance(one, Said)] == [
        Began, Ended, Began, Ended, Ended,
    ]  # fmt: skip
    assert "a loaf of 400 g shows 800" in told.said


def test_work_of_the_candidate_that_fails_is_told_with_file_and_line(rig: Rig) -> None:
    """An exception, a typing error, a missing file and an exit are failures with their place."""
    (rig.work / "main.py").write_text("def deep():\n    return 1 / 0\n\n\ndef top():\n    deep()\n")
    (rig.work / "scale.py").write_text("x = 1\ndef weigh(:\n")
    (rig.work / "looks.py").write_text("import importlib\nimportlib.import_module('gone')\n")
    (rig.work / "quits.py").write_text("raise SystemExit(7)\n")
    rig.write(
        "def raises(work):\n    work.call(work.load('main.py').top)\n"
        "def misspelled(work):\n    work.load('scale.py')\n"
        "def looks(work):\n    work.load('looks.py')\n"
        "def missing(work):\n    work.path('gone.py')\n"
        "def exits(work):\n    work.load('quits.py')\n"
    )
    told = rig.run()

    assert set(told.states.values()) == {"failed"}
    text = {name: one.text for name, one in told.ended.items()}
    assert text["raises"] == (
        "Your code raised ZeroDivisionError: division by zero (main.py, line 2)."
    )
    assert text["misspelled"] == "Your code raised SyntaxError: invalid syntax (scale.py, line 2)."
    assert text["looks"] == (
        "Your code raised ModuleNotFoundError: No module named 'gone' (looks.py, line 2)."
    )
    assert text["missing"].startswith("gone.py is not there.")
    assert text["exits"] == "Your code ended the program with code 7."
    assert any("ZeroDivisionError" in line for line in told.said)


def test_fault_of_the_check_is_not_the_candidates(rig: Rig) -> None:
    """A check that meets a fault of its own, or is not there, is broken and not failed."""
    rig.write("def faulty(work):\n    {}['x']\ndef _(work):\n    pass\n")
    rig.lab = with_checks(rig.lab, faulty={}, absent={})
    told = rig.run()

    assert told.states == {"faulty": "broken", "absent": "broken"}
    assert told.ended["faulty"].text == "The check met KeyError: 'x'"
    assert told.ended["absent"].text == "checks.py has no function of that name."


def test_program_that_is_ended_breaks_one_check_and_the_next_runs(rig: Rig) -> None:
    """os._exit and a signal in a check cost that check alone."""
    rig.write(
        "def leaves(work):\n    os._exit(9)\n"
        "def killed(work):\n    os.kill(os.getpid(), 9)\n"
        "def follows(work):\n    return 'It ran.'\n"
    )
    told = rig.run()

    assert told.states == {"leaves": "broken", "killed": "broken", "follows": "passed"}
    assert "ended with code 9" in told.ended["leaves"].text
    assert "signal 9; is there enough memory?" in told.ended["killed"].text
    assert told.ended["follows"].text == "It ran."


def test_late_check_is_stopped_and_the_next_runs(rig: Rig) -> None:
    """A check that never ends is stopped at its limit; what needs it waits, the others run."""
    rig.write(
        "def endless(work):\n    threading.Event().wait()\n"
        "def leaning(work):\n    pass\n"
        "def follows(work):\n    pass\n",
        needs={"leaning": ["endless"]},
    )
    seconds = [0.0]
    told = Told()
    for happening in rig.checking(clock=lambda: seconds[-1]):
        told.happenings.append(happening)
        if happening == Began("endless"):
            seconds.append(61.0)

    assert told.states == {"endless": "late", "leaning": "waits", "follows": "passed"}
    assert told.ended["endless"].text == "It was stopped after 60 s."


def test_only_runs_the_check_and_what_it_needs(rig: Rig) -> None:
    """Needs of needs are run first; what nobody asked for is not."""
    rig.write(
        "def a(work):\n    pass\ndef b(work):\n    pass\ndef c(work):\n    pass\n"
        "def d(work):\n    pass\n",
        needs={"b": ["a"], "d": ["b"]},
    )

    assert list(rig.run(only="d").states) == ["a", "b", "d"]
    assert list(rig.run(only="c").states) == ["c"]


def test_lines_are_told_while_the_check_goes_on(rig: Rig, gate: tuple[Path, int]) -> None:
    """A check that waits for an answer to what it printed gets one."""
    rig.write(
        "def asks(work):\n"
        "    print('who is there')\n"
        f"    with open({str(gate[0])!r} + '-in') as answer:\n"
        "        return answer.read()\n"
    )
    inward = Path(f"{gate[0]}-in")
    os.mkfifo(inward)
    told = Told()
    for happening in rig.checking():
        told.happenings.append(happening)
        if happening == Said("who is there"):
            inward.write_text("a baker")

    assert told.ended["asks"].text == "a baker"


def test_all_that_is_printed_is_a_line_and_no_event(rig: Rig) -> None:
    """What a child or a library writes, in any encoding, never disturbs the run."""
    rig.write(
        "def loud(work):\n"
        '    print(\'{"kind": "ended"}\')\n'
        "    sys.stdout.buffer.write(b'\\xff\\n')\n"
        "    subprocess.run(['echo', 'of a child'])\n"
        "    print('x' * 5000)\n"
    )
    told = rig.run()

    assert told.states == {"loud": "passed"}
    assert set(told.said) == {'{"kind": "ended"}', "\ufffd", "of a child", "x" * LONGEST_LINE}


def test_stop_from_another_thread_ends_the_whole_session(rig: Rig, gate: tuple[Path, int]) -> None:
    """A child of a child that the check started is gone too, and nothing more is told."""
    path, end = gate
    rig.write(
        "def starts(work):\n"
        f"    subprocess.run(['sh', '-c', 'exec 3>{path}; echo up; sleep 600'])\n"
        "def never(work):\n    pass\n"
    )
    checking = rig.checking()
    told = Told()
    for happening in checking:
        told.happenings.append(happening)
        if happening == Said("up"):
            threading.Thread(target=checking.stop).start()

    assert told.states == {}
    assert all_gone(end)


def test_stop_before_the_first_check_runs_nothing(rig: Rig) -> None:
    """A run that was stopped before it was read tells nothing."""
    rig.write("def one(work):\n    pass\n")
    checking = rig.checking()
    checking.stop()

    assert list(checking) == []


def test_stop_while_the_program_is_being_started_ends_it(rig: Rig) -> None:
    """A stop that comes before there is a process to end is not forgotten."""

    class StoppedAtItsStart(Checking):
        def _start(self, names: list[str]) -> subprocess.Popen[str]:
            self.stop()
            return super()._start(names)

    rig.write("def endless(work):\n    threading.Event().wait()\n")
    bench = rig.checking().bench

    assert not any(
        isinstance(one, Ended) for one in StoppedAtItsStart(rig.lab, bench, time.monotonic)
    )


def test_what_a_check_leaves_running_is_ended(rig: Rig, gate: tuple[Path, int]) -> None:
    """A server that nobody stopped neither holds the run up nor outlives it."""
    path, end = gate
    rig.write(
        "def careless(work):\n"
        f"    subprocess.Popen(['sh', '-c', 'exec 3>{path}; echo up; sleep 600'])\n"
        f"    open({str(path)!r}, 'w').close()\n"
    )
    began = time.monotonic()
    told = rig.run()

    assert told.states == {"careless": "passed"}
    assert time.monotonic() - began < 30
    assert all_gone(end)


def test_what_left_the_session_does_not_hold_the_run_up(rig: Rig) -> None:
    """A daemon that keeps our output open is out of reach, and nobody waits for it."""
    gate = rig.work / "gate"
    os.mkfifo(gate)
    rig.write("def daemon(work):\n    subprocess.Popen(['cat', 'gate'], start_new_session=True)\n")
    release = threading.Timer(20, gate.write_text, [""])
    release.start()
    began = time.monotonic()
    told = rig.run()
    took = time.monotonic() - began
    release.cancel()
    gate.write_text("")

    assert told.states == {"daemon": "passed"}
    assert took < 15


def test_checks_that_cannot_be_read_are_all_broken(rig: Rig) -> None:
    """One fault in checks.py is told for each check, with its traceback as lines."""
    rig.write("def a(work):\n    pass\ndef b(work):\n    pass\nraise ValueError('oven')\n")
    told = rig.run()

    assert told.states == {"a": "broken", "b": "broken"}
    assert told.ended["b"].text == "The checks cannot be read: ValueError('oven')."
    assert "ValueError: oven" in told.said


def test_program_of_the_candidate_is_run_and_judged(rig: Rig) -> None:
    """What it prints is returned and shown; its code, its end and its variables are seen."""
    (rig.work / "main.py").write_text(
        "import os, sys\nprint(os.environ['ASKED'], *sys.argv[1:])\nsys.exit(int(sys.argv[1]))\n"
    )
    (rig.work / "endless.py").write_text("import threading\nthreading.Event().wait()\n")
    rig.write(
        "def good(work):\n    return work.run('main.py', 0, ASKED='rye').stdout\n"
        "def bad(work):\n    work.run('main.py', 3, ASKED='oats')\n"
        "def long(work):\n    work.run('endless.py', seconds=0.1)\n"
    )
    told = rig.run()

    assert told.ended["good"].text == "rye 0\n"
    assert told.ended["bad"].text == "main.py ended with code 3: oats 3"
    assert told.ended["long"].text == "endless.py did not end within 0.1 s."
    assert told.states["long"] == "failed"
    assert "oats 3" in told.said


def test_variables_of_the_environment_reach_the_checks(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tools are told not to call home, and nothing of ours bends the lab's Python."""
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    rig.write(
        "def seen(work):\n"
        "    names = ('DO_NOT_TRACK', 'CRUMBS_TELEMETRY', 'PYTHONPATH')\n"
        "    return ' '.join(os.environ.get(one, '-') for one in names)\n"
        "def path(work):\n    return os.environ['PATH'].split(os.pathsep)[0]\n"
        "def place(work):\n    return os.getcwd()\n"
    )
    told = rig.run()

    assert told.ended["seen"].text == "1 off -"
    assert told.ended["path"].text == str(rig.room.environment(rig.lab).python.parent)
    assert told.ended["place"].text == os.path.realpath(rig.work)


def test_network_is_cut_off_but_not_the_loopback(rig: Rig) -> None:
    """A public address cannot be reached at once, while 127.0.0.1 answers."""
    rig.write(
        "import socket, time\n"
        "def cut(work):\n"
        "    began = time.monotonic()\n"
        "    try:\n"
        "        socket.create_connection(('198.51.100.1', 443), timeout=20)\n"
        "    except OSError as error:\n"
        "        expect(time.monotonic() - began < 2, 'It took long.')\n"
        "        return ' '.join(name for _, name in socket.if_nameindex())\n"
        "    expect(False, 'It was reached.')\n"
        "def near(work):\n"
        "    with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "        socket.create_connection(server.getsockname(), timeout=5).close()\n"
    )
    told = rig.run(cut_network=True)
    if "could not be cut off" in told.ended["cut"].text:
        pytest.skip("this system does not allow it")

    assert told.states == {"cut": "passed", "near": "passed"}
    assert told.ended["cut"].text == "lo"


def test_memory_of_the_run_is_told(rig: Rig) -> None:
    """The peak holds what the check took while it ran."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not tell")
    gate = rig.work / "gate"
    os.mkfifo(gate)
    rig.write(
        "kept = []\ndef big(work):\n    kept.append(b'x' * 50_000_000)\n"
        "def after(work):\n    open('gate').read()\n"
    )
    checking = rig.checking()
    for happening in checking:
        if happening == Began("after"):
            gate.write_text("go on")

    assert checking.megabytes is not None
    assert 50 < checking.megabytes < 500


def test_python_that_does_not_start_is_bad_input(rig: Rig) -> None:
    """An environment that lost its Python is named, with the way to make it again."""
    bench = Bench(rig.work / "gone", rig.folder, rig.work, {})

    with pytest.raises(BadInput, match="lab remove, then start") as told:
        list(Checking(rig.lab, bench, time.monotonic))
    assert told.value.where == str(rig.work / "gone")


@pytest.mark.parametrize("lacking", ["start", "environment", "check"])
def test_run_that_cannot_be_says_what_is_missing(ready: LabRoom, lacking: str) -> None:
    """Files, packages and the name of the check are looked for before anything runs."""
    lab, only = ready.lab("tiny"), None
    words = {
        "start": "You have not started this lab",
        "environment": "The environment of this lab is not installed",
        "check": "This lab has no check 'wieght', did you mean",
    }
    if lacking == "start":
        (ready.work(lab)).rename(ready.work(lab).with_name("elsewhere"))
    elif lacking == "environment":
        ready.environment(lab).remove()
    else:
        only = "wieght"

    with pytest.raises(NotThere) as told:
        ready.checking(lab, {}, only=only)
    assert words[lacking].split(",")[0] in told.value.what
    assert LAB not in told.value.what
