"""What the mended reports do, seen from outside: on hospitals that the candidate never had."""

import numpy as np
import pandas as pd
from roadworthy_lab import expect
from world import EFFECTS, FEATURES, inputs, patients, train, trial

PRICES = {"heart": 900.0, "lung": 400.0, "hip": 2_400.0, "day": 300.0}
OTHER_PRICES = {"heart": 1_500.0, "lung": 1_100.0, "hip": 150.0, "day": 200.0}


def runs(work):
    """The program runs to its end and leaves a report."""
    work.run("main.py")
    work.path("report.json")


def capacity(work):
    """No day has more calls than nurses, whatever the weekday, in three hospitals."""
    choose = work.load("choose.py").call_list
    lines = []
    for number, (per_day, calls) in enumerate(((150, 40), (60, 15), (150, 90))):
        month = _shuffled(patients(per_day, 21, work.hidden_seed + number))
        called = _mask(work.call(choose, month, month.risk.to_numpy(), PRICES, 35.0, calls), month)
        a_day = month.assign(called=called).groupby("day").called.sum()
        worst = a_day.idxmax()
        expect(
            a_day[worst] <= calls,
            f"On day {worst}, {a_day[worst]} patients are to be called, and there are nurses for "
            f"{calls}. On day {a_day.idxmin()}, the list has {a_day.min()}.",
        )
        lines.append(f"{a_day.min()} to {a_day.max()} calls a day for {calls}")
    return "; ".join(lines) + "."


def worth(work):
    """The calls of a day save what they can, and none costs more than it saves."""
    choose = work.load("choose.py").call_list
    lines = []
    for number, (prices, calls) in enumerate(((PRICES, 40), (OTHER_PRICES, 40), (PRICES, 5_000))):
        month = _shuffled(patients(150, 14, work.hidden_seed + 10 + number))
        value = month.risk * month.ward.map(prices) - 35.0
        said = work.call(choose, month, month.risk.to_numpy(), prices, 35.0, calls)
        called = _mask(said, month)
        lost = int((value[called] < -1e-9).sum())
        expect(
            not lost,
            f"{lost} of {called.sum()} calls cost more than they save on average. Nurses who have "
            "time left are no reason to call.",
        )
        place = value.groupby(month.day).rank(ascending=False, method="first")
        best = value[(value > 0) & (place <= calls)].sum()
        ours = value[called].sum()
        expect(
            ours >= 0.985 * best,
            f"In two weeks with nurses for {calls:,} calls a day, the {called.sum()} calls save "
            f"{ours:,.0f} on average. The best lists save {best:,.0f}.",
        )
        lines.append(f"{ours:,.0f} of {best:,.0f}")
    return "Saved in two weeks, of what could be: " + "; ".join(lines) + "."


def version(work):
    """The version is kept whose lists save most: at other prices or capacity, another one."""
    month = patients(300, 28, work.hidden_seed + 20)
    versions = _versions(month, work.hidden_seed)
    choose = work.load("choose.py").best_version
    cases = (
        ("Where hip calls save most", PRICES, 40, "guesses in the cheap wards"),
        ("Where hip calls save least", OTHER_PRICES, 40, "sees no risk in the hip ward"),
        ("With nurses for everybody", PRICES, 100_000, "sees all high risks alike"),
    )
    for number, (what, prices, calls, best) in enumerate(cases):
        names = {one: f"v{(place * 2 + number) % 5}" for place, one in enumerate(versions)}
        offered = {names[one]: versions[one] for one in versions}
        kept = work.call(choose, month, offered, prices, 35.0, calls)
        saved = {one: _saved(month, versions[one], prices, 35.0, calls) for one in versions}
        expect(kept in offered, f"It keeps {kept!r}, which is none of {sorted(offered)}.")
        own = next(one for one in versions if names[one] == kept)
        expect(
            own == best,
            f"{what}, it keeps the version that {own}: its calls save {saved[own]:,.0f} in the "
            f"month. Those of another version save {saved[best]:,.0f}.",
        )
    return "Three hospitals keep three versions."


