"""Storage, events and function instances on this machine. Nothing to mend here.

The storage emulator sends no events, so `Cloud.event` describes what the storage would have sent,
and `Cloud.send` delivers it, again and again, until a function answers that it is done.
"""

import base64
import json
import os
import subprocess
import sys
import uuid

import emulator
import requests
from cloudevents.http import CloudEvent, to_binary
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

HERE = os.path.dirname(os.path.abspath(__file__))
DATA, STATE = "water-days", "water-state"
OBJECT, TOPIC = "google.cloud.storage.object.v1.", "google.cloud.pubsub.topic.v1.messagePublished"


class Cloud:
    """A storage with two buckets, and instances of the functions of a folder."""

    def __init__(self, folder, runs):
        self.folder = folder
        self.server, host = emulator.begin()
        self.client = storage.Client(
            project="water",
            credentials=AnonymousCredentials(),
            client_options={"api_endpoint": host},
        )
        self.data = self.client.create_bucket(DATA)
        self.client.create_bucket(STATE)
        told = {"STORAGE_EMULATOR_HOST": host, "GOOGLE_CLOUD_PROJECT": "water", "RUNS": runs}
        self.environment = os.environ | told | {"DATA_BUCKET": DATA, "STATE_BUCKET": STATE}
        self.instance = None

    def upload(self, name, text):
        """The new object."""
        blob = self.data.blob(name)
        blob.upload_from_string(text, content_type="text/csv")
        blob.reload()
        return blob

    def event(self, kind, blob):
        """What the storage says of an object: kind is finalized, deleted or metadataUpdated."""
        source = f"//storage.googleapis.com/projects/_/buckets/{blob.bucket.name}"
        attributes = {"type": OBJECT + kind, "source": source, "subject": f"objects/{blob.name}"}
        return CloudEvent(attributes, dict(blob._properties))  # its id is random

    def message(self, payload):
        """A message of a topic, in an event."""
        text = base64.b64encode(json.dumps(payload).encode()).decode()
        message = {"message": {"data": text, "messageId": uuid.uuid4().hex}}
        return CloudEvent({"type": TOPIC, "source": "//pubsub.googleapis.com/water"}, message)

    def send(self, function, event, deliveries=6):
        """Deliver an event, or headers and a body; how many deliveries it took, or None."""
        for number in range(1, deliveries + 1):
            if self.instance is None or self.instance.poll() is not None:
                self.instance, self.port = self._begin()
            headers, body = event if isinstance(event, tuple) else to_binary(event)
            try:
                url = f"http://127.0.0.1:{self.port}/{function}/"
                if requests.post(url, body, headers=headers, timeout=60).ok:
                    return number
            except requests.ConnectionError:
                continue
        return None

    def _begin(self):
        command = [sys.executable, os.path.join(HERE, "instance.py"), self.folder]
        pipe = subprocess.PIPE
        made = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=self.environment)
        port = made.stdout.readline()
        if not port:
            raise SystemExit("The functions did not start; the reason is printed above.")
        return made, int(port)

    def close(self):
        """End everything that was begun."""
        if self.instance is not None:
            self.instance.kill()
            self.instance.wait()
        self.server.stop()
