"""What both ways do, seen from outside: on customers that the candidate never had."""

import itertools
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
from engine import Warehouse
from roadworthy_lab import NotYet, expect
from sklearn.metrics import roc_auc_score
from world import customers, turned

REFERENCE = """
CREATE OR REPLACE MODEL energy.reference
TRANSFORM(ABS(tenure - 365) AS apart, LN(bill) AS bill, kwh, app_visits, tariff, month, left_us)
OPTIONS(model_type = 'LOGISTIC_REG', input_label_cols = ['left_us'], data_split_method = 'SEQ',
  data_split_col = 'month', data_split_eval_fraction = 0.2) AS
SELECT tenure, bill, kwh, app_visits, tariff, month, left_us FROM energy.history;
"""
SCORE = """
SELECT customer_id, one.prob AS p_leave FROM ML.PREDICT(MODEL energy.{},
  (SELECT customer_id, tenure, bill, kwh, app_visits, tariff FROM energy.today)
), UNNEST(predicted_left_us_probs) AS one WHERE one.label = 1
"""
LONG = "What is handed on as a value becomes an argument of a program, so it has to be short."


def runs(work):
    """The program runs to its end and leaves the table of times and both tables of scores."""
    with tempfile.TemporaryDirectory() as temporary:
        try:
            work.run("main.py", seconds=200, TMPDIR=temporary)
        except NotYet as missing:
            if "Argument list too long" not in str(missing):
                raise
            raise NotYet(
                f"{missing}. {LONG} The check of step 4 says how much was handed on."
            ) from None
    times = json.loads(_text(work, "out/times.json"))
    return "; ".join(f"{row['way']} {row['seconds']:.1f} s" for row in times) + "."


def skew(work):
    """Callers that select raw columns get probabilities that are right, and in the right order."""
    warehouse, today = _warehouse(work, 1)
    _run(warehouse, work, "churn.sql")
    try:
        scores = warehouse.run(SCORE.format("churn")).merge(today)
    except Exception as error:
        raise NotYet(
            f"A query with the raw columns cannot call the model: {_line(error).rstrip('.')}. The "
            "desk and four more teams select tenure, bill, kwh, app_visits and tariff as they are."
        ) from None
    expect(len(scores) == len(today), f"{len(today)} customers went in, {len(scores)} came out.")
    said, real = scores.p_leave.mean(), scores.left_us.mean()
    expect(
        0.6 * real < said < 1.5 * real,
        f"With raw columns, the model expects {said:.1%} of the customers to leave, and {real:.1%} "
        "do. In training, the columns of the same names held other values.",
    )
    area = roc_auc_score(scores.left_us, scores.p_leave)
    warehouse.run(REFERENCE)
    prepared = warehouse.run(SCORE.format("reference")).merge(today)
    best = roc_auc_score(prepared.left_us, prepared.p_leave)
    expect(
        area > best - 0.04,
        f"With raw columns, the area under the curve is {area:.3f}; a model that prepares its "
        f"inputs reaches {best:.3f}. The preparation is lost.",
    )
    return f"Expected {said:.1%}, left {real:.1%}; area {area:.3f}, a prepared model {best:.3f}."


def future(work):
    """What evaluate.sql says holds for newer customers than those that the model has seen."""
    warehouse, today = _warehouse(work, 2)
    _run(warehouse, work, "churn.sql")
    rows = _run(warehouse, work, "evaluate.sql")
    expect(
        rows is not None and len(rows) == 1 and "roc_auc" in rows,
        "evaluate.sql is to give one row with a column roc_auc; it does not.",
    )
    said = float(rows.roc_auc.iloc[0])
    held_out = _unseen(warehouse)
    later = _reaches(warehouse, "reference", today)
    expect(
        said < held_out + 0.015,
        f"evaluate.sql promises an area of {said:.3f}. On months that it has not seen, such a "
        f"model reaches {held_out:.3f}, and {later:.3f} a month after that.",
    )
    try:
        own = _reaches(warehouse, "churn", today)
    except Exception:  # callers with raw columns cannot call it, which `skew` tells
        own = later
    expect(
        said > min(own, later) - 0.05,
        f"evaluate.sql says {said:.3f}; the next month, the model reaches {own:.3f}.",
    )
    second = Warehouse()
    second.load("energy.history", turned(seed=work.hidden_seed + 2))
    _run(second, work, "churn.sql")
    claimed = float(_run(second, work, "evaluate.sql").roc_auc.iloc[0])
    expect(
        claimed < 0.45,
        "In a second year, what made customers leave makes them stay in December. evaluate.sql "
        f"says {claimed:.3f}; a model of the months before reaches {_unseen(second):.3f}.",
    )
    return (
        f"It says {said:.3f}; on the next month, the model reaches {own:.3f}. Of a year that "
        f"turns round in December, it says {claimed:.3f}."
    )


