"""The same task as churn.sql, evaluate.sql and score.sql, as a pipeline of components.

Each component is taken out of this file and run as a program of its own: on Google Cloud in its
own container, here in its own process. What it uses is imported in its body.
"""

from kfp import dsl
from kfp.dsl import Input, Model, Output

# Our image holds kfp, pandas and scikit-learn; nothing is installed when a step starts.
IMAGE = "europe-west3-docker.pkg.dev/energy-retention/images/churn:2026-11"
STEP = {"base_image": IMAGE, "install_kfp_package": False}


@dsl.component(**STEP)
def extract(history: str) -> str:
    """Split the snapshots by month; the newest fifth is for evaluation."""
    import os
    import tempfile

    import pandas as pd

    table = pd.read_csv(history).sort_values("month", kind="stable")
    folder = os.path.join(tempfile.gettempdir(), "churn")
    os.makedirs(folder, exist_ok=True)
    cut = int(0.8 * len(table))
    table[:cut].to_csv(os.path.join(folder, "rows.csv"), index=False)
    table[cut:].to_csv(os.path.join(folder, "newest.csv"), index=False)
    return folder


@dsl.component(**STEP)
def train(folder: str, model: Output[Model]):
    """Fit a logistic regression; the preparation is a part of the model."""
    import joblib
    import numpy as np
    import pandas as pd
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import (
        FunctionTransformer,
        KBinsDiscretizer,
        OneHotEncoder,
        StandardScaler,
    )

    table = pd.read_csv(f"{folder}/rows.csv")
    prepare = make_column_transformer(
        (KBinsDiscretizer(12, quantile_method="averaged_inverted_cdf"), ["tenure"]),
        (make_pipeline(FunctionTransformer(np.log), StandardScaler()), ["bill"]),
        (StandardScaler(), ["kwh", "app_visits"]),
        (OneHotEncoder(handle_unknown="ignore"), ["tariff"]),
    )
    fitted = make_pipeline(prepare, LogisticRegression(max_iter=1_000))
    joblib.dump(fitted.fit(table, table.left_us), model.path)


@dsl.component(**STEP)
def evaluate(folder: str, model: Input[Model]) -> float:
    """The area under the ROC curve on the newest snapshots."""
    import joblib
    import pandas as pd
    from sklearn.metrics import roc_auc_score

    newest = pd.read_csv(f"{folder}/newest.csv")
    p = joblib.load(model.path).predict_proba(newest)[:, 1]
    return float(roc_auc_score(newest.left_us, p))


@dsl.component(**STEP)
def publish(model: Input[Model], today: str, scores: str):
    """Score today's customers and replace the table that the retention desk reads."""
    import joblib
    import pandas as pd

    table = pd.read_csv(today)
    table["p_leave"] = joblib.load(model.path).predict_proba(table)[:, 1]
    table[["customer_id", "p_leave"]].to_csv(scores, index=False)


@dsl.pipeline(name="churn")
def churn(history: str, today: str, scores: str, live_area: float):
    """`live_area`: the area that the model in use reaches; a worse one must not replace it."""
    rows = extract(history=history)
    fitted = train(folder=rows.output)
    measured = evaluate(folder=rows.output, model=fitted.outputs["model"])
    publish(model=fitted.outputs["model"], today=today, scores=scores).after(measured)
