"""The list of a TRANSFORM clause as SQL with fixed statistics. Nothing to mend here."""

from sqlglot import exp

STATISTICS = {
    "STANDARD_SCALER": ("AVG({0})", "STDDEV_SAMP({0})"),
    "MIN_MAX_SCALER": ("MIN({0})", "MAX({0}) - MIN({0})"),
    "MAX_ABS_SCALER": ("0", "MAX(ABS({0}))"),
}
REFUSED = (exp.AggFunc, exp.Window, exp.Subquery, exp.Select, exp.Star)


def frozen(duck, transform, rows):
    """name -> SQL of each step, with the statistics of `rows` written in; {} without a clause."""
    duck.register("rows_seen", rows)
    return {one.alias_or_name: _frozen(duck, one.unalias().copy()) for one in transform or ()}


def _frozen(duck, step):
    step = exp.Paren(this=step)
    for window in list(step.find_all(exp.Window)):
        name, inside = _ml(window.this)
        if name in STATISTICS:
            low, width = (one.format(inside[0].sql("duckdb")) for one in STATISTICS[name])
            low, width = duck.execute(f"SELECT {low}, {width} FROM rows_seen").fetchall()[0]
            window.replace(_read(f"(({inside[0].sql('duckdb')}) - ({low!r})) / ({width!r})"))
    for call in list(step.find_all(exp.Dot)):
        name, inside = _ml(call)
        if name == "BUCKETIZE":
            value = inside[0].sql("duckdb")
            points = " ".join(
                f"WHEN {value} < {point.sql()} THEN 'bin_{number}'"
                for number, point in enumerate(inside[1].expressions, 1)
            )
            call.replace(_read(f"CASE {points} ELSE 'bin_{len(inside[1].expressions) + 1}' END"))
    for refused in REFUSED:
        if found := step.find(refused):
            said = found.sql("bigquery")
            raise ValueError(f"TRANSFORM takes no aggregation, subquery or star: {said}")
    return step.sql("duckdb")


def _ml(node):
    """(NAME, arguments) of a call ML.NAME(...), or (None, [])."""
    if isinstance(node, exp.Dot) and str(node.this).upper() == "ML":
        call = node.expression
        return str(call.this).upper(), call.expressions
    return None, []


def _read(sql):
    return exp.Paren(this=exp.maybe_parse(sql, dialect="duckdb"))
