"""What the mended fraud model does, seen from outside: on data that the candidate never had."""

import numpy as np
from roadworthy_lab import expect
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from world import inputs, payments

PRICES = ((180.0, 2.0), (40.0, 6.0), (900.0, 1.0))
"""What a missed fraud and a stopped payment cost, in three companies."""


def runs(work):
    """The program runs to its end and leaves a report."""
    work.run("main.py")
    work.path("report.json")


def split(work):
    """The test part holds real rows only, at the real ratio, none of which is trained on."""
    table = payments(30_000, work.hidden_seed)
    train_part, test_part = work.call(work.load("prepare.py").prepare, table)
    known = {tuple(row) for row in table[["id", "amount", "distance"]].to_numpy()}
    tested = [tuple(row) for row in test_part[["id", "amount", "distance"]].to_numpy()]
    invented = sum(row not in known for row in tested)
    expect(
        not invented,
        f"{invented} of {len(tested)} rows of the test part were made up: they are in no payment "
        "that was handed in. Figures on them say nothing about production.",
    )
    both = set(train_part.id) & set(test_part.id)
    expect(not both, f"{len(both)} payments lie in the training part and in the test part.")
    expect(
        0.15 <= len(test_part) / len(table) <= 0.4,
        f"The test part holds {len(test_part)} of {len(table)} rows; a quarter is asked for.",
    )
    share, real = test_part.fraud.mean(), table.fraud.mean()
    expect(
        abs(share - real) < 0.2 * real,
        f"The test part has {share:.2%} fraud, the payments have {real:.2%}: precision on such a "
        "part does not hold in production.",
    )
    return f"{len(test_part)} real rows to test on, {share:.2%} of them fraud."


def ranking(work):
    """Fraud ranks as high as with a model that saw every row."""
    train_part, test_part, probability = _fresh(work)
    full = LogisticRegression(max_iter=2_000).fit(inputs(train_part), train_part.fraud)
    best = average_precision_score(test_part.fraud, full.predict_proba(inputs(test_part))[:, 1])
    here = average_precision_score(test_part.fraud, probability)
    expect(
        here >= 0.85 * best,
        f"The area under the precision-recall curve is {here:.3f}; a model that saw every row "
        f"reaches {best:.3f}. The ranking is lost.",
    )
    return f"Area under the precision-recall curve {here:.3f}; with every row {best:.3f}."


