from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from bench.lkt import Log, exam_of, in_test, log_of
from bench.pass_later import PEERS, Trial, measure
from bench.peers import apart, elo, factors, item_mean, item_response, logistic
from bench.peers.counts import before

from bench import medical

Online = Callable[[Log, np.ndarray], np.ndarray]
ONLINE = {"elo": elo.predict, "pfa": factors.pfa, "best-lr": factors.best_lr}


def made_up(learners: int = 30, rows: int = 40, seed: int = 3) -> Log:
    """Answers of learners who get better, on 8 items of 4 rules, a tenth only studied."""
    rng = np.random.default_rng(seed)
    names = np.repeat([str(n) for n in range(learners)], rows).tolist()
    item = rng.integers(0, 8, learners * rows)
    day = np.tile(np.arange(rows) / 10, learners)
    right = rng.random(len(item)) < 0.3 + 0.1 * (item % 4) + 0.1 * day
    outcome = np.where(rng.random(len(item)) < 0.1, -1, right)
    items = [f"i{n}" for n in item]
    rules = [f"r{n // 2}" for n in item]
    return log_of(names, day.tolist(), items, rules, outcome.tolist(), (day > 3).tolist())


def test_counts_are_of_earlier_rows_only() -> None:
    """A row's own outcome is not among its counts, and another key's are not either."""
    log = log_of(
        ["a"] * 4 + ["b"], [0, 1, 2, 3, 0], ["i"] * 5, ["r"] * 5, [1, 0, -1, 1, 1], [0] * 5
    )
    right, wrong, studied = before(log, log.rule)
    assert right.tolist() == [0, 1, 1, 1, 0]
    assert wrong.tolist() == [0, 0, 1, 1, 0]
    assert studied.tolist() == [0, 0, 0, 1, 0]


@pytest.mark.parametrize("name", ONLINE)
def test_no_peer_looks_ahead(name: str) -> None:
    """Turning a test learner's last answers round changes nothing that was said before them."""
    log = made_up()
    test = in_test(log)
    late = test[log.learner] & (log.days > 2) & (log.outcome >= 0)
    turned = Log(
        log.learner,
        log.days,
        log.item,
        log.rule,
        np.where(late, 1 - log.outcome, log.outcome),
        log.post,
        log.names,
        log.part,
        log.items,
        log.rules,
    )
    early = test[log.learner] & (log.days <= 2)
    said, again = ONLINE[name](log, ~test), ONLINE[name](turned, ~test)
    assert said[early] == pytest.approx(again[early], abs=1e-12)
    assert not np.allclose(said[late], again[late])


def test_item_means_ignore_test_learners() -> None:
    """An item that only test learners met gets the whole share."""
    log = log_of(["0", "6", "6"], [0, 0, 1], ["x", "y", "y"], ["r"] * 3, [0, 1, 1], [False] * 3)
    assert item_mean.predict(log, ~in_test(log)).tolist() == pytest.approx([1, 1, 1])


def test_logistic_fit_finds_the_weights() -> None:
    """At the optimum the penalised gradient is 0."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(400, 3))
    y = (rng.random(400) < logistic.chance(x, np.array([1.0, -1.0, 0.0]))).astype(float)
    weights = logistic.fit(x, y, np.ones(3))
    assert x.T @ (y - logistic.chance(x, weights)) - weights == pytest.approx(0, abs=1e-3)


def test_poisson_binomial_by_hand() -> None:
    """Two items at 0.5 and 0.2: at least one right is 1 - 0.5 * 0.8."""
    chance = np.array([[0.5], [0.2]])
    assert item_response.enough_right(chance, 1) == pytest.approx(0.6)
    assert item_response.enough_right(chance, 2) == pytest.approx(0.1)


def test_own_slopes_are_found() -> None:
    """2PL tells a steep item from a flat one."""
    rng = np.random.default_rng(2)
    ability = rng.normal(size=(1500, 1))
    slope = np.array([0.4, 0.4, 1.8, 1.8, 1.0, 1.0])
    right = (rng.random((1500, 6)) < 1 / (1 + np.exp(-slope * ability))).astype(float)
    fitted = item_response.fit(right, np.ones_like(right), own_slopes=True).slope
    assert fitted[:2].max() < fitted[4:].min() < fitted[4:].max() < fitted[2:4].min()


def test_outcomes_of_told_learners_are_never_read() -> None:
    """Turning the exam of those who are told round leaves every peer's chance as it was."""
    log = made_up()
    practice, exam, told = log.keep(~log.post), exam_of(log), log.part == 0
    turned = exam_of(
        Log(
            log.learner,
            log.days,
            log.item,
            log.rule,
            np.where(
                told[log.learner] & log.post & (log.outcome >= 0), 1 - log.outcome, log.outcome
            ),
            log.post,
            log.names,
            log.part,
            log.items,
            log.rules,
        )
    )
    for peer in PEERS.values():
        said = peer(practice, exam, ~told, 0.6)[told]
        assert said == pytest.approx(peer(practice, turned, ~told, 0.6)[told], abs=1e-12)


def test_each_case_of_pass_has_each_model() -> None:
    """Peers get four metrics a case; the medical draws are pooled and nobody is left out."""
    rng = np.random.default_rng(1)
    right = (rng.random((60, 100)) < rng.uniform(0.4, 0.95, (60, 1))).astype(np.int64)
    trials = [
        Trial(log, exam_of(log), {"medical-10": 0.7}, 10)
        for log in (half.log(right) for half in medical.halves(60, 10, count=2))
    ]
    rows = measure(iter(trials), {name: PEERS[name] for name in ("base-rate", "practice-average")})
    peers = [row for row in rows if row.model == "practice-average"]
    assert [row.metric for row in peers] == ["log_loss", "brier", "ece", "auc"]
    base = next(row for row in rows if (row.model, row.metric) == ("base-rate", "brier"))
    better = next(row for row in rows if (row.model, row.metric) == ("practice-average", "brier"))
    assert better.value is not None
    assert base.value is not None
    assert better.value < base.value


def test_halves_of_one_size_are_those_of_a_full_run() -> None:
    """A smaller run takes the first halves; practice and exam never share an item."""
    few, all_ = (list(medical.halves(20, 20, count=count)) for count in (2, 10))
    assert [half.practice.tolist() for half in few] == [h.practice.tolist() for h in all_[:2]]
    assert all(not set(half.practice) & set(half.exam) for half in all_)
    assert {len(half.practice) for half in all_} == {20}


def test_a_missing_environment_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the peer's environment the reason names it."""
    monkeypatch.setenv("ROADWORTHY_BENCH_HOME", str(tmp_path))
    with pytest.raises(apart.PeerMissingError, match=r"no \.venv-bkt"):
        apart.run(".venv-bkt", "bkt_apart.py", {"p": np.zeros(1)})
