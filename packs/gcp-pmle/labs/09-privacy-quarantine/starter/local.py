"""Stands for Google Cloud on this machine: storage in memory, and a trigger. Nothing to mend."""

import itertools
import logging
import os
import socketserver
import threading
from functools import partial
from http.server import HTTPServer
from pathlib import Path

import functions_framework
from gcp_storage_emulator.server import RequestHandler
from gcp_storage_emulator.storage import Storage

logging.getLogger("gcp_storage_emulator").setLevel(logging.CRITICAL)
HERE = Path(__file__).parent
COUNT = itertools.count(1)


class _Storage(HTTPServer):
    """A server on a free port that asks no name server for its own name."""

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]


def start():
    """Start the storage emulator, empty, on a free port of this machine."""
    server = _Storage(("127.0.0.1", 0), partial(RequestHandler, Storage(use_memory_fs=True)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["STORAGE_EMULATOR_HOST"] = f"http://127.0.0.1:{server.server_port}"


def service():
    """The service of receive.py, as the functions framework runs it."""
    return functions_framework.create_app("on_upload", str(HERE / "receive.py")).test_client()


def send(app, bucket, name):
    """Deliver the event of a new object; True unless the service failed."""
    headers = {
        "ce-id": str(next(COUNT)),
        "ce-source": f"//storage.googleapis.com/projects/_/buckets/{bucket}",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.storage.object.v1.finalized",
        "ce-subject": f"objects/{name}",
    }
    answer = app.post("/", json={"bucket": bucket, "name": name}, headers=headers)
    return answer.status_code < 300
