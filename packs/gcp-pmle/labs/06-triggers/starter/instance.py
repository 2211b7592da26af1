"""One instance of the functions under functions-framework, on a free port. Nothing to mend here.

python instance.py FOLDER: says its port in one line and ends when its standard input ends.
"""

import logging
import os
import sys
import threading
import traceback

FUNCTIONS = ("on_object", "on_tick", "on_incident", "on_push")


def main(folder):
    """Serve the functions of main.py in the folder, each at its own path."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what functions print belongs in the log
    os.chdir(folder)
    sys.path.insert(0, folder)
    from flask import got_request_exception
    from functions_framework import create_app
    from werkzeug.middleware.dispatcher import DispatcherMiddleware
    from werkzeug.serving import make_server

    apps = {f"/{name}": create_app(name, os.path.join(folder, "main.py")) for name in FUNCTIONS}
    for app in apps.values():
        app.logger.disabled = True  # a line for each exception is enough
    got_request_exception.connect(_say)
    nothing = apps["/on_object"]
    server = make_server("127.0.0.1", 0, DispatcherMiddleware(nothing, apps), threaded=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(server.server_port, file=told, flush=True)
    server.serve_forever()


def _say(_, exception):
    """Log the exception of a function, and the last line of the functions' own code behind it."""
    mine = [
        f" ({os.path.basename(frame.filename)}, line {frame.lineno})"
        for frame in traceback.extract_tb(exception.__traceback__)
        if os.path.dirname(os.path.realpath(frame.filename)) == os.getcwd()
        and not frame.filename.endswith("pipeline.py")
    ]
    last = traceback.format_exception_only(exception)[-1].strip()
    print(f"{last}{mine[-1] if mine else ''}", file=sys.stderr, flush=True)


def _end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
