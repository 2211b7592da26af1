"""The storage emulator as the checks use it: it sees all, and may kill whoever calls it."""

import http.client
import io
import json
import logging
import os
import socketserver
import subprocess
import sys
import threading
from functools import partial
from http.server import HTTPServer
from pathlib import Path
from urllib.parse import quote

from gcp_storage_emulator.server import RequestHandler
from gcp_storage_emulator.storage import Storage
from roadworthy_lab import NotYet

logging.getLogger("gcp_storage_emulator").setLevel(logging.CRITICAL)
QUARANTINE, SENSITIVE, TRAINING = "letters-quarantine", "letters-sensitive", "letters-training"
BUCKETS = (QUARANTINE, SENSITIVE, TRAINING)


class _Handler(RequestHandler):
    """Answers only after the request is done and seen; a caller that is killed gets no answer."""

    def _do(self, method):
        real, self.wfile = self.wfile, io.BytesIO()
        try:
            getattr(super(), f"do_{method}")()
        finally:
            answer, self.wfile = self.wfile.getvalue(), real
        if method == "GET" or self.server.world.changed():
            self.wfile.write(answer)

    def do_GET(self):
        self._do("GET")

    def do_POST(self):
        self._do("POST")

    def do_PUT(self):
        self._do("PUT")

    def do_PATCH(self):
        self._do("PATCH")

    def do_DELETE(self):
        self._do("DELETE")


class _Server(HTTPServer):
    """On a free port, without asking a name server for its own name."""

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request, client_address):
        """A caller that was killed is no error."""


class Cloud:
    """Three buckets, what ever lay in the training bucket, and workers on them."""

    def __init__(self, work):
        self.work = work
        self.ever_training = set()
        self.worker, self.changes, self.kill_after, self.killed = None, 0, None, False
        self.storage = Storage(use_memory_fs=True)
        for name in BUCKETS:
            self.storage.create_bucket(name, {"name": name, "id": name, "kind": "storage#bucket"})
        self.server = _Server(("127.0.0.1", 0), partial(_Handler, self.storage))
        self.server.world = self
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._kill()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def changed(self):
        """Called after each request that changes something: False if its caller was killed."""
        self.ever_training |= set(self.lying(TRAINING).values())
        self.changes += 1
        if self.changes == self.kill_after:
            self._kill()
            self.killed = True
        return not self.killed

    def _kill(self):
        if self.worker and self.worker.poll() is None:
            self.worker.kill()
            self.worker.wait()

    def put(self, name, text):
        """A clinic uploads."""
        self.kill_after, self.killed = None, False
        line = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        path = f"/upload/storage/v1/b/{QUARANTINE}/o?uploadType=media&name={quote(name, safe='')}"
        line.request("POST", path, text.encode(), {"Content-Type": "application/x-ndjson"})
        answer = line.getresponse()
        answer.read()
        line.close()
        assert answer.status == 200, answer.status

    def lying(self, bucket):
        """name -> text of what lies in a bucket."""
        return {
            name: self.storage.get_file(bucket, name).decode()
            for name in list(self.storage.objects.get(bucket, {}))
        }

    def run(self, *asked, kill_after=None, seconds=100):
        """Run the service: [(asked, status, error)]. With `kill_after`, it dies
        after that change, before it has the answer.

        Whether it was killed is in `killed` afterwards.
        """
        self.changes, self.kill_after, self.killed = 0, kill_after, False
        host = f"http://127.0.0.1:{self.server.server_port}"
        away = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
        keep = {name: value for name, value in os.environ.items() if name not in away}
        worker = str(Path(__file__).with_name("worker.py"))
        self.worker = subprocess.Popen(
            [sys.executable, worker, self.work.folder, *asked],
            cwd=self.work.folder,
            env={**keep, "STORAGE_EMULATOR_HOST": host, "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            said, _ = self.worker.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._kill()
            raise NotYet(f"The service did not end within {seconds} s.") from None
        told = [json.loads(line[1:]) for line in said.splitlines() if line.startswith("@{")]
        other = [line for line in said.splitlines() if not line.startswith("@{")]
        if other:
            sys.stderr.write("\n".join(other) + "\n")
        if self.worker.returncode and not self.killed:
            last = other[-1] if other else "it said nothing"
            raise NotYet(f"The service ended with code {self.worker.returncode}: {last}")
        return [(one["asked"], one["status"], one["error"]) for one in told]
