"""Every row is trained on, so no weight is needed, and the nightly window is forgotten."""

from payments import inputs
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def train(table, seed=1):
    """A fitted model of all rows."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
    return model.fit(inputs(table), table.fraud)
