from __future__ import annotations

import io
import os
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from tests.conftest import TINY
from tests.labs.tiny_labs import HALF_MENDED, LAB, STATED, add_labs, let_stand, mend

from roadworthy.cli.main import run
from roadworthy.journal.sqlite import open_journal
from roadworthy.labs.environment import Environment
from roadworthy.labs.room import LabRoom
from roadworthy.workspace import Workspace

SNAPSHOTS = Path(__file__).parent / "snapshots"
DAY = "2026-11-24T19:00:00Z"
Captured = pytest.CaptureFixture[str]


class Terminal:
    """Types ``roadworthy lab`` commands at a fixed time, in a home that names the tiny pack."""

    def __init__(self, home: Path, pack: Path, cache: Path, capsys: Captured) -> None:
        self.home = home
        self.pack = pack
        self.room = LabRoom(pack, home, cache)
        self.lab = self.room.lab("tiny")
        self._capsys = capsys

    @property
    def environment(self) -> Environment:
        return self.room.environment(self.lab)

    def types(self, *words: str) -> tuple[int, str]:
        """Exit code and what was printed, errors last, with folders and seconds made the same."""
        pack = ["--pack", str(self.pack)] if words[0] == "verify" else []
        clock = [] if pack else ["--clock", str(self.home.parent / "clock")]
        code = run(["lab", *words, *pack, *clock])
        said = self._capsys.readouterr()
        text = (said.out + said.err).replace(str(self.environment.folder), "ENVIRONMENT")
        text = text.replace(str(self.home.parent), "FOLDER")
        text = re.sub(r"\b\d+ s\b", "N s", text)
        return code, re.sub(r"N s, \d+ MB", "N s, N MB", text)

    def events(self) -> list[tuple[str, object]]:
        """Kind and payload of what the journal holds on labs."""
        with open_journal(self.home / "journal.sqlite3") as journal:
            found = [
                event for event in journal.read() if event.kind in ("lab_checked", "hint_used")
            ]
        return [(event.kind, event.payload) for event in found]


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was opened with the tiny pack, so that its content is compiled."""
    home = tmp_path_factory.mktemp("opened") / "home"
    Workspace.open(home, clock=lambda: datetime.fromisoformat(DAY), pack=f"{TINY}/").close()
    return home


@pytest.fixture
def terminal(
    opened_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> Terminal:
    """An environment that is not installed."""
    home = Path(shutil.copytree(opened_once, tmp_path / "home"))
    (home / "clock.json").unlink()
    home.chmod(0o700)
    pack = add_labs(Path(shutil.copytree(TINY, tmp_path / "tiny")))
    (home / "settings.toml").write_text(f'pack = "{pack}"\n', encoding="utf-8")
    (tmp_path / "clock").write_text(DAY, encoding="utf-8")
    monkeypatch.setenv("ROADWORTHY_HOME", str(home))
    monkeypatch.setenv("ROADWORTHY_LABS", str(tmp_path / "cache"))
    monkeypatch.setenv("ROADWORTHY_TEST", "1")
    return Terminal(home, pack, tmp_path / "cache", capsys)


@pytest.fixture
def ready(terminal: Terminal) -> Terminal:
    """The environment stands and the lab was started."""
    let_stand(terminal.environment)
    terminal.room.start(terminal.lab)
    return terminal


def like_snapshot(name: str, text: str) -> None:
    """Compare with the kept text; ROADWORTHY_SNAPSHOTS=write keeps this one instead."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("ROADWORTHY_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > 80 and "FOLDER" not in line] == []


def test_list_says_how_far_each_lab_is(terminal: Terminal) -> None:
    """Not installed and not started, started, some checks held, passed on a day."""
    code, text = terminal.types("list")
    assert code == 0
    like_snapshot("lab-list", text)
    let_stand(terminal.environment)
    terminal.types("start", "tiny")
    assert "20 min · started\n" in terminal.types("list")[1]
    terminal.types("check", "1")
    assert "20 min · 1 of 3 checks hold\n" in terminal.types("list")[1]
    mend(terminal.room)
    terminal.types("check", "1")
    text = terminal.types("list")[1]
    assert "20 min · passed on 2026-11-24\n" in text
    assert "for labs 1: installed, 0 MB" in text


def test_start_shows_story_and_steps_and_keeps_what_was_edited(terminal: Terminal) -> None:
    """The first start copies the files; the second says that they are as they were left."""
    let_stand(terminal.environment)
    code, text = terminal.types("start", "01")
    assert code == 0
    like_snapshot("lab-start", text)
    path = mend(terminal.room, "mine\n")

    code, text = terminal.types("start", "tiny")
    assert (code, path.read_text()) == (0, "mine\n")
    assert "Your files, as you left them: FOLDER/home/labs/tiny\n" in text


