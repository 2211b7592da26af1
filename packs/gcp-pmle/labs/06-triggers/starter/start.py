"""How all triggers start a training run."""

import time
import uuid

import pipeline

ATTEMPTS = 3


def start(cause, key, parameters):
    """Start a run, and try again where the service gives no answer. Raises Unavailable after that.

    `cause`: what started it, for the bill. `key`: what the run is for, as a string.
    `parameters`: what the run trains on.
    """
    for attempt in range(ATTEMPTS):
        run_id = f"{cause}-{uuid.uuid4().hex[:12]}"
        try:
            pipeline.submit(run_id, cause, parameters)
            print(f"started {run_id} for {key}")
            return
        except pipeline.Unavailable:
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.02)