def like_with_like(work):
    """The effect is that within wards, also where the totals say the opposite."""
    effect = work.load("compare.py").effect
    usual = {"heart": 0.30, "lung": 0.24, "hip": 0.10, "day": 0.07}
    mix = {"heart": 0.2, "lung": 0.2, "hip": 0.2, "day": 0.4}
    hard = {"heart": 0.9, "lung": 0.8, "hip": 0.3, "day": 0.1}
    easy = {"heart": 0.1, "lung": 0.2, "hip": 0.7, "day": 0.9}
    helps = {"heart": 0.5, "lung": 0.6, "hip": 0.5, "day": 0.1}
    nothing = dict.fromkeys(mix, 0.0)
    part = {**hard, "heart": 1.0}
    large = {"heart": 0.1, "lung": 0.1, "hip": 0.1, "day": 0.7}
    cases = (
        ("The new version has the difficult wards", mix, hard, helps),
        ("The new version has the easy wards and changes nothing", mix, easy, nothing),
        ("One ward has had the new version only and compares nothing", mix, part, helps),
        ("Seven patients in ten are in one ward", large, hard, {**helps, "day": 0.0}),
    )
    lines = []
    for number, (what, mix, share, gain) in enumerate(cases):
        table, real = trial(usual, mix, share, gain, seed=work.hidden_seed + number)
        rate = table.groupby("version").readmitted.mean()
        said = float(work.call(effect, table))
        expect(
            abs(said - real) < 0.012,
            f"{what}: effect says {100 * said:+.1f} points, and the totals differ by "
            f"{100 * (rate['new'] - rate['old']):+.1f}. The real effect in this trial is "
            f"{100 * real + 0:+.1f}.",
        )
        lines.append(f"{100 * said:+.1f} (real {100 * real + 0:+.1f})")
    return "Effects in points: " + "; ".join(lines) + "."


def groups(work):
    """The gap is that among patients with the same outcome, and no other difference."""
    gap = work.load("compare.py").gap
    lines = []
    cases = (  # each group: share that comes back, found of these, called of the others
        ("equally many right answers", ((0.2, 0.70, 0.200), (0.2, 0.40, 0.125)), 0.30),
        ("equally many calls", ((0.2, 0.70, 0.200), (0.2, 0.40, 0.275)), 0.30),
        ("needless calls in one group", ((0.2, 0.60, 0.10), (0.2, 0.58, 0.28)), 0.18),
        ("different needs, the same chances", ((0.1, 0.50, 0.05), (0.4, 0.50, 0.05)), 0.0),
        ("three groups", ((0.2, 0.60, 0.10), (0.3, 0.62, 0.12), (0.1, 0.40, 0.05)), 0.22),
    )
    for what, shares, real in cases:
        table = pd.concat([_group(f"group {n}", *one) for n, one in enumerate(shares)])
        table = table.sample(frac=1, random_state=work.hidden_seed).reset_index(drop=True)
        said = float(work.call(gap, table.readmitted, table.called, table.group))
        found = " and ".join(f"{one[1]:.0%}" for one in shares)
        needless = " and ".join(f"{one[2]:.0%}" for one in shares)
        expect(
            abs(said - real) < 0.02,
            f"With {what}, gap says {said:.2f}. Of those who come back {found} are called, of "
            f"the others {needless}: the wider difference is {real:.2f}.",
        )
        lines.append(f"{said:.2f}")
    return f"Gaps of five tables: {', '.join(lines)}."


def baselines(work):
    """Skew is a difference to training, drift one to last week; an old difference is no drift."""
    weekly = work.load("monitor.py").weekly
    seed = work.hidden_seed + 40
    training = patients(250, 28, seed)
    off, off_again, shifted = (patients(300, 7, seed + one) for one in (1, 2, 3))
    plain = patients(300, 7, seed + 4)
    for one in (off, off_again, shifted):
        one["kidney"] *= 1.7
    shifted["length"] = shifted.length * 2.5 + 1
    cases = (
        (
            "`kidney` has differed from training since the launch, and this week is like last week",
            off,
            off_again,
            {"kidney"},
            set(),
        ),
        (
            "`kidney` has always differed, and `length` has moved this week",
            off,
            shifted,
            {"kidney", "length"},
            {"length"},
        ),
        ("`kidney` is back to what training had", off, plain, set(), {"kidney"}),
    )
    for what, last, current, skew, drift in cases:
        said = work.call(weekly, training, last, current)
        for kind, real in (("skew", skew), ("drift", drift)):
            expect(
                set(said[kind]) == real,
                f"Here {what}. {kind} says {_names(said[kind])}; it should say {_names(real)}.",
            )


