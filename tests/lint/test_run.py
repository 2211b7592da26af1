from __future__ import annotations

from datetime import UTC, datetime

import pytest

from roadworthy.lint.coverage import coverage_of
from roadworthy.lint.material import Material
from roadworthy.lint.phrases import phrases, shown
from roadworthy.lint.rules import RULES
from roadworthy.lint.rules.dead_path import DeadPath
from roadworthy.lint.run import Report, lint_material, lint_pack, select
from roadworthy.pack.blueprint import considerations_of

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(tiny_material: Material) -> Report:
    """What the lint says of the tiny pack."""
    return lint_material(tiny_material)


@pytest.mark.slow
def test_report_follows_from_pack_time_and_seed(tiny_material: Material, report: Report) -> None:
    """The same pack gives the same problems, sorted by place and code."""
    again = Material(
        tiny_material.pack,
        tiny_material.generator,
        now=NOW,
        seed=tiny_material.seed,
        place=tiny_material._place,
        paths=tiny_material.paths,
        sample=tiny_material.sample,
    )

    assert report == lint_material(again)
    assert list(report.problems) == sorted(
        report.problems, key=lambda one: (one.place, one.code, one.message)
    )


def test_each_rule_either_finds_or_verifies(report: Report) -> None:
    """No rule is silent: it has problems, or says what holds."""
    found = {problem.slug for problem in report.problems}

    assert found.isdisjoint(report.verified)
    assert found | set(report.verified) == {rule.slug for rule in RULES}


def test_places_name_files_without_a_reading(tiny_material: Material) -> None:
    """A pack that was opened from the cache is linted too; problems name the file alone."""
    problems = lint_pack(
        tiny_material.pack, tiny_material.generator, now=NOW, seed=1, rules=select(["RW224"])
    )

    assert {str(one.place) for one in problems} == {
        f"{'exhibits' if name == 'van-list' else 'decisions'}/{name}.yaml"
        for name in tiny_material.pack.decisions
    }


def test_links_are_left_alone_without_a_list_of_pages(tiny_material: Material) -> None:
    """Who does not know the app's pages does not judge links."""
    blind = Material(tiny_material.pack, tiny_material.generator, now=NOW, seed=1)

    assert list(DeadPath().check(blind)) == []
    assert list(DeadPath().check(tiny_material))


def test_rules_are_selected_by_code_or_slug() -> None:
    """Both names work, the order is that of the codes, an unknown name is refused."""
    chosen = select(["blunt-rule", "RW201"])

    assert [rule.slug for rule in chosen] == ["stale-claim", "blunt-rule"]
    with pytest.raises(KeyError, match="RW999"):
        select(["RW201", "RW999"])


def test_each_text_of_an_item_is_looked_at(tiny_material: Material) -> None:
    """Whatever stands in a stem or an option is among the phrases, in some frame."""
    for decision in tiny_material.decisions():
        texts = {
            one.text
            for phrase in phrases(tiny_material, decision)
            for one in shown(tiny_material, decision, phrase)
        }
        for item in tiny_material.items(decision.id, "brief")[:20]:
            if item.kind in ("choice", "next_step"):
                assert all(option.text in texts for option in item.options)


def test_coverage_counts_what_can_be_shown(real_material: Material) -> None:
    """Each consideration and topic is there; a decision counts for all that it names."""
    pack = real_material.pack
    counted = coverage_of(pack, real_material.generator)

    assert counted.decisions == len(pack.decisions)
    assert list(counted.considerations) == list(considerations_of(pack.blueprint))
    assert list(counted.topics) == list(pack.topics)
    for id_, one in counted.considerations.items():
        naming = [d for d in pack.decisions.values() if id_ in d.considerations]
        assert one.decisions == len(naming)
        assert bool(one.situations) == bool(naming)
    assert counted.rules == sum(map(len, real_material.generator.rules.values()))
