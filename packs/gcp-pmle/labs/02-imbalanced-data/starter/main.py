"""The whole way once: prepare, train, choose, and the figures that went to the board."""

import json

from choose import cutoff
from payments import inputs, payments
from prepare import prepare
from sklearn.metrics import accuracy_score, precision_score, recall_score
from train import train

COST_MISSED, COST_ALARM = 180.0, 2.0


def main():
    """Print the figures and keep them in report.json."""
    train_part, test_part = prepare(payments())
    model = train(train_part)
    probability = model.predict_proba(inputs(test_part))[:, 1]
    limit = cutoff(test_part.fraud, probability, COST_MISSED, COST_ALARM)
    stopped = probability >= limit
    report = {
        "share of fraud in the test part": round(float(test_part.fraud.mean()), 4),
        "mean probability": round(float(probability.mean()), 4),
        "cutoff": round(float(limit), 4),
        "accuracy": round(accuracy_score(test_part.fraud, stopped), 4),
        "recall": round(recall_score(test_part.fraud, stopped), 4),
        "precision": round(precision_score(test_part.fraud, stopped, zero_division=0), 4),
    }
    with open("report.json", "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
    for name, value in report.items():
        print(f"{name:32} {value}")


if __name__ == "__main__":
    main()
