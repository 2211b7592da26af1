"""One instance of the functions under functions-framework, on a free port. Nothing to mend here.

python instance.py FOLDER: says its port in one line and ends when its standard input ends.
"""

import logging
import os
import sys
import threading

FUNCTIONS = ("on_object", "on_tick", "on_incident", "on_push")


def main(folder):
    """Serve the functions of main.py in the folder, each at its own path."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what functions print belongs into the log
    os.chdir(folder)
    sys.path.insert(0, folder)
    from functions_framework import create_app
    from werkzeug.middleware.dispatcher import DispatcherMiddleware
    from werkzeug.serving import make_server

    apps = {f"/{name}": create_app(name, os.path.join(folder, "main.py")) for name in FUNCTIONS}
    nothing = apps["/on_object"]
    server = make_server("127.0.0.1", 0, DispatcherMiddleware(nothing, apps), threaded=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(server.server_port, file=told, flush=True)
    server.serve_forever()


def _end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
