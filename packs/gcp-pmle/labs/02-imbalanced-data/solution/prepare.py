"""From one table to a part to train on and a part to test on."""

from sklearn.model_selection import train_test_split


def prepare(table, seed=1):
    """(train, test): two tables with the columns of the given one, a quarter to test on.

    The split comes first and keeps the real ratio on both sides.
    """
    return train_test_split(table, test_size=0.25, stratify=table.fraud, random_state=seed)