def rates(work):
    """The probabilities can be added up: in all, and among the payments that score highest."""
    _, test_part, probability = _fresh(work)
    real, said = test_part.fraud.mean(), probability.mean()
    expect(
        abs(said - real) < 0.25 * real,
        f"The mean probability is {said:.2%}, and {real:.2%} of the payments are fraud. Whoever "
        "adds the probabilities up plans for the wrong number of cases.",
    )
    top = np.argsort(-probability)[: len(probability) // 100]
    real_top, said_top = test_part.fraud.to_numpy()[top].mean(), probability[top].mean()
    expect(
        0.6 * real_top < said_top < 1.6 * real_top,
        f"Among the one percent that score highest, {real_top:.1%} are fraud and the model says "
        f"{said_top:.1%}: the mean is right, the single probabilities are not.",
    )
    brier = float(np.mean((probability - test_part.fraud) ** 2))
    constant = real * (1 - real)
    expect(brier < constant, f"Brier {brier:.5f}; always saying {real:.2%} gives {constant:.5f}.")
    return f"Mean {said:.2%}, real {real:.2%}; Brier {brier:.5f}, a constant {constant:.5f}."


def window(work):
    """Training stays short: the model is fitted on a small part of the common payments."""
    table = payments(60_000, work.hidden_seed + 1)
    seen = []
    original = LogisticRegression.fit

    def counting(self, rows, *args, **kwargs):
        seen.append(len(rows))
        return original(self, rows, *args, **kwargs)

    LogisticRegression.fit = counting
    try:
        work.call(work.load("train.py").train, table)
    finally:
        LogisticRegression.fit = original
    most = max(seen, default=0)
    expect(
        most <= 0.2 * len(table),
        f"The model was fitted on {most:,} of {len(table):,} payments. The nightly window has room "
        "for one common payment in twenty, beside all fraud.",
    )
    return f"{most:,} of {len(table):,} payments are fitted on."


def choice(work):
    """The version is kept that puts fraud highest, whatever its share of right answers."""
    test_part = payments(30_000, work.hidden_seed + 3)
    draw = np.random.default_rng(work.hidden_seed)
    fraud = test_part.fraud.to_numpy()
    silent = np.full(len(fraud), 0.001) + draw.random(len(fraud)) * 1e-4
    noisy = 0.3 + 0.25 * fraud + 0.3 * draw.random(len(fraud))
    middling = np.clip(0.004 + 0.02 * fraud + 0.03 * draw.random(len(fraud)), 0, 1)
    eager = 0.6 + 0.1 * fraud * draw.random(len(fraud)) + 0.1 * draw.random(len(fraud))
    choose = work.load("choose.py").best_version
    for names in (("autumn", "winter", "spring", "summer"), ("c", "a", "b", "d")):
        versions = dict(zip(names, (silent, middling, noisy, eager), strict=True))
        kept = work.call(choose, test_part.fraud, versions)
        expect(
            kept != names[0],
            f"It keeps `{kept}`, which never flags anything: that alone is right in "
            f"{1 - fraud.mean():.2%} of the payments. Its figure says nothing on fraud.",
        )
        expect(
            kept != names[3],
            f"It keeps `{kept}`, which stops every payment. No fraud is missed, and no customer "
            "can pay.",
        )
        expect(kept == names[2], f"It keeps `{kept}`; `{names[2]}` puts more fraud on top.")


def cost(work):
    """The cutoff costs hardly more on new payments than the best one would, at three prices."""
    train_part, test_part, _ = _fresh(work)
    model = LogisticRegression(max_iter=2_000).fit(inputs(train_part), train_part.fraud)
    tuned, fresh = payments(60_000, work.hidden_seed + 5), payments(60_000, work.hidden_seed + 6)
    choose = work.load("choose.py").cutoff
    lines = []
    for missed, alarm in PRICES:
        p = model.predict_proba(inputs(tuned))[:, 1]
        limit = float(work.call(choose, tuned.fraud, p, missed, alarm))
        new = model.predict_proba(inputs(fresh))[:, 1]
        ours = _cost(fresh.fraud, new, limit, missed, alarm)
        best = min(_cost(fresh.fraud, new, one, missed, alarm) for one in np.quantile(
            new, np.linspace(0, 1, 400)))
        best = min(best, missed * fresh.fraud.sum())
        recall = fresh.fraud[new >= limit].sum() / fresh.fraud.sum()
        lines.append(f"{missed:.0f}:{alarm:.0f} from {limit:.3f} on, recall {recall:.0%}")
        expect(
            ours <= 1.12 * best,
            f"With {missed:.0f} a missed fraud and {alarm:.0f} an alarm, payments are stopped "
            f"from {limit:.3f} on: recall {recall:.0%}, {ours:,.0f} in all. The best cutoff "
            f"costs {best:,.0f}.",
        )
    return "; ".join(lines) + "."


def _fresh(work):
    """A training part and a test part that nobody has seen, and what the candidate's model says.

    Where the candidate's own split holds real rows, the model is trained on what it hands on, as
    main.py does; else on payments as they came, so that one fault hides no other.
    """
    train_part = payments(60_000, work.hidden_seed + 1)
    test_part = payments(60_000, work.hidden_seed + 2)
    handed_on = work.call(work.load("prepare.py").prepare, train_part)
    honest = set(handed_on[1].id) <= set(train_part.id) and not (
        set(handed_on[0].id) & set(handed_on[1].id)
    )
    model = work.call(work.load("train.py").train, handed_on[0] if honest else train_part)
    probability = work.call(model.predict_proba, inputs(test_part))[:, 1]
    return train_part, test_part, np.asarray(probability)


def _cost(fraud, probability, limit, missed, alarm):
    stopped = probability >= limit
    return missed * fraud[~stopped].sum() + alarm * stopped.sum()
