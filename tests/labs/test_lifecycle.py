from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.labs.tiny_labs import FILES, LAB, add_labs

from roadworthy.errors import Conflict, NotThere
from roadworthy.labs.lifecycle import (
    diff_to_solution,
    edited_files,
    files_of,
    remove_work,
    reset_work,
    start_work,
)

NOW = datetime(2026, 11, 24, 19, 5, 7, tzinfo=UTC)
SCALE = FILES[f"{LAB}/starter/scale.py"]
TEXTS = st.dictionaries(
    st.sampled_from(["main.py", "scale.py", "notes.md", "parts/mine.py"]),
    st.sampled_from(["", "x = 1\n", SCALE, FILES[f"{LAB}/starter/main.py"]]),
)


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """The folder of the tiny lab."""
    return add_labs(tmp_path / "pack") / LAB


@pytest.fixture
def work(lab: Path, tmp_path: Path) -> Path:
    """The candidate's folder, started."""
    start_work(lab, tmp_path / "home" / "labs" / "tiny")
    return tmp_path / "home" / "labs" / "tiny"


def content(folder: Path) -> dict[str, str]:
    """All files of a folder with their text."""
    return {name: (folder / name).read_text(encoding="utf-8") for name in files_of(folder)}


def test_second_start_changes_nothing(lab: Path, work: Path) -> None:
    """Starting twice leaves what was edited in between, and says so."""
    (work / "scale.py").write_text("mine\n")

    assert start_work(lab, work) is False
    assert (work / "scale.py").read_text() == "mine\n"


def test_start_that_was_interrupted_is_made_whole(lab: Path, work: Path) -> None:
    """What a killed start left beside the folder does not get into it."""
    remove_work(lab, work, NOW)
    partial = work.with_name(".tiny.partial")
    partial.mkdir()
    (partial / "half.py").touch()

    assert start_work(lab, work) is True
    assert content(work) == content(lab / "starter")
    assert not partial.exists()


def test_file_where_the_folder_belongs_is_a_conflict(lab: Path, work: Path) -> None:
    """A foreign file of that name is left alone, and named."""
    remove_work(lab, work, NOW)
    work.write_text("foreign")

    with pytest.raises(Conflict, match="something else"):
        start_work(lab, work)
    assert work.read_text() == "foreign"


def test_reset_puts_the_starter_back_and_keeps_the_edits(lab: Path, work: Path) -> None:
    """The edited folder lies beside the new one under the time, whole."""
    (work / "scale.py").write_text("mine\n")
    (work / "notes.md").write_text("what I found\n")
    edited = content(work)

    kept = reset_work(lab, work, NOW)

    assert kept == work.with_name("tiny.kept-20261124T190507")
    assert content(kept) == edited
    assert content(work) == content(lab / "starter")


def test_two_resets_in_a_second_keep_both(lab: Path, work: Path) -> None:
    """The second folder gets a number."""
    kept = []
    for text in ("one\n", "two\n"):
        (work / "scale.py").write_text(text)
        kept.append(reset_work(lab, work, NOW))

    assert [(one / "scale.py").read_text() for one in kept if one] == ["one\n", "two\n"]


def test_reset_without_edits_keeps_nothing(lab: Path, work: Path) -> None:
    """What Python leaves behind is no edit."""
    (work / "__pycache__").mkdir()
    (work / "__pycache__" / "scale.pyc").touch()

    assert reset_work(lab, work, NOW) is None
    assert [path.name for path in work.parent.iterdir()] == ["tiny"]


def test_remove_takes_an_unedited_folder_away(lab: Path, work: Path) -> None:
    """Nothing is left where nothing was edited."""
    assert remove_work(lab, work, NOW) is None
    assert list(work.parent.iterdir()) == []


@settings(max_examples=30)
@given(saved=TEXTS, deleted=st.sets(st.sampled_from(["main.py", "scale.py"])))
def test_nothing_that_was_edited_is_ever_lost(saved: dict[str, str], deleted: set[str]) -> None:
    """Whatever was saved, added or deleted, a reset and a removal keep it or it was the starter."""
    with TemporaryDirectory() as folder:
        lab = Path(folder) / "lab"
        (lab / "starter").mkdir(parents=True)
        for name in ("main.py", "scale.py"):
            (lab / "starter" / name).write_text(FILES[f"{LAB}/starter/{name}"], encoding="utf-8")
        for take_away in (reset_work, remove_work):
            work = Path(folder) / take_away.__name__ / "tiny"
            start_work(lab, work)
            for name, text in saved.items():
                (work / name).parent.mkdir(exist_ok=True)
                (work / name).write_text(text, encoding="utf-8")
            for name in deleted - set(saved):
                (work / name).unlink()
            before, starter = content(work), content(lab / "starter")

            kept = take_away(lab, work, NOW)

            assert (kept is None) == (before == starter)
            assert kept is None or content(kept) == before


def test_edited_files_are_the_changed_the_gone_and_the_new(lab: Path, work: Path) -> None:
    """A save without a change is no edit; a change of the same length is one."""
    (work / "main.py").write_text(FILES[f"{LAB}/starter/main.py"])
    assert edited_files(lab, work) == []
    (work / "scale.py").write_text(SCALE.replace("5.0", "6.0"))
    (work / "main.py").unlink()
    (work / "mine.py").touch()

    assert edited_files(lab, work) == ["main.py", "mine.py", "scale.py"]


def test_diff_goes_from_the_candidate_to_the_solution(lab: Path, work: Path) -> None:
    """Minus is the candidate's line, plus is ours, and the reason stands beside it."""
    [diff] = diff_to_solution(lab, work, {"scale.py": "Because."})

    assert (diff.name, diff.why) == ("scale.py", "Because.")
    assert diff.lines[:2] == ("--- yours/scale.py", "+++ solution/scale.py")
    assert "-    return 2 * grams" in diff.lines
    assert "+    return grams" in diff.lines


def test_same_file_has_no_diff_and_a_missing_one_is_all_new(lab: Path, work: Path) -> None:
    """A file that equals the solution has no lines; one that is gone has only ours."""
    solution = (lab / "solution" / "scale.py").read_text()
    (work / "scale.py").write_text(solution)
    assert diff_to_solution(lab, work, {})[0].lines == ()
    (work / "scale.py").unlink()

    lines = diff_to_solution(lab, work, {})[0].lines[3:]

    assert [line[1:] for line in lines] == solution.splitlines()
    assert {line[0] for line in lines} == {"+"}


def test_diff_of_a_lab_that_was_not_started(lab: Path, tmp_path: Path) -> None:
    """There is nothing to compare yet, and the mend says how to begin."""
    with pytest.raises(NotThere, match="lab start"):
        diff_to_solution(lab, tmp_path / "nowhere", {})
