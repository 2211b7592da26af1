"""The warehouse as the checks use it: a copy, so that an edited one changes nothing."""

import itertools
import re

import duckdb
import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sqlglot import exp, parse

BARE = re.compile(r"ML\.EVALUATE\s*\(\s*MODEL\s+([\w.]+)\s*\)", re.I)
EVALUATE = re.compile(r"\bML\.EVALUATE\s*\(\s*MODEL\s+", re.I)

SCALERS = {
    "STANDARD_SCALER": ("AVG({0})", "STDDEV_SAMP({0})"),
    "MIN_MAX_SCALER": ("MIN({0})", "MAX({0}) - MIN({0})"),
    "MAX_ABS_SCALER": ("0", "MAX(ABS({0}))"),
}
UNKNOWN = (exp.AggFunc, exp.Window, exp.Subquery, exp.Select, exp.Star)


def frozen(duck, transform, rows):
    """name -> SQL of each step, with the statistics of `rows` written in; {} without a clause."""
    duck.register("rows_seen", rows)
    steps = {}
    for one in transform or ():
        if isinstance(one, exp.Star) and not one.args.get("replace"):
            left_out = {name.name.lower() for name in one.args.get("except_") or ()}
            steps |= {name: f'"{name}"' for name in rows if name.lower() not in left_out}
        else:
            steps[one.alias_or_name] = _frozen(duck, one.unalias().copy())
    return steps


def _frozen(duck, step):
    step = exp.Paren(this=step)
    for window in list(step.find_all(exp.Window)):
        name, inside = _ml(window.this)
        value = inside[0].sql("duckdb") if inside else ""
        if name in SCALERS:
            low, width = _seen(duck, *(one.format(value) for one in SCALERS[name]))
            window.replace(_read(f"(({value}) - ({low!r})) / ({width!r})"))
        elif name == "QUANTILE_BUCKETIZE" and len(inside) == 2:
            shares = [place / int(inside[1].name) for place in range(1, int(inside[1].name))]
            cuts = _seen(duck, f"quantile_cont(({value})::DOUBLE, {shares})")[0]
            window.replace(_buckets(value, sorted({repr(cut) for cut in cuts}, key=float)))
    for call in list(step.find_all(exp.Dot)):
        name, inside = _ml(call)
        if name == "BUCKETIZE" and len(inside) == 2:
            points = [point.sql() for point in inside[1].expressions]
            call.replace(_buckets(inside[0].sql("duckdb"), points))
    unknown = next((one for one in step.find_all(exp.Dot) if _ml(one)[0]), step.find(*UNKNOWN))
    if unknown:
        said = unknown.sql("bigquery")
        raise ValueError(f"This small warehouse does not know {said} in a TRANSFORM clause.")
    return step.sql("duckdb")


def _ml(node):
    """(NAME, arguments) of a call ML.NAME(...), or (None, [])."""
    if isinstance(node, exp.Dot) and str(node.this).upper() == "ML":
        call = node.expression
        return str(call.this).upper(), call.expressions
    return None, []


def _seen(duck, *figures):
    return duck.execute(f"SELECT {', '.join(figures)} FROM rows_seen").fetchall()[0]


def _buckets(value, points):
    cases = " ".join(
        f"WHEN {value} < {point} THEN 'bin_{number}'" for number, point in enumerate(points, 1)
    )
    return _read(f"CASE {cases} ELSE 'bin_{len(points) + 1}' END")


def _read(sql):
    return exp.Paren(this=exp.maybe_parse(sql, dialect="duckdb"))


