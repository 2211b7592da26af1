"""How all triggers start a training run: unless there is one with the same parameters."""

import time
import uuid

import pipeline


def start(cause, key, parameters):
    """Start a run unless the list of runs has one like it."""
    for attempt in range(3):
        if any(run["parameters"] == parameters for run in pipeline.runs()):
            return
        try:
            return pipeline.submit(f"{cause}-{uuid.uuid4().hex[:12]}", cause, parameters)
        except pipeline.Unavailable:
            if attempt == 2:
                raise
            time.sleep(0.02)
