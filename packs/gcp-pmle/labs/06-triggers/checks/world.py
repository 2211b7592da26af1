"""Storage, events and function instances, as the checks use them: edits to cloud.py change nothing.

The functions run in copies of the candidate's folder that have the checks' own pipeline.py. One
world serves all checks of a process; it is emptied before each, and ends with the process.
"""

import atexit
import base64
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import emulation
import requests
import service
from cloudevents.http import CloudEvent, to_binary
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage
from roadworthy_lab import NotYet

HERE = os.path.dirname(os.path.abspath(__file__))
DATA, STATE = "water-days", "water-state"
OBJECT, TOPIC = "google.cloud.storage.object.v1.", "google.cloud.pubsub.topic.v1.messagePublished"
START, ANSWER = 90, 30
"""Seconds that an instance may take to start, and a function to answer."""

_worlds = []


def world(work):
    """The world of this process, empty."""
    if not _worlds:
        _worlds.append(World(work))
        atexit.register(_worlds[0].close)
    _worlds[0].empty()
    return _worlds[0]


class World:
    """A storage with two buckets, two instances of the functions, and the runs they started."""

    def __init__(self, work):
        self.base = os.path.realpath(tempfile.mkdtemp(prefix="roadworthy-triggers-"))
        self.runs_folder = service.FOLDER = os.path.join(self.base, "runs")
        self.folder = os.path.join(self.base, "functions")
        leave = shutil.ignore_patterns(".*", "__pycache__")
        shutil.copytree(work.folder, self.folder, ignore=leave)
        shutil.copy(os.path.join(HERE, "service.py"), os.path.join(self.folder, "pipeline.py"))
        self.seed = work.hidden_seed
        self.names = set()
        self.instances = {}
        self.shown = {}
        self.server, host = emulation.begin()
        self.client = storage.Client(
            project="water",
            credentials=AnonymousCredentials(),
            client_options={"api_endpoint": host},
        )
        self.environment = {
            **os.environ,
            "STORAGE_EMULATOR_HOST": host,
            "GOOGLE_CLOUD_PROJECT": "water",
            "RUNS": self.runs_folder,
            "DATA_BUCKET": DATA,
            "STATE_BUCKET": STATE,
        }

    def empty(self):
        """No objects, no runs, no trouble; draws begin anew."""
        self.draw = random.Random(self.seed + len(self.names))
        self.server.wipe()
        self.data = self.client.create_bucket(DATA)
        self.client.create_bucket(STATE)
        shutil.rmtree(self.runs_folder, ignore_errors=True)
        os.makedirs(self.runs_folder)

    def close(self):
        """End everything that was begun."""
        for process, _, _ in self.instances.values():
            process.kill()
            process.wait()
        self.server.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    # --- What happens

    def name(self):
        """The name of a day's archive that no check of this process has used."""
        while True:
            month, day = self.draw.randint(1, 12), self.draw.randint(1, 28)
            name = f"days/{self.draw.randint(2019, 2031)}-{month:02}-{day:02}.csv"
            if name not in self.names:
                self.names.add(name)
                return name

    def word(self, size=16):
        """Some hexadecimal digits."""
        return f"{self.draw.getrandbits(4 * size):0{size}x}"

    def upload(self, name, text=None):
        """A new object with the text, or with readings that nothing else has."""
        blob = self.data.blob(name)
        text = text or f"meter,liters\n{self.word()},{self.word()}\n"
        blob.upload_from_string(text, "text/csv")
        blob.reload()
        return blob

    def rename(self, blob, name):
        """The object under its new name, by a copy and a delete, and the event of the delete."""
        new = self.data.blob(name)
        new.rewrite(blob)
        new.reload()
        gone = self.event("deleted", blob)
        blob.delete()
        return new, gone

    def event(self, kind, blob):
        """What the storage says of an object, with an id of its own."""
        about = dict(blob._properties) | {"metageneration": "1"}
        source = f"//storage.googleapis.com/projects/_/buckets/{blob.bucket.name}"
        attributes = {"type": OBJECT + kind, "source": source, "subject": f"objects/{blob.name}"}
        return CloudEvent(attributes | {"id": self.word(32)}, about)

    def message(self, payload):
        """A message of a topic, in an event, with an id of its own."""
        text = base64.b64encode(json.dumps(payload).encode()).decode()
        one = {"data": text, "messageId": str(self.draw.randint(10**15, 10**16))}
        source = "//pubsub.googleapis.com/projects/water/topics/triggers"
        attributes = {"type": TOPIC, "source": source, "id": one["messageId"]}
        return CloudEvent(attributes, {"message": one, "subscription": "triggers"})

    def tick(self, scheduled):
        """A request of the cron job, as headers and body."""
        return {"X-CloudScheduler-ScheduleTime": scheduled, "User-Agent": "cron"}, b""

    # --- Deliveries

    def send(self, function, event, instance="a", deliveries=6):
        """Deliver until the function answers 2xx, as topics do. Raises NotYet if it never does."""
        for _ in range(deliveries):
            if self.deliver(function, event, instance):
                return
        raise NotYet(
            f"{function} refused the same event {deliveries} times, the last time with: "
            f"{self._last_line(instance)}. An event that is not acknowledged comes again and again."
        )

    def deliver(self, function, event, instance="a"):
        """Deliver once; whether the function answered 2xx."""
        port = self._port(instance)
        headers, body = event if isinstance(event, tuple) else to_binary(event)
        url = f"http://127.0.0.1:{port}/{function}/"
        try:
            return requests.post(url, body, headers=headers, timeout=ANSWER).ok
        except requests.ConnectionError:
            return False
        except requests.Timeout:
            raise NotYet(f"{function} gave no answer within {ANSWER} s.") from None
        finally:
            self._show(instance)

    def deliver_at_once(self, function, event):
        """Deliver to both instances at the same moment, then until each has answered 2xx."""
        for one in "ab":
            self._port(one)
        here = [threading.Thread(target=self.deliver, args=(function, event, one)) for one in "ab"]
        for one in here:
            one.start()
        for one in here:
            one.join()
        self.trouble("")
        for one in "ab":
            self.send(function, event, one)

    def _port(self, name):
        known = self.instances.get(name)
        if known is not None and known[0].poll() is None:
            return known[1]
        log = os.path.join(self.base, f"{name}.log")
        command = [sys.executable, os.path.join(HERE, "instance.py"), self.folder]
        with open(log, "a", encoding="utf-8") as told:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told,
                env=self.environment,
            )
        stop = threading.Timer(START, process.kill)
        stop.start()
        line = process.stdout.readline()
        stop.cancel()
        self.instances[name] = (process, int(line or 0), log)
        if not line:
            process.wait()
            self._show(name)
            raise NotYet(f"The functions did not start: {self._last_line(name)}.")
        return int(line)

    def _show(self, name):
        """Show the reader what an instance has printed since the last time."""
        log = self.instances[name][2]
        with open(log, encoding="utf-8", errors="replace") as file:
            text = file.read()
        new, self.shown[log] = text[self.shown.get(log, 0) :], len(text)
        sys.stderr.write(new)

    def _last_line(self, name):
        """The last line of an instance's log; of a traceback, with the candidate's last line."""
        with open(self.instances[name][2], encoding="utf-8", errors="replace") as file:
            text = file.read().strip()
        last = (text.splitlines() or ["it said nothing"])[-1].rstrip(".")
        where = re.findall(rf'File "{re.escape(self.folder)}/([^"]+)", line (\d+)', text)
        named = last.endswith(")") or not where
        return last + ("" if named else f" ({where[-1][0]}, line {where[-1][1]})")

    # --- Results

    def trouble(self, kind):
        """Bad moments of the pipeline service: see service.py."""
        service.trouble(kind)

    def runs(self):
        """All runs, with their parameters."""
        return service.runs()

    def runs_of(self, blob, generation=None):
        """The runs that train on an object by this name, or on this generation of it alone."""
        wanted = f"gs://{blob.bucket.name}/{blob.name}"
        return [
            run
            for run in self.runs()
            if run["parameters"].get("input") == wanted
            and (generation is None or str(run["parameters"].get("generation")) == str(generation))
        ]
