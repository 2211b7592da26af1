from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
from bench.policy import Case, Result, main, rows_of, run, summary
from bench.rows import OURS, Row

from bench import policy

MODELS = {"no-study", "random", "linear", "weakest", "fsrs-cards", "roadworthy", "oracle"}


@pytest.fixture(scope="module")
def rows() -> Iterator[list[Row]]:
    """The rows of a case of twelve candidates and two evenings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "DAYS", 2)
        yield list(rows_of(run(Case("ppe", 101, 12))))


def test_each_policy_has_its_two_rows(rows: list[Row]) -> None:
    """Every policy has a pass rate and a gain over random, each with an error; random gains 0."""
    assert {(row.model, row.metric) for row in rows} == {
        (model, metric) for model in MODELS for metric in ("pass_rate", "gain_over_random")
    }
    assert {row.case for row in rows} == {"world-ppe-seed101"}
    assert all(row.se is not None for row in rows)
    assert [row.value for row in rows if row.model == "random"][1] == 0


def test_gain_is_in_points_of_the_pass_rate(rows: list[Row]) -> None:
    """A policy's gain is 100 times its pass rate less that of random."""
    values = {(row.model, row.metric): row.value for row in rows}
    rate = values["random", "pass_rate"]
    for model in MODELS:
        gain = 100 * (values[model, "pass_rate"] - rate)  # type: ignore[operator]
        assert values[model, "gain_over_random"] == pytest.approx(gain)


def test_trial_seeds_are_no_seeds_of_the_benchmark() -> None:
    """Nothing can be tuned on the seeds whose rows are reported."""
    assert not set(policy.SEEDS) & set(policy.TUNING_SEEDS)
    assert min(policy.TUNING_SEEDS) > 100


def test_cases_are_named_as_the_issue_names_them() -> None:
    """A case has world and seed in its name, and its variant as a suffix."""
    assert Case("actr", 2, 300, "/lapses-30").name == "world-actr-seed2/lapses-30"
    assert set(policy.VARIANTS[1:]) == {
        "/weights-known", "/misreading", "/lapses-30", "/minutes-15",
    }  # fmt: skip


def test_quick_run_prints_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quick run of few candidates gives the main case of each world, and how long it took."""
    monkeypatch.setattr(policy, "DAYS", 2)
    monkeypatch.setattr(policy, "PROCESSES", 1)
    monkeypatch.setattr(policy, "QUICK_CANDIDATES", 6)
    assert main(["--quick", "--json", "--no-peers", "--tuning"]) == 0
    printed = capsys.readouterr()
    made = json.loads(printed.out)

    assert made["bench"] == "policy"
    assert {row["case"] for row in made["rows"]} == {
        "world-ppe-seed101", "world-actr-seed101", "policy-bench",
    }  # fmt: skip
    assert "main: over random" in printed.err


def made_up(seed: int, ours: list[float]) -> Result:
    """A result in which random passes 10%, each rival less, and the oracle 50%."""
    passes = {name: np.array([0.1, 0.1]) for name in ("random", "linear", "weakest")}
    passes |= {"fsrs-cards": np.zeros(2), "oracle": np.array([0.5, 0.5]), OURS: np.array(ours)}
    return Result(Case("actr", seed, 2), passes, {OURS: 1.0})


def test_summary_is_the_mean_over_cases_with_its_error() -> None:
    """Gains of 20 and 40 points make 30, three quarters of the oracle's 40; errors add up."""
    lines = list(summary([made_up(101, [0.3, 0.3]), made_up(102, [0.4, 0.6])]))

    # Seed 102: gains of 30 and 50 points, error 10; with the other seed's 0 the mean's is 5.
    assert lines[0] == (
        "main: over random +30.0 (95% above +20.2), over fsrs-cards +40.0 (95% above +30.2), "
        "over the best rival +30.0, 75% of the oracle's +40.0"
    )
    assert lines[1] == "CPU seconds: roadworthy 2"


def test_worlds_of_one_seed_count_as_the_same_candidates() -> None:
    """Two worlds with the same gains by candidate give no smaller error than one."""
    one = made_up(101, [0.2, 0.6])
    both = [one, Result(Case("ppe", 101, 2), one.passes, one.seconds)]

    assert next(summary(both)) == next(summary([one]))
