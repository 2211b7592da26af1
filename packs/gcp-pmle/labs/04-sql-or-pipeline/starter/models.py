"""What CREATE MODEL makes in this warehouse: a logistic regression. Nothing to mend here.

As in BigQuery ML, what stands in TRANSFORM is kept with the model, with the statistics of the
training rows, and is carried out again by ML.PREDICT and ML.EVALUATE.
"""

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from transform import frozen


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