def test_check_that_fails_says_what_was_seen(ready: Terminal) -> None:
    """Exit 1, the words of the check, where to get a hint; the journal keeps the run."""
    code, text = ready.types("check", "tiny", "--quiet")

    assert code == 1
    like_snapshot("lab-check-failing", text)
    [(kind, payload)] = ready.events()
    assert kind == "lab_checked"
    assert isinstance(payload, dict)
    assert (payload["lab"], payload["passed"]) == ("tiny", False)
    assert [one["state"] for one in payload["checks"]] == ["passed", "failed", "waits"]


def test_check_that_passes_exits_with_0(ready: Terminal) -> None:
    """What to do next is told: the solution and the items."""
    mend(ready.room)
    code, text = ready.types("check", "tiny", "--quiet")

    assert code == 0
    like_snapshot("lab-check-passing", text)


def test_one_check_only_is_not_journaled(ready: Terminal) -> None:
    """Part of the checks passed is no pass of the lab."""
    code, text = ready.types("check", "1", "--only", "runs")

    assert code == 0
    assert "  … The report is written\n" in text
    assert "    │ a loaf of 400 g shows 800\n" in text
    assert "A loaf" not in text
    assert ready.events() == []


def test_hints_open_one_by_one_and_are_journaled(ready: Terminal) -> None:
    """Without a name it is that of the first open check; after the third nothing is added."""
    ready.types("check", "1")
    for degree in (1, 2, 3):
        code, text = ready.types("hint", "1")
        assert code == 0
        like_snapshot(f"lab-hint-{degree}", text)
    code, again = ready.types("hint", "1", "weight")

    assert (code, again) == (0, text)
    assert [payload for kind, payload in ready.events() if kind == "hint_used"][:3] == [
        {"lab": "tiny", "check": "weight", "degree": degree} for degree in (1, 2, 3)
    ]


def test_hint_for_a_check_that_is_not_there(ready: Terminal) -> None:
    """Exit 2, the checks that there are, and nothing in the journal."""
    code, text = ready.types("hint", "1", "wieght")

    assert code == 2
    assert "Use one of: runs, weight, price." in text
    assert ready.events() == []


def test_solution_opens_after_passing(ready: Terminal) -> None:
    """Before, exit 1 with the way to a hint; with --anyway or after passing, the diff."""
    mend(ready.room, HALF_MENDED)
    code, text = ready.types("solution", "1")
    assert code == 1
    assert "roadworthy lab hint tiny" in text
    assert "1000" not in text
    code, text = ready.types("solution", "1", "--anyway")
    assert code == 0
    like_snapshot("lab-solution", text)
    mend(ready.room)
    ready.types("check", "1")

    code, text = ready.types("solution", "1")
    assert code == 0
    assert "Yours is the same." in text


def test_reset_puts_back_and_says_where_the_edits_are(ready: Terminal) -> None:
    """Without edits it says less; before a start it is exit 2."""
    assert ready.types("reset", "1") == (
        0, "The files are as they were at first: FOLDER/home/labs/tiny\n",
    )  # fmt: skip
    path = mend(ready.room, "mine\n")
    code, text = ready.types("reset", "1")

    kept = ready.home / "labs" / "tiny.kept-20261124T190000"
    assert code == 0
    assert text.endswith(f"What you had edited is kept: FOLDER/home/labs/{kept.name}\n")
    assert (kept / "scale.py").read_text() == "mine\n"
    assert "2 * grams" in path.read_text()
    shutil.rmtree(path.parent)
    assert ready.types("reset", "1")[0] == 2


def test_remove_wants_a_name(ready: Terminal) -> None:
    """Neither a lab nor --all, or both: exit 2, and all is still there."""
    for words in ((), ("1", "--all")):
        code, text = ready.types("remove", *words)
        assert code == 2
        assert "Name a lab, or give --all" in text
    assert ready.environment.stands()


def test_remove_frees_the_disk_and_keeps_the_edits(ready: Terminal) -> None:
    """The environment goes, the files stay; with --files they go, and edits are kept aside."""
    (ready.environment.folder / "big").write_bytes(b"x" * 2_000_000)
    path = mend(ready.room, "mine\n")
    assert ready.types("remove", "1") == (0, "Removed a drawer of crumbs (labs 1): 2 MB.\n")
    assert not ready.environment.cache.exists()
    assert path.read_text() == "mine\n"
    code, text = ready.types("remove", "--all", "--files")

    assert code == 0
    assert text.startswith("Nothing to remove: a drawer of crumbs is not installed.\n")
    assert "Lab 1: what you had edited is kept: FOLDER/home/labs/tiny.kept-" in text
    assert not path.parent.exists()


