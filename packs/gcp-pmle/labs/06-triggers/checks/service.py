"""The pipeline service in small: it keeps each run as a file. Nothing to mend here.

The id of a run is unique: the service refuses a second run of the same id. And it has its bad
moments, which `trouble` arranges for play.py. The checks bring a copy of this file.
"""

import json
import os
import re
import time
import uuid

FOLDER = os.environ.get("RUNS", "runs")
ID = re.compile(r"[a-z][-a-z0-9]{0,127}")


class AlreadyExists(Exception):
    """There is a run with this id; nothing was started."""


class Unavailable(Exception):
    """No answer came. Whether a run was started is not known."""


def submit(run_id, cause, parameters):
    """Start one training run. Raises AlreadyExists or Unavailable; ValueError for a bad id.

    `run_id`: a small letter, then small letters, digits and hyphens, 128 at most. `cause`: a word
    for the bill. `parameters`: what the run trains on, a dictionary of strings.
    """
    if not ID.fullmatch(run_id):
        raise ValueError(f"not an id of a run: {run_id!r}")
    kind = _next_trouble()
    if kind == "refuse":
        raise Unavailable("the pipeline service is down")
    if kind == "meet":
        _wait_for_another()
    run = {"id": run_id, "cause": cause, "parameters": parameters}
    text = json.dumps(run)
    try:
        with open(os.path.join(FOLDER, f"{run_id}.json"), "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise AlreadyExists(run_id) from None
    if kind == "die":
        os._exit(9)  # the machine under the function goes away, right after the run has started
    if kind == "lose":
        raise Unavailable("the connection broke before the answer came")


def runs():
    """All runs, as dictionaries, in the order of their ids."""
    found = []
    for name in sorted(os.listdir(FOLDER)):
        if name.endswith(".json"):
            with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
                found.append(json.load(file))
    return found


def trouble(kind):
    """From now on 'refuse' all; let two requests 'meet' and go on together; '' for none.

    'lose' only the next answer; let the machine 'die' only after the next run.
    """
    with open(os.path.join(FOLDER, "trouble"), "w", encoding="utf-8") as file:
        file.write(kind)


def _next_trouble():
    try:
        with open(os.path.join(FOLDER, "trouble"), encoding="utf-8") as file:
            kind = file.read()
    except FileNotFoundError:
        return ""
    if kind in ("lose", "die"):
        trouble("")
    return kind


def _wait_for_another(seconds=4.0):
    """Wait until a second request is here as well, or the time is over."""
    with open(os.path.join(FOLDER, f"{uuid.uuid4().hex}.waits"), "x", encoding="utf-8"):
        end = time.monotonic() + seconds
    while time.monotonic() < end:
        if sum(name.endswith(".waits") for name in os.listdir(FOLDER)) > 1:
            return
        time.sleep(0.01)
