"""Runs the candidate's receive.py as the functions framework does; started by the checks.

    python worker.py FOLDER [--deploy] NAME...

It writes one JSON line a step: what was asked, the status code (0 for a deployment that raised)
and the exception behind a failure. It is killed from outside, so nothing here knows when.
"""

import importlib
import json
import logging
import os
import re
import sys
import traceback


def main():
    """Deploy if asked, then deliver the event of each object once."""
    folder, *asked = sys.argv[1:]
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    import functions_framework
    from flask import got_request_exception

    app = functions_framework.create_app("on_upload", f"{folder}/receive.py")
    logging.disable(logging.CRITICAL)
    raised = []
    got_request_exception.connect(lambda _, exception: raised.append(exception), weak=False)
    service = app.test_client()
    say = sys.stdout.write
    if "--deploy" in asked:
        asked.remove("--deploy")
        try:
            importlib.import_module("receive").on_deploy()
            status, error = 200, ""
        except Exception as exception:
            status, error = 0, _named(exception, folder)
        say("@" + json.dumps({"asked": "on_deploy", "status": status, "error": error}) + "\n")
    for number, name in enumerate(asked):
        headers = {
            "ce-id": f"event-{number}",
            "ce-source": "//storage.googleapis.com/projects/_/buckets/letters-quarantine",
            "ce-specversion": "1.0",
            "ce-type": "google.cloud.storage.object.v1.finalized",
            "ce-subject": f"objects/{name}",
        }
        data = {"bucket": "letters-quarantine", "name": name}
        raised.clear()
        status = service.post("/", json=data, headers=headers).status_code
        error = _named(raised[-1], folder) if raised else ""
        say("@" + json.dumps({"asked": name, "status": status, "error": error}) + "\n")
        sys.stdout.flush()


def _named(exception, folder):
    """The kind of an exception, what it says in short, and the last of the candidate's lines."""
    said = re.split(r"\s*http\S*|\n", str(exception))[0][:90].strip()
    lines = [
        f" ({os.path.basename(frame.filename)}, line {frame.lineno})"
        for frame in traceback.extract_tb(exception.__traceback__)
        if os.path.dirname(os.path.realpath(frame.filename)) == os.path.realpath(folder)
    ]
    colon = ": " if said else ""
    return f"{type(exception).__name__}{colon}{said}{lines[-1] if lines else ''}"


if __name__ == "__main__":
    main()
