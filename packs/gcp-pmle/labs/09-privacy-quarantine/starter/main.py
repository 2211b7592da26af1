"""One day of it all: letters through quarantine, claims to share, a model with an account."""

import cloud
import local
import numpy as np
import receive
from groups import publish
from private import train
from sample import claims, inputs, letters
from tokens import mask_card, token

KEY = b"in production this comes from the key service"


def quarantine():
    """Two clinics upload at night, then the trigger is made, then two more upload."""
    local.start()
    buckets = (cloud.QUARANTINE, cloud.SENSITIVE, cloud.TRAINING)
    for name in buckets:
        cloud.bucket(name).create()
    upload("night/aspen", letters(30, 1))
    upload("night/birch", letters(30, 2, [(0, "message", "write to ada@example.com")]))
    app = local.service()
    receive.on_deploy()
    upload("day/cedar", letters(30, 3), app)
    upload("day/daisy", letters(30, 4, [(22, "notes", "card 4012 8888 8888 1881")]), app)
    for name in buckets:
        print(f"{name:20} {', '.join(cloud.names(name)) or 'empty'}")


def upload(name, text, app=None):
    """A clinic's upload; `app`: the service that a trigger calls, once there is one."""
    cloud.bucket(cloud.QUARANTINE).blob(name).upload_from_string(text)
    if app:
        local.send(app, cloud.QUARANTINE, name)


def share():
    """The claims as they are shared, and how many people one can find in them."""
    table = claims()
    shared = publish(table, 5)
    shared["member"] = [token(one, KEY) for one in shared.member]
    shared["card"] = [mask_card(one) for one in shared.card]
    guessed = {token(one, b"a guess") for one in table.member}
    print(f"rows shared          {len(shared)} of {len(table)}")
    print(f"found by token       {shared.member.isin(guessed).sum()}")
    print(f"alone in their group {(shared.groupby(['zip', 'born', 'sex']).size() == 1).sum()}")


def model():
    """The model that predicts appeals, and what it spends."""
    table = claims()
    weights, spent = train(inputs(table), table.appealed.to_numpy(), 1.0, 1.2, 0.05, 200, 1)
    print(f"weights              {np.round(weights, 2).tolist()}, epsilon {spent:.2f}")


if __name__ == "__main__":
    quarantine()
    share()
    model()
