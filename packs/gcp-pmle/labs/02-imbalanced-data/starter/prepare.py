"""From one table to a part to train on and a part to test on."""

import pandas as pd
from imblearn.over_sampling import SMOTE
from payments import FEATURES
from sklearn.model_selection import train_test_split


def prepare(table, seed=1):
    """(train, test): two tables with the columns of the given one, a quarter to test on."""
    balanced, labels = SMOTE(sampling_strategy=0.05, random_state=seed).fit_resample(
        table[FEATURES], table.fraud
    )
    balanced["fraud"] = labels
    balanced["id"] = pd.concat([table.id, table.id.sample(len(balanced) - len(table), replace=True,
                                                          random_state=seed)]).to_numpy()
    return train_test_split(balanced, test_size=0.25, random_state=seed)
