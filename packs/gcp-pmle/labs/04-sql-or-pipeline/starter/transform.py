"""The list of a TRANSFORM clause as SQL with fixed statistics. Nothing to mend here."""

from sqlglot import exp

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
