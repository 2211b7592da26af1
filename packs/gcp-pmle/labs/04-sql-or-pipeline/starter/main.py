"""The task both ways: train on a year, evaluate, score today's customers. Then the times."""

import contextlib
import json
import logging
import pathlib
import warnings

from choose import choose
from compare import compare
from customers import customers
from kfp import compiler, local
from pipeline import churn
from warehouse import Warehouse

OUT = pathlib.Path("out")


def main():
    """Carry both ways out; leave the times in out/times.json and what they made beside it."""
    OUT.mkdir(exist_ok=True)
    history, today = customers(1, 12), customers(13, 1)
    files = {name: str(OUT.resolve() / f"{name}.csv") for name in ("history", "today", "scores")}
    history.to_csv(files["history"], index=False)
    today.drop(columns="left_us").to_csv(files["today"], index=False)
    warehouse = Warehouse()
    warehouse.load("energy.history", history)
    warehouse.load("energy.today", today.drop(columns="left_us"))

    def sql(file):
        return lambda: warehouse.run(pathlib.Path(file).read_text(encoding="utf-8"))

    def run_pipeline():
        with open(OUT / "pipeline.log", "w", encoding="utf-8") as log:
            with contextlib.redirect_stdout(log):
                churn(**files, live_area=0.6)

    logging.getLogger().setLevel(logging.WARNING)
    # Steps run as processes here, so no image is pulled.
    warnings.filterwarnings("ignore", "You may be attemp", RuntimeWarning)
    runner = local.SubprocessRunner(use_venv=False)
    local.init(runner, pipeline_root=str(OUT / "steps"))
    ways = {
        "sql": [(file, sql(file)) for file in ("churn.sql", "evaluate.sql", "score.sql")],
        "pipeline": [
            ("compile", lambda: compiler.Compiler().compile(churn, str(OUT / "churn.yaml"))),
            ("run", run_pipeline),
        ],
    }
    table = compare(ways)
    (OUT / "times.json").write_text(json.dumps(table, indent=1), encoding="utf-8")
    for row in table:
        steps = ", ".join(f"{step} {seconds:.2f}" for step, seconds in row["steps"].items())
        print(f"{row['way']:10} {row['seconds']:7.2f} s   of it {steps}")
    area = warehouse.run(pathlib.Path("evaluate.sql").read_text(encoding="utf-8")).roc_auc[0]
    scores = warehouse.run("SELECT * FROM energy.scores").merge(today)
    print(
        f"evaluate.sql says {area:.3f}; SQL expects {scores.p_leave.sum():.0f} of "
        f"{len(scores)} customers to leave, {scores.left_us.sum()} did."
    )
    seconds = {row["way"]: row["seconds"] for row in table}
    print(
        "A loss of our own design goes to:",
        choose(
            {
                "seconds": seconds,
                "owners_write": ["SQL", "Python"],
                "own_loss": True,
                "rerun_one_stage": False,
                "many_families": False,
                "seen_elsewhere": "sql",
            }
        ),
    )


if __name__ == "__main__":
    main()
