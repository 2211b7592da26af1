"""Runs the candidate's receive.py as the functions framework does; started by the checks.

    python worker.py FOLDER [--deploy] NAME...

It writes one JSON line a step: what was asked, and the status code (0 for a deployment that
raised). It is killed from outside, so nothing here knows when.
"""

import importlib
import json
import logging
import sys
import traceback


def main():
    """Deploy if asked, then deliver the event of each object once."""
    folder, *asked = sys.argv[1:]
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    import functions_framework

    app = functions_framework.create_app("on_upload", f"{folder}/receive.py")
    logging.disable(logging.CRITICAL)
    service = app.test_client()
    say = sys.stdout.write
    if "--deploy" in asked:
        asked.remove("--deploy")
        try:
            importlib.import_module("receive").on_deploy()
            status, error = 200, ""
        except Exception as raised:
            traceback.print_exc()
            status, error = 0, f"{type(raised).__name__}: {raised}"
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
        answer = service.post("/", json=data, headers=headers)
        say("@" + json.dumps({"asked": name, "status": answer.status_code, "error": ""}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
