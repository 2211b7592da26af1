"""A very small warehouse that speaks the SQL of BigQuery. Nothing to mend here.

CREATE MODEL, ML.PREDICT and ML.EVALUATE go to models.py. Everything else is translated by sqlglot
and run by DuckDB, in memory.
"""

import itertools
import re

import duckdb
from models import Model
from sqlglot import exp, parse

BARE = re.compile(r"ML\.EVALUATE\s*\(\s*MODEL\s+([\w.]+)\s*\)", re.I)
EVALUATE = re.compile(r"\bML\.EVALUATE\s*\(\s*MODEL\s+", re.I)


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
