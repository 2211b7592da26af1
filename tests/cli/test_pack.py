from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from roadworthy.cli.main import run
from roadworthy.cli.pack_files import PAGES

Captured = pytest.CaptureFixture[str]
SOUND = ["--select", "stale-claim", "--select", "RW225"]  # rules that the tiny pack keeps


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack, to be broken."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


def edit(folder: Path, file: str, find: str, put: str) -> None:
    """Replace a text that must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert find in text
    path.write_text(text.replace(find, put), encoding="utf-8")


def test_sound_pack_says_what_was_verified(folder: Path, capsys: Captured) -> None:
    """Exit 0, and success names what holds, not only that nothing was found."""
    assert run(["pack", "lint", "--pack", str(folder), *SOUND]) == 0

    assert capsys.readouterr().out == (
        "tiny: 5 decisions, 2 topics, 3 sources; 0 errors, 0 warnings.\n"
        "  Verified: each claim was read within the decay of its source.\n"
        "  Verified: each misconception is named by something that a wrong choice goes against.\n"
    )


def test_errors_of_content_exit_with_1(folder: Path, capsys: Captured) -> None:
    """A misconception that nothing names is reported with place and mend."""
    edit(folder, "decisions/delivery-route.yaml", "misconception: van-goes-anywhere", "")

    assert run(["pack", "lint", "--pack", str(folder), *SOUND]) == 1

    out = capsys.readouterr().out
    assert "error[RW225 misconception-unused]" in out
    assert "decisions/delivery-route.yaml:403:5" in out
    assert "Mend: Add `misconception: van-goes-anywhere`" in out
    assert "1 error, 0 warnings." in out


def test_warnings_alone_exit_with_0(folder: Path, capsys: Captured) -> None:
    """What is only worth a thought does not fail a build."""
    edit(folder, "sources.yaml", "checked: 2026-11-24", "checked: 2025-01-01")

    assert run(["pack", "lint", "--pack", str(folder), *SOUND]) == 0
    assert "0 errors, 3 warnings." in capsys.readouterr().out


def test_pack_that_does_not_load_exits_with_2(folder: Path, capsys: Captured) -> None:
    """One line and the problems, all on stderr; the same as an object with --json."""
    edit(folder, "decisions/new-oven.yaml", "done_twice:", "done_twise:")

    assert run(["pack", "lint", "--pack", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("roadworthy: The pack has 2 problems")
    assert "RW110 unknown-field" in err

    assert run(["pack", "lint", "--json", "--pack", str(folder)]) == 2
    report = json.loads(capsys.readouterr().out)
    assert (report["errors"], report["verified"]) == (2, {})
    assert {one["slug"] for one in report["problems"]} == {"unknown-field", "missing-field"}


def test_json_report_has_the_published_fields(folder: Path, capsys: Captured) -> None:
    """Programs find counts, problems with places, and what holds."""
    edit(folder, "sources.yaml", "checked: 2026-11-24", "checked: 2025-01-01")

    run(["pack", "lint", "--json", "--pack", str(folder), *SOUND])

    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"pack", "hash", "errors", "warnings", "problems", "verified"}
    assert (report["pack"], report["errors"], report["warnings"]) == ("tiny", 0, 3)
    assert set(report["problems"][0]) == {
        "code", "slug", "severity", "message", "file", "line", "column", "mend",
    }  # fmt: skip
    assert list(report["verified"]) == ["misconception-unused"]


def test_unknown_rule_is_one_line(folder: Path, capsys: Captured) -> None:
    """The line lists the rules that there are; the exit code is 2."""
    assert run(["pack", "lint", "--pack", str(folder), "--select", "RW999"]) == 2

    err = capsys.readouterr().err
    assert "There is no lint rule `RW999`" in err
    assert "stale-claim" in err
    assert err.count("\n") == 1


def test_coverage_has_the_published_fields(folder: Path, capsys: Captured) -> None:
    """Whole numbers in all, for each consideration of the blueprint and for each topic."""
    assert run(["pack", "coverage", "--json", "--pack", str(folder)]) == 0

    counted = json.loads(capsys.readouterr().out)
    assert set(counted) == {"decisions", "rules", "situations", "considerations", "topics"}
    assert counted["decisions"] == 5
    assert list(counted["topics"]) == ["roads", "ovens"]
    assert set(counted["topics"]["roads"]) == {"decisions", "situations"}
    assert counted["topics"]["roads"]["decisions"] == 2
    assert set(counted["considerations"]["2.1.b"]) == {"decisions", "authored", "situations"}
    assert counted["considerations"]["2.1.b"]["decisions"] == 0
    assert counted["situations"] == sum(one["situations"] for one in counted["topics"].values())


def test_coverage_is_readable(folder: Path, capsys: Captured) -> None:
    """Without --json the counts are a table of 80 columns at most."""
    assert run(["pack", "coverage", "--pack", str(folder)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "6 of 8 considerations have a decision"
    assert max(map(len, lines)) <= 80


def test_trying_a_decision_shows_keys_problems_and_items(folder: Path, capsys: Captured) -> None:
    """An author sees what the file yields, what is wrong with it, and how it reads."""
    code = run(["pack", "try", "delivery-route", "--items", "2", "--pack", str(folder)])

    out = capsys.readouterr().out
    assert code == 1
    assert "5 option sets have 4 of 4 as keys:" in out
    assert "RW224 brief-out-of-bounds" in out
    assert out.count("--- ") == 2


def test_trying_works_while_other_files_are_broken(folder: Path, capsys: Captured) -> None:
    """Authors work at the same time; another's file does not stop one's own."""
    edit(folder, "decisions/new-oven.yaml", "done_twice:", "done_twise:")

    assert run(["pack", "try", "oven-rounds", "--items", "0", "--pack", str(folder)]) == 1
    capsys.readouterr()

    assert run(["pack", "try", "new-oven", "--pack", str(folder)]) == 2
    assert "The decision 'new-oven' has 2 problems" in capsys.readouterr().err


def test_each_situation_is_listed_when_asked_for(folder: Path, capsys: Captured) -> None:
    """One line a situation, with its key and what becomes of the others."""
    run(["pack", "try", "stale-bread", "--situations", "--items", "0", "--pack", str(folder)])

    out = capsys.readouterr().out
    assert "cause cold_oven -> reheat (reload near, shorten near, vent near, wrap near)" in out
    assert out.count(" -> ") == 11


def test_lint_of_one_decision_leaves_out_the_others(folder: Path, capsys: Captured) -> None:
    """Only its file is reported, whatever stands in others; a rule may be chosen as well."""
    edit(folder, "decisions/new-oven.yaml", "done_twice:", "done_twise:")
    edit(folder, "decisions/delivery-route.yaml", "misconception: van-goes-anywhere", "")
    edit(folder, "decisions/oven-rounds.yaml", "checked: 2026-11-24", "checked: 2025-01-01")
    one = ["pack", "lint", "--pack", str(folder), *SOUND, "--decision"]

    assert run([*one, "delivery-route"]) == 1
    out = capsys.readouterr().out
    assert "[RW225 misconception-unused] " in out
    assert "oven-rounds" not in out
    assert out.endswith("delivery-route: 1 error, 0 warnings in its file.\n")

    assert run([*one, "oven-rounds"]) == 0
    assert "RW225" not in capsys.readouterr().out

    assert run([*one, "delivery-route", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in report["problems"]] == ["RW225"]

    assert run([*one, "bread"]) == 2
    assert run([*one, "new-oven"]) == 2


def test_pages_that_content_may_open_exist() -> None:
    """The list of pages in the command is held against the routes of the web face."""
    web = Path(__file__).parents[2] / "src" / "roadworthy" / "web"
    source = "".join(path.read_text(encoding="utf-8") for path in web.glob("*.py"))

    assert [page for page in PAGES if f'.get("{page}"' not in source] == []