class Model:
    """A fitted model; `held_out` are the rows of the training query that it has not seen."""

    def __init__(self, duck, rows, options, transform):
        if str(options.get("model_type")).upper() != "LOGISTIC_REG":
            raise ValueError("This warehouse knows model_type = 'LOGISTIC_REG' only.")
        self.duck, self.options, self.transform = duck, options, transform
        self.label = options.get("input_label_cols", ["label"])[0]
        self.steps = frozen(duck, transform, rows)
        out = self._newer(rows)
        self.held_out = rows[out] if out.any() else rows
        self.steps = frozen(duck, transform, rows[~out])
        table = self._prepared(rows[~out])
        if self.label not in table:
            raise LookupError(
                f"The training rows have no column {self.label}, which input_label_cols names. "
                "Where there is a TRANSFORM clause, they have what it lists and nothing else."
            )
        others = (self.label, options.get("data_split_col"))
        self.features = [name for name in table if name not in others]
        columns = make_column_transformer(
            (StandardScaler(), make_column_selector(dtype_include="number")),
            (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number")),
        )
        self.fit = make_pipeline(columns, LogisticRegression(max_iter=1_000))
        self.fit.fit(table[self.features], table[self.label].astype(int))

    def predict(self, rows):
        """The rows with predicted_<label> and predicted_<label>_probs, as ML.PREDICT has them."""
        p = self._probability(rows)
        probs = [[{"label": 1, "prob": one}, {"label": 0, "prob": 1 - one}] for one in p]
        label = f"predicted_{self.label}"
        return rows.assign(**{label: (p >= 0.5).astype(int), f"{label}_probs": probs})

    def evaluate(self, rows):
        """One row of figures: roc_auc and log_loss."""
        p, label = self._probability(rows), rows[self.label].astype(int)
        return pd.DataFrame(
            {"roc_auc": [metrics.roc_auc_score(label, p)], "log_loss": [metrics.log_loss(label, p)]}
        )

    def _probability(self, rows):
        return self.fit.predict_proba(self._prepared(rows, self.features)[self.features])[:, 1]

    def _prepared(self, rows, names=None):
        if not self.steps:
            if lost := set(names or ()) - set(rows):
                raise LookupError(f"The model was trained on {sorted(lost)}; the query has none.")
            return rows
        self.duck.register("rows_given", rows)
        wanted = names or self.steps
        steps = [f'{sql} AS "{name}"' for name, sql in self.steps.items() if name in wanted]
        return self.duck.execute(f"SELECT {', '.join(steps)} FROM rows_given").df()

    def _newer(self, rows):
        """Which rows CREATE MODEL holds out, by data_split_method."""
        how = str(self.options.get("data_split_method", "AUTO_SPLIT")).upper()
        share = self.options.get("data_split_eval_fraction", 0.2)
        if how == "AUTO_SPLIT":  # few rows: none; many: a fifth at random, but at most 10,000
            how = "RANDOM" if len(rows) >= 500 else "NO_SPLIT"
            share = min(0.2, 10_000 / len(rows))
        if how == "NO_SPLIT":
            return np.zeros(len(rows), bool)
        if how == "RANDOM":
            return np.random.default_rng(1).random(len(rows)) < share
        if how not in ("SEQ", "CUSTOM"):
            raise ValueError(f"This small warehouse does not know data_split_method = '{how}'.")
        name = self.options.get("data_split_col")
        table = rows if name in rows else self._prepared(rows)
        if name not in table:
            raise LookupError(f"'{how}' needs a data_split_col that is selected, not {name}.")
        if how == "CUSTOM":
            return table[name].to_numpy(bool)
        return (table[name].rank(method="first") > (1 - share) * len(rows)).to_numpy()  # SEQ


class Warehouse:
    """Tables and models: `load` a frame, `run` SQL."""

    def __init__(self):
        self.duck = duckdb.connect()
        self.models = {}
        self._numbers = itertools.count()

    def load(self, name, frame):
        """Make a table of a frame: load('energy.history', frame)."""
        self.duck.execute(f"CREATE SCHEMA IF NOT EXISTS {name.split('.')[0]}")
        self.duck.register("given", frame)
        self.duck.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given")

    def run(self, sql):
        """Carry out statements; the rows of the last one as a frame, or None."""
        sql = sql.replace("`", "")
        # Without rows of its own, ML.EVALUATE takes those that CREATE MODEL has held out.
        sql = BARE.sub(r"ML.EVALUATE(MODEL \1, (SELECT * FROM \1__held_out))", sql)
        sql = EVALUATE.sub("ML.PREDICT(MODEL evaluate__", sql)  # a call that sqlglot cannot read
        rows = None
        for statement in filter(None, parse(sql, read="bigquery")):
            if str(statement.args.get("kind")).upper() == "MODEL":
                rows = self._create(statement)
            else:
                rows = self._query(statement)
        return rows

    def _create(self, statement):
        name = statement.this.sql("bigquery")
        rows = self._query(statement.expression)
        options, transform = {}, None
        for one in statement.args["properties"].expressions:
            if isinstance(one, exp.TransformModelProperty):
                transform = one.expressions
            else:
                options[str(one.this).lower()] = _value(one.args["value"])
        model = self.models[name] = Model(self.duck, rows, options, transform)
        self.load(f"{name}__held_out", model.held_out)

    def _query(self, statement):
        statement = statement.copy()
        while call := statement.find(exp.Predict):
            given = call.expression
            given = given.this if isinstance(given, exp.Subquery) else exp.select("*").from_(given)
            name = call.this.sql("bigquery")
            evaluated = name.startswith("evaluate__")
            name = name.removeprefix("evaluate__")
            if name not in self.models:
                raise LookupError(f"There is no model {name}. Has CREATE MODEL been run?")
            model, rows = self.models[name], self._query(given)
            answer = f"answers.a{next(self._numbers)}"
            self.load(answer, model.evaluate(rows) if evaluated else model.predict(rows))
            outer = call.find_ancestor(exp.Table)
            outer.replace(exp.to_table(answer, alias=outer.args.get("alias") and outer.alias))
        done = self.duck.execute(statement.sql("duckdb"))
        return done.df() if done.description else None


def _value(node):
    if isinstance(node, exp.Array):
        return [_value(one) for one in node.expressions]
    if isinstance(node, exp.Literal) and not node.is_string:
        return float(node.this)
    return getattr(node, "this", node)