def _reaches(warehouse, model, today):
    """The area of a model on the next month, called with raw columns."""
    scores = warehouse.run(SCORE.format(model)).merge(today)
    return roc_auc_score(scores.left_us, scores.p_leave)


def _unseen(warehouse):
    """What a model reaches on the newest months, if it was trained on the months before."""
    sql = REFERENCE + "SELECT roc_auc FROM ML.EVALUATE(MODEL energy.reference)"
    return float(warehouse.run(sql).roc_auc.iloc[0])


def machines(work):
    """With a machine of its own for each step, the pipeline ends and publishes good scores."""
    result, scores, today = _pipeline(work, 3, live_area=0.4)
    if result["failed"]:
        why = ""
        if result["long"]:
            why = f" It was handed {result['long']:,} characters. {LONG}"
        elif "No such file" in result["said"] or "FileNotFound" in result["said"]:
            why = " What another step wrote to its own disk is not there."
            if result["beside"]:
                why = (
                    " Only declared artifacts travel here; a fixed folder is overwritten by the "
                    "next run and has no lineage."
                )
        raise NotYet(f"On machines of their own, {_failure(result)}.{why}")
    expect(
        scores is not None,
        "A model with an area above 0.65 met a bar of 0.4, and no scores were published.",
    )
    both = scores.merge(today, on="customer_id")
    expect(
        len(both) == len(today) and "p_leave" in both,
        f"{len(today)} customers need a row with p_leave in the scores; {len(both)} have one.",
    )
    area = roc_auc_score(both.left_us, both.p_leave)
    expect(area > 0.64, f"The published scores reach an area of {area:.3f}; 0.7 is usual here.")
    return f"All steps ended; the published scores reach an area of {area:.3f}."


def gate(work):
    """A model that is worse than the one in use is not published."""
    result, scores, _ = _pipeline(work, 4, live_area=0.97, apart=False)
    if result["failed"]:
        published = "Nothing was published" if scores is None else "The scores were published"
        raise NotYet(
            f"{published}, and {_failure(result)}. The run is to end without an error, also where "
            "the new model is worse than the one in use."
        )
    expect(
        scores is None,
        "The model in use reaches an area of 0.97, the new one hardly above 0.7. Its scores were "
        "published all the same.",
    )
    return "Nothing was published against a model in use that reaches 0.97."


def times(work):
    """A row counts all steps of its way, by the clock that was handed in."""
    compare = work.load("compare.py").compare
    draw = np.random.default_rng(work.hidden_seed)
    now, done = [100.0], []

    def step(way, name, seconds):
        def carry_out():
            done.append((way, name))
            now[0] += seconds

        return name, carry_out

    asked = {
        way: [(name, round(float(draw.uniform(0.2, 30)), 2)) for name in names]
        for way, names in (("left", ("a", "b", "c")), ("right", ("x", "y")), ("third", ("z",)))
    }
    ways = {way: [step(way, *one) for one in steps] for way, steps in asked.items()}
    table = work.call(compare, ways, clock=lambda: now[0])
    expect(
        done == [(way, name) for way, steps in asked.items() for name, _ in steps],
        f"Each step is to run once, in order; these ran: {done}.",
    )
    said = {row["way"]: row for row in table}
    for way, steps in asked.items():
        expect(way in said, f"There is no row for the way `{way}`.")
        real, row = sum(seconds for _, seconds in steps), said[way]
        expect(
            abs(row["seconds"] - real) < 1e-6,
            f"By the clock handed in, {len(steps)} steps took {real:.2f} s, and the row says "
            f"{row['seconds']:.2f} s. Ways can be compared only over all that they do.",
        )
        wrong = [name for name, one in steps if abs(row["steps"].get(name, -1) - one) > 1e-6]
        expect(not wrong, f"The seconds of the steps {wrong} are not those of the clock.")


