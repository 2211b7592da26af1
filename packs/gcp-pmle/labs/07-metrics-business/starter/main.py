"""The reports of one month: the call list, the version, the trial, fairness and the monitor."""

import json

from choose import best_version, call_list, gain
from compare import effect, gap
from distance import js, psi
from monitor import page, weekly
from patients import FEATURES, inputs, patients, train
from records import trial, week
from sklearn.metrics import roc_auc_score

SAVED = {"heart": 700.0, "lung": 500.0, "hip": 1_900.0, "day": 250.0}
COST, CALLS = 30.0, 30


def main():
    """Print the figures and keep them in report.json."""
    training, month = patients(per_day=200, seed=3), patients(seed=13)
    autumn = train(training)
    spring = train(patients(per_day=200, seed=6), class_weight="balanced")
    versions = {
        "autumn": autumn.predict_proba(inputs(month))[:, 1],
        "spring": spring.predict_proba(inputs(month))[:, 1],
    }
    kept = best_version(month, versions, SAVED, COST, CALLS)
    outcome = gain(month, month.readmitted, SAVED, COST)
    report = {"version that is kept": kept}
    for name, probability in versions.items():
        called = call_list(month, probability, SAVED, COST, CALLS)
        a_day = month.assign(called=called).groupby("day").called.sum()
        report[f"{name}: area under ROC"] = round(roc_auc_score(month.readmitted, probability), 4)
        report[f"{name}: saved in the month"] = round(float(outcome[called].sum()))
        report[f"{name}: calls a day"] = f"{a_day.min()} to {a_day.max()}, nurses for {CALLS}"
    called = call_list(month, versions[kept], SAVED, COST, CALLS)
    report["gap between languages"] = round(gap(month.readmitted, called, month.language), 3)
    report["effect of the new version"] = round(effect(trial()), 4)
    last, current = week(seed=21), week(seed=22, app=True, archive=True)
    report |= weekly(training, last, current)
    report["paged for"] = page(autumn, last, current)
    with open("report.json", "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    for name, value in report.items():
        print(f"{name:28} {value}")
    print("\nfeature, this week    js to training  js to last week  psi to last week")
    for name in FEATURES:
        far = js(training[name], current[name]), js(last[name], current[name])
        print(f"{name:20} {far[0]:15.2f} {far[1]:16.2f} {psi(last[name], current[name]):17.2f}")


if __name__ == "__main__":
    main()
