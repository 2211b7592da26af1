"""Two reports: for the board, what a new version changed; for the ethics council, fairness."""

from fairlearn.metrics import equalized_odds_difference


def effect(trial):
    """By how much the new version changes the share of readmitted patients; below 0 is better.

    For the mix of all patients in wards that had both versions; a ward with one of them compares
    nothing and is left out. `trial`: a row a patient, with `ward`, `version` (old or new), `called`
    (whether the version had a nurse call) and `readmitted`.
    """
    rates = trial.groupby(["ward", "version"]).readmitted.mean().unstack("version")
    change = (rates["new"] - rates["old"]).dropna()  # a ward with one version compares nothing
    weight = trial.ward.value_counts()[change.index]
    return float((change * weight).sum() / weight.sum())


def gap(readmitted, called, group):
    """How differently the call list treats groups of patients, from 0 to 1.

    The council allows 0.10 and means: patients who come back are to be found, and others left
    in peace, equally often in every group. The wider of the two differences counts. Arrays or
    columns, one entry a patient.
    """
    return float(equalized_odds_difference(readmitted, called, sensitive_features=group))
