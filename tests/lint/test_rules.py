"""Each folder of tests/lint/broken is the tiny pack, broken so that one lint rule is red.

``ROADWORTHY_ACCEPT=1 pytest tests/lint`` writes the messages anew; read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.lint.rules import RULES

BROKEN = Path(__file__).parent / "broken"


def messages(rule: type[LintRule], material: Material, folder: Path) -> list[str]:
    """What a rule reports of a pack, with the folder's own path left out."""
    found = sorted(rule().check(material), key=lambda one: (one.place, one.message))
    return [one.as_text().replace(f"{folder.as_posix()}/", "") for one in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_rule_is_red_once(
    rule: type[LintRule],
    broken: Callable[[Path], Path],
    read_material: Callable[[Path], Material],
    tiny_folder: Path,
    tiny_material: Material,
) -> None:
    """A small break of the tiny pack gives exactly the expected messages of the rule."""
    folder = broken(BROKEN / rule.slug / "edits.yaml")
    known = {text.partition("\n")[2] for text in messages(rule, tiny_material, tiny_folder)}
    new = [
        text
        for text in messages(rule, read_material(folder), folder)
        if text.partition("\n")[2] not in known
    ]
    report = "\n".join(new) + "\n"
    expected = BROKEN / rule.slug / "expected.txt"
    if os.environ.get("ROADWORTHY_ACCEPT"):
        expected.write_text(report, encoding="utf-8")
    assert new, "the rule stays green"
    assert report == expected.read_text(encoding="utf-8")


def test_each_rule_has_a_code_and_a_slug_of_its_own() -> None:
    """Codes are RW2xx in the order of the list; no two rules share a code or a slug."""
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert all(code.startswith("RW2") and len(code) == 5 for code in codes)
    assert len({rule.slug for rule in RULES}) == len(RULES)


def test_no_broken_pack_is_left_over() -> None:
    """Each folder belongs to a rule, so that a renamed rule takes its folder along."""
    assert {path.name for path in BROKEN.iterdir()} == {rule.slug for rule in RULES}


def test_each_rule_is_a_module_that_bears_its_slug() -> None:
    """`dead-path` is found in `dead_path.py`, and every module there is in the list."""
    folder = Path(__file__).parents[2] / "src" / "roadworthy" / "lint" / "rules"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}

    assert modules == {rule.slug.replace("-", "_") for rule in RULES}
    for rule in RULES:
        assert rule.__module__.rpartition(".")[2] == rule.slug.replace("-", "_")