def which(work):
    """No answer names a way that the situation rules out, and none is missed that is left."""
    choose = work.load("choose.py").choose
    for owners, loss, stage, families, seen in itertools.product(
        (["SQL", "Python"], ["SQL"], ["Python"], []), *[(False, True)] * 3, ("sql", "pipeline")
    ):
        left = {"sql", "pipeline"}
        if "SQL" not in owners or loss or stage or families:
            left.discard("sql")
        if "Python" not in owners:
            left.discard("pipeline")
        for seconds in ({"sql": 2.0, "pipeline": 41.0}, {"sql": 35.0, "pipeline": 11.0}):
            if len(left) == 2 and seconds["sql"] > 10:
                continue  # both would do, and which of them is better is a matter of taste
            right = "sql" if len(left) == 2 else (left or {"neither"}).copy().pop()
            answer = work.call(
                choose,
                {
                    "seconds": dict(seconds),
                    "owners_write": list(owners),
                    "own_loss": loss,
                    "rerun_one_stage": stage,
                    "many_families": families,
                    "seen_elsewhere": seen,
                },
            )
            if answer != right:
                raise NotYet(_which(owners, loss, stage, families, seconds, answer, left))


def _which(owners, loss, stage, families, seconds, answer, left):
    """What was asked for and answered, and why that cannot be."""
    needs = [
        text
        for text, asked in (
            ("a loss of its own", loss),
            ("a rerun of the failed stage alone", stage),
            ("many kinds of models compared", families),
        )
        if asked
    ]
    told = (
        f"Owners write {' and '.join(owners) or 'no code'}; asked for: "
        f"{', '.join(needs) or 'nothing special'}. The answer is `{answer}`"
    )
    out = {
        "sql": (
            ("nobody writes SQL", "SQL" not in owners),
            ("a logistic regression has its own loss", loss),
            ("CREATE MODEL runs none of the Python programs", stage),
            ("a CREATE MODEL with LOGISTIC_REG fits one kind of model", families),
        ),
        "pipeline": (("nobody writes Python", True),),
    }
    if answer in seconds and answer not in left:
        reason = next(text for text, holds in out[answer] if holds)
        return f"{told}, which is ruled out there: {reason}."
    if answer not in ("sql", "pipeline", "neither"):
        return f"{told}; `sql`, `pipeline` or `neither` is asked for."
    if answer == "neither" and "sql" in left:
        return f"{told}, but `sql` is left: owners write it, and a logistic regression will do."
    if answer == "neither":
        return f"{told}, but `pipeline` is left: owners write Python, and steps can run any of it."
    times = " and ".join(f"`{way}` takes {seconds[way]:.0f} s" for way in ("sql", "pipeline"))
    return f"{told}. Both ways would do there, and {times}."


def _warehouse(work, number):
    """A warehouse with a hidden year and the month after it; the latter with its outcomes."""
    warehouse = Warehouse()
    today = customers(13, 1, each=6_000, seed=work.hidden_seed + 10 * number + 1)
    warehouse.load("energy.history", customers(1, 12, each=3_000, seed=work.hidden_seed + number))
    warehouse.load("energy.today", today.drop(columns="left_us"))
    return warehouse, today


def _run(warehouse, work, file):
    try:
        return warehouse.run(_text(work, file))
    except Exception as error:
        raise NotYet(f"The warehouse refuses {file}: {_line(error)}") from None


def _pipeline(work, number, live_area, apart=True):
    """(result, published scores or None, customers of the next month with their outcomes)."""
    today = customers(13, 1, each=2_000, seed=work.hidden_seed + 10 * number + 1)
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        files = {
            name: os.path.join(folder, f"{name}.csv") for name in ("history", "today", "scores")
        }
        customers(1, 12, each=1_000, seed=work.hidden_seed + number).to_csv(
            files["history"], index=False
        )
        today.drop(columns="left_us").to_csv(files["today"], index=False)
        done = subprocess.run(
            [
                sys.executable,
                os.path.join(work.lab, "checks", "machines.py"),
                work.path("pipeline.py"),
                folder,
                json.dumps({**files, "live_area": live_area}),
                "apart" if apart else "together",
            ],
            cwd=folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        sys.stderr.write(done.stdout)
        path = os.path.join(folder, "result.json")
        if not os.path.exists(path):
            last = (done.stdout.strip().splitlines() or ["it said nothing"])[-1]
            raise NotYet(f"pipeline.py cannot be run: {_plain(last)}")
        with open(path, encoding="utf-8") as file:
            result = json.load(file)
        there = os.path.exists(files["scores"])
        return result, pd.read_csv(files["scores"]) if there else None, today


def _failure(result):
    """Where and how the pipeline failed, as the rest of a sentence."""
    where = f"step `{result['step']}` fails" if result["step"] else "the pipeline does not start"
    return f"{where}: {_plain(result['said'])[-160:].rstrip('.')}"


def _text(work, file):
    with open(work.path(file), encoding="utf-8") as opened:
        return opened.read()


def _line(error):
    """The first line of an error, without the colors of a terminal."""
    return _plain((str(error).strip().splitlines() or [type(error).__name__])[0])[:200]


def _plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
