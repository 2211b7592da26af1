"""What else the hospitals keep, generated: a trial and weeks of requests. Nothing to mend here."""

import numpy as np
import pandas as pd
from patients import SHARES, WARDS, patients

USUAL = {"heart": 0.25, "lung": 0.21, "hip": 0.09, "day": 0.06}
NEW = {"heart": 0.85, "lung": 0.80, "hip": 0.30, "day": 0.15}


def trial(rows=24_000, seed=7):
    """One row a patient: `ward`, `version` old or new, `called`, `readmitted`, both 0 or 1.

    The new version went live ward by ward, so a ward's share of it is in NEW.
    """
    draw = np.random.default_rng(seed)
    ward = pd.Series(draw.choice(WARDS, rows, p=SHARES))
    new = draw.random(rows) < ward.map(NEW)
    called = draw.random(rows) < np.where(new, 0.7, 0.3)
    risk = ward.map(USUAL) * np.where(called, 0.6, 1.2)
    return pd.DataFrame(
        {
            "ward": ward,
            "version": np.where(new, "new", "old"),
            "called": called.astype(int),
            "readmitted": (draw.random(rows) < risk).astype(int),
        }
    )


def week(seed, app=False, archive=False):
    """The requests of one week. The laboratory's new device has read higher since the launch.

    `app`: patients use the new portal; `archive`: records of a second house were merged.
    """
    table = patients(per_day=300, days=7, seed=seed)
    draw = np.random.default_rng(seed)
    table["kidney"] *= 1.6
    table["logins"] += 7 * app
    table["stays"] += draw.binomial(2, 0.2 * archive, len(table))
    return table