def test_unknown_lab_is_told_with_the_nearest(terminal: Terminal) -> None:
    """Exit 2, the nearest name, and all that there are, from every command."""
    for command in ("start", "check", "watch", "hint", "reset", "solution", "remove", "verify"):
        code, text = terminal.types(command, "tinny")
        assert code == 2, command
        assert "There is no lab 'tinny'" in text
        assert "did you mean" in text.lower()
        assert "Use one of: 1 tiny." in text


def test_check_before_a_start_says_what_to_do(terminal: Terminal) -> None:
    """No files and no packages: exit 2 with the command for it."""
    code, text = terminal.types("check", "1")
    assert code == 2
    assert "roadworthy lab start tiny" in text
    terminal.room.start(terminal.lab)

    code, text = terminal.types("check", "1")
    assert code == 2
    assert "The environment of this lab is not installed." in text
    assert terminal.events() == []


def test_watch_runs_again_after_a_save_and_ends_when_all_hold(
    ready: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hint is opened on h; a saved file starts the checks; a pass ends it with 0."""
    typed = iter(["h", ""])

    def next_line(_: object) -> str:
        line = next(typed)
        if not line:
            mend(ready.room)
        return line

    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr("roadworthy.cli.lab_watch._next_line", next_line)
    code, text = ready.types("watch", "1")

    assert code == 0
    assert text.index("1 of 3 checks hold.") < text.index("Hint 1 of 3") < text.index("All 3")
    assert [kind for kind, _ in ready.events()] == ["lab_checked", "hint_used", "lab_checked"]


def test_watch_that_is_left_exits_with_the_state(
    ready: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """q ends it with 1 while checks are open; the outcome is kept."""
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    code, text = ready.types("watch", "1")

    assert code == 1
    assert "your files and the outcome are kept" in text
    assert len(ready.events()) == 1


def test_verify_proves_and_records(ready: Terminal) -> None:
    """Exit 0 and a proof of the lab, then of its shortcuts; what is proven is not run again."""
    code, text = ready.types("verify")
    if "could not be cut off" in text:
        pytest.skip("this system does not let a program leave the network")
    assert code == 0
    like_snapshot("lab-verify", text)
    assert ready.types("verify", "1", "--wrong")[0] == 0
    path = ready.pack / "labs" / "verified.yaml"
    proof = yaml.safe_load(path.read_text())["tiny"]
    assert proof["lab"] == proof["shortcuts"] != ""
    assert proof["network"] == "cut off"
    for wrong in ((), ("--wrong",)):
        assert ready.types("verify", "--changed", *wrong) == (
            0, "0 of 1 labs differ from what was proven.\n0 labs are as their files state.\n",
        )  # fmt: skip


def test_verify_of_a_lab_that_is_not_as_stated(ready: Terminal) -> None:
    """Exit 1, what it does instead, and nothing is recorded."""
    (ready.pack / LAB / "lab.yaml").write_text(STATED.replace("weighs 800 g", "weighs 900 g"))
    code, text = ready.types("verify", "--with-network")

    assert code == 1
    assert "for another reason" in text
    assert "1 of 1 labs are not as their files state: 1." in text
    assert not (ready.pack / "labs" / "verified.yaml").exists()


def test_verify_without_time_left_begins_no_lab(ready: Terminal) -> None:
    """What was left is told, and it is no failure."""
    with pytest.MonkeyPatch.context() as patch:
        ticks = iter([0.0, 600.0])
        patch.setattr("roadworthy.cli.lab_verify.time.monotonic", lambda: next(ticks, 600.0))
        code, text = ready.types("verify", "--within", "5")

    assert code == 0
    assert "Left for want of time: labs 1." in text
    assert "0 labs are as their files state." in text


def test_verify_with_the_network_on_records_nothing(ready: Terminal) -> None:
    """It looks at the lab, and proves nothing about its being offline."""
    code, text = ready.types("verify", "1", "--with-network", "--verbose")

    assert code == 0
    assert "│ a loaf of 400 g shows 800" in text
    assert not (ready.pack / "labs" / "verified.yaml").exists()


def test_verify_of_a_pack_without_labs_is_bad_input(
    ready: Terminal, tiny_folder: Path, capsys: Captured
) -> None:
    """Exit 2 with the folder that was looked at."""
    assert run(["lab", "verify", "--pack", str(tiny_folder)]) == 2

    assert "This pack has no labs." in capsys.readouterr().err
