"""How all triggers start a training run."""

import hashlib
import time

import pipeline

ATTEMPTS = 3


def start(cause, key, parameters):
    """Start the run of this key, unless there is one. Raises Unavailable after some attempts.

    `cause`: what started it, for the bill. `key`: what the run is for, as a string: two events
    with the same key ask for the same run, whatever brought them. `parameters`: what it trains on.
    """
    # The service refuses a second run of one id. So the id must say what the run is for, and
    # nothing about the attempt, the delivery or the trigger that asks for it.
    run_id = "run-" + hashlib.sha256(key.encode()).hexdigest()[:40]
    for attempt in range(ATTEMPTS):
        try:
            pipeline.submit(run_id, cause, parameters)
            print(f"started {run_id} for {key}")
            return
        except pipeline.AlreadyExists:
            print(f"{run_id} for {key} is there")
            return
        except pipeline.Unavailable:
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.02)