def matters(work):
    """A person is woken for what moves the predictions, and for nothing else."""
    page = work.load("monitor.py").page
    seed = work.hidden_seed + 60
    second = {**EFFECTS, "stays": 0.0, "logins": 0.22}
    cases = (
        ("a hospital in a quiet week", EFFECTS, {}, set()),
        (
            "a hospital where `logins` says nothing about the outcome",
            EFFECTS,
            {"logins": lambda t, d: t.logins + 7},
            set(),
        ),
        (
            "a hospital where `stays` says most about the outcome",
            EFFECTS,
            {"stays": lambda t, d: t.stays + d.binomial(2, 0.2, len(t))},
            {"stays"},
        ),
        (
            "another hospital, where `logins` counts and `stays` does not",
            second,
            {
                "stays": lambda t, d: t.stays + d.poisson(2.0, len(t)),
                "logins": lambda t, d: t.logins + d.poisson(1.3, len(t)),
            },
            {"logins"},
        ),
        (
            "a hospital where `kidney` is measured lower",
            EFFECTS,
            {"kidney": lambda t, d: t.kidney * 0.65, "logins": lambda t, d: t.logins + 4},
            {"kidney"},
        ),
    )
    for number, (what, effects, moves, real) in enumerate(cases):
        model = train(patients(800, 28, seed + 10 * number, effects))
        last = patients(500, 7, seed + 10 * number + 1, effects)
        current = patients(500, 7, seed + 10 * number + 2, effects)
        draw = np.random.default_rng(seed + number)
        for name, move in moves.items():
            current[name] = move(current, draw)
        said = set(work.call(page, model, last.drop(columns="risk"), current.drop(columns="risk")))
        wrong = [name for name in FEATURES if (name in said) != (name in real)]
        alone = f" `{wrong[0]}` alone {_alone(model, last, current, wrong[0])}." if wrong else ""
        expect(
            said == real,
            f"In {what}, {_names(moves)} moved.{alone} The page names {_names(said)}; it should "
            f"name {_names(real)}.",
        )


def _alone(model, last, current, name):
    """What the move of one feature does to the mean prediction, in words."""
    place = (last[name].rank(method="first") - 0.5) / len(last)
    swapped = last.assign(**{name: np.quantile(current[name], place)})
    before, after = (model.predict_proba(inputs(one))[:, 1].mean() for one in (last, swapped))
    return f"takes the mean prediction from {before:.1%} to {after:.1%}"


def _shuffled(table):
    """The rows in another order and with an index of their own."""
    table = table.sample(frac=1, random_state=5)
    return table.set_index(pd.Index(np.arange(len(table)) * 3 + 11))


def _mask(called, table):
    """What call_list returned, as booleans in the order of the rows."""
    if isinstance(called, pd.Series) and set(called.index) == set(table.index):
        called = called.reindex(table.index)
    called = np.asarray(called)
    expect(
        called.shape == (len(table),) and set(np.unique(called)) <= {0, 1},
        f"call_list returns {called.dtype} of shape {called.shape} for {len(table)} patients. "
        "True or False for each is asked for.",
    )
    return called.astype(bool)


def _versions(month, seed):
    """Name -> probabilities: each version is good at something else."""
    draw = np.random.default_rng(seed)
    real = np.log(month.risk / (1 - month.risk)).to_numpy()
    cheap = month.ward.isin(["heart", "lung", "day"]).to_numpy()
    hip = (month.ward == "hip").to_numpy()
    noise = draw.normal(0, 1.0, len(real))
    value = month.risk.to_numpy() * month.ward.map(PRICES).to_numpy()
    top = value > np.quantile(value, 0.72)
    scores = {
        "guesses in the cheap wards": real + noise * cheap,
        "sees no risk in the hip ward": np.where(hip, -5.0, real),
        "sees all high risks alike": np.where(top, np.where(hip, -1.5, -0.52) + 0.01 * noise, real),
        "boasts": 2.0 + 0.4 * real + 1.6 * noise,
        "is unsure": 0.3 * real + 0.8 * noise - 2.0,
    }
    return {name: 1 / (1 + np.exp(-score)) for name, score in scores.items()}


def _saved(month, probability, prices, cost, calls):
    """What the best lists by these probabilities really save."""
    price = month.ward.map(prices)
    value = probability * price - cost
    place = value.groupby(month.day).rank(ascending=False, method="first")
    called = (value > 0) & (place <= calls)
    return float((month.readmitted * price - cost)[called].sum())


def _group(name, share, found, needless, rows=4_000):
    """Patients of one group with these shares, to the row."""
    back = round(rows * share)
    called = np.concatenate(
        [
            np.arange(back) < round(back * found),
            np.arange(rows - back) < round((rows - back) * needless),
        ]
    )
    return pd.DataFrame(
        {
            "group": name,
            "readmitted": (np.arange(rows) < back).astype(int),
            "called": called.astype(int),
        }
    )


def _names(names):
    return ", ".join(f"`{one}`" for one in FEATURES if one in set(names)) or "nothing"
