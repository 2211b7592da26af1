from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.labs.tiny_labs import FILES, HALF_MENDED, LAB

from roadworthy.labs.checking import Checking
from roadworthy.labs.outcome import Ended, Happening, Outcome, Said
from roadworthy.labs.room import LabRoom
from roadworthy.labs.verify import Trial, _over_budget, verify_lab
from roadworthy.pack.lab import Lab


class Replay:
    """A run that was carried out before: tells the same again."""

    def __init__(self, checking: Checking) -> None:
        self._happenings = list(checking)
        self.megabytes = checking.megabytes

    def __iter__(self) -> Iterator[Happening]:
        return iter(self._happenings)


@pytest.fixture(scope="module")
def carried_out() -> dict[str, Replay]:
    """Runs by what was checked: the candidate's files and the checks."""
    return {}


@pytest.fixture(autouse=True)
def each_content_runs_once(carried_out: dict[str, Replay], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files under the same checks need no second process."""
    real = LabRoom.checking

    def checking(room: LabRoom, lab: Lab, system: Any, *, work: Path, **how: Any) -> Replay:
        files = [*sorted(work.glob("*.py")), room.folder(lab) / "checks" / "checks.py"]
        content = "\0".join(path.read_text(encoding="utf-8") for path in files)
        if content not in carried_out:
            carried_out[content] = Replay(real(room, lab, system, work=work, **how))
        return carried_out[content]

    monkeypatch.setattr(LabRoom, "checking", checking)


def trials(room: LabRoom, *, wrong: bool = False, check: str = "", **fields: Any) -> list[Trial]:
    """All trials of the tiny lab, with some fields of one check or shortcut changed."""
    lab = room.lab("tiny")
    group = "shortcuts" if check in lab.shortcuts else "checks"
    if check:
        changed = getattr(lab, group)[check].model_copy(update=fields)
        lab = lab.model_copy(update={group: {**getattr(lab, group), check: changed}})
    return list(verify_lab(room, lab, dict(os.environ), wrong=wrong, cut_network=False))


def save(room: LabRoom, name: str, text: str) -> None:
    """Save a file of the tiny lab."""
    (room.folder(room.lab("tiny")) / name).write_text(text, encoding="utf-8")


def troubles(found: list[Trial]) -> dict[str, tuple[str, ...]]:
    """What was not as stated, by trial."""
    return {trial.name: trial.troubles for trial in found if trial.troubles}


def test_lab_that_is_as_stated_has_no_troubles(ready: LabRoom) -> None:
    """The starter fails as it says, the solution passes, and the candidate's files are unread."""
    before = ready.work(ready.lab("tiny")) / "scale.py"
    before.write_text("raise SystemExit\n")
    found = trials(ready)

    assert [trial.name for trial in found] == ["starter", "solution"]
    assert troubles(found) == {}
    assert [trial.outcome.passed for trial in found] == [False, True]
    assert before.read_text() == "raise SystemExit\n"


def test_shortcuts_that_are_refused_with_their_words(ready: LabRoom) -> None:
    """Each shortcut is laid over the starter and refused by its check."""
    found = trials(ready, wrong=True)

    assert [trial.name for trial in found] == ["always-400", "by-the-hundred", "for-free"]
    assert troubles(found) == {}
    assert not any(trial.outcome.passed for trial in found)


@pytest.mark.parametrize(
    ("check", "fields", "trouble"),
    [
        ("weight", {"starter_says": "weighs 900 g"}, "The starter fails weight for another reason"),
        ("weight", {"starter": "passes", "starter_says": None}, "says that it passes."),
        ("price", {"starter": "fails", "starter_says": "x"}, "The starter waits price; lab.yaml"),
        ("runs", {"starter": "fails", "starter_says": "x"}, "The starter passed runs; lab.yaml"),
    ],
)
def test_starter_that_is_not_as_stated_is_trouble(
    ready: LabRoom, check: str, fields: dict[str, Any], trouble: str
) -> None:
    """Another reason, another state: each is told for the starter and for nothing else."""
    found = troubles(trials(ready, check=check, **fields))

    assert list(found) == ["starter"]
    assert len(found["starter"]) == 1
    assert trouble in found["starter"][0]


def test_solution_that_fails_is_trouble(ready: LabRoom) -> None:
    """The check that it fails is named, with what was seen."""
    save(ready, "solution/scale.py", HALF_MENDED)

    assert troubles(trials(ready)) == {
        "solution": ("The solution fails price: A loaf of 400 g costs 20.00. The list says 2.00.",)
    }


def test_check_that_breaks_is_trouble_for_all(ready: LabRoom) -> None:
    """A fault of the check itself proves nothing about a starter that should fail it."""
    source = FILES[f"{LAB}/checks/checks.py"]
    save(ready, "checks/checks.py", source.replace("def weight(work):", "def weight():"))

    found = troubles(trials(ready))

    assert list(found) == ["starter", "solution"]
    assert all(one[0].startswith("The check weight is broken") for one in found.values())


@pytest.mark.parametrize(
    ("text", "says", "trouble"),
    [
        (FILES[f"{LAB}/solution/scale.py"], "costs 0.00", "The shortcut is accepted by price."),
        (None, "costs nothing", "It is refused without saying why: A loaf of 400 g costs 0.00."),
        (FILES[f"{LAB}/starter/scale.py"], "costs 0.00", "It never came to price: It waits for"),
    ],
)
def test_shortcut_that_proves_nothing_is_trouble(
    ready: LabRoom, text: str | None, says: str, trouble: str
) -> None:
    """Accepted, refused for another reason, or stopped before: none of them is a proof."""
    if text is not None:
        save(ready, "wrong/for-free/scale.py", text)

    found = troubles(trials(ready, wrong=True, check="for-free", says=says))

    assert list(found) == ["for-free"]
    assert found["for-free"][0].startswith(trouble)


def test_happenings_are_told_and_the_scratch_folder_goes(
    ready: LabRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever watches sees every line; nothing stays in the folder for temporary files."""
    scratch = ready.home / "scratch"
    scratch.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    told: list[object] = []

    lab = ready.lab("tiny")
    for _ in verify_lab(ready, lab, dict(os.environ), cut_network=False, tell=told.append):
        pass

    assert Said("a loaf of 400 g shows 800") in told
    assert Said("a loaf of 400 g shows 400") in told
    assert list(scratch.iterdir()) == []


def test_time_and_memory_beyond_the_budget_are_troubles() -> None:
    """Five minutes and four GiB: at the limit nothing is said, beyond it each is."""
    held = (Ended("a", "passed"),)

    assert list(_over_budget(Outcome(held, 300.0, 4290.0))) == []
    assert list(_over_budget(Outcome(held, 301.0, 4300.0))) == [
        "It took 301 s; 300 are allowed.",
        "It took 4300 MB; 4295 are allowed.",
    ]
