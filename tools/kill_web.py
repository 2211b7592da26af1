"""Kill the running program while items are being answered, and count what was lost.

A client answers items over HTTP as a browser would, by plain forms. A killer sends SIGKILL at a
random moment; the program is started again on the same home folder. At the end every answer that
was acknowledged (the redirect after the POST) must be in the journal, and none twice.

    .venv/bin/python tools/kill_web.py --kills 30 [--seed 1] [--json]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

NOON = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


@dataclass
class Program:
    """The program over one home folder, with a clock file that moves on at each answer."""

    home: Path
    clock: Path
    port: int
    now: datetime = NOON
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; seconds until it answered."""
        self.tick(0)
        began = time.perf_counter()
        command = [sys.executable, "-m", "roadworthy", "serve", "--no-browser"]
        command += ["--port", str(self.port), "--home", str(self.home), "--clock", str(self.clock)]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "ROADWORTHY_TEST": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while time.perf_counter() - began < 20:
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                link.request("GET", "/alive")
                if link.getresponse().status == 200:
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the program does not answer")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def tick(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        partial = self.clock.with_suffix(".partial")
        partial.write_text(self.now.isoformat())
        partial.rename(self.clock)


@dataclass
class Client:
    """A browser without script: cookies, tokens, redirects."""

    program: Program
    cookie: str = ""
    acknowledged: list[str] = field(default_factory=list)
    token: str = ""

    def get(self, path: str) -> tuple[str, str]:
        """(final path, text) after redirects. Raises OSError or HTTPException when it is dead."""
        for _ in range(8):
            link = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=8)
            link.request("GET", path, headers={"Cookie": self.cookie})
            answer = link.getresponse()
            text = answer.read().decode()
            self._keep(answer)
            if answer.status in (303, 307):
                path = answer.getheader("Location", "/")
                continue
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}: {text[:300]}")
            found = re.search(r'name="token" value="([^"]+)"', text)
            self.token = found.group(1) if found else self.token
            return path, text
        raise RuntimeError("too many redirects")

    def post(self, path: str, **fields: str) -> str:
        """The place that the program sends us to; '' for any other answer."""
        link = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=8)
        body = urllib.parse.urlencode({"token": self.token, **fields})
        link.request(
            "POST",
            path,
            body,
            {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = link.getresponse()
        answer.read()
        self._keep(answer)
        return answer.getheader("Location", "") if answer.status == 303 else ""

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]

    def one_step(self, chance: random.Random) -> None:
        """Answer the item, read the lesson, or begin the next session."""
        path, text = self.get("/session/current") if self.acknowledged else self.get("/")
        if path == "/":
            self.post("/start")
            return
        self.program.tick(20)
        if path.endswith("/coach"):
            self.post(path, do="skip")
        elif path.startswith("/item/") and "/answer" in text:
            presentation = path.split("/")[2]
            count = text.count('name="chosen"')
            place = self.post(
                f"{path}/answer",
                chosen=str(chance.randrange(count)),
                confidence="2",
                milliseconds="20000",
            )
            if place:
                self.acknowledged.append(presentation)
        elif path.startswith("/item/"):
            session = re.search(r'action="(/session/[^"]+/next)"', text)
            self.post(session.group(1) if session else "/session")
        elif "/read/" in path:
            self.post(path, milliseconds="20000")
        else:
            self.post("/session", purpose="evening", minutes="120")


def run(kills: int, seed: int) -> dict[str, object]:
    """Kill and restart ``kills`` times; the counts."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        program = Program(home, Path(folder) / "clock", port)
        client = Client(program)
        starts = [program.start()]
        for _ in range(kills):
            timer = threading.Timer(chance.uniform(0.03, 0.9), program.kill)
            timer.start()
            while timer.is_alive():
                try:
                    client.one_step(chance)
                except (OSError, http.client.HTTPException):
                    break
            timer.join()
            starts.append(program.start())
        program.kill()
        return {"kills": kills, "slowest_restart_s": round(max(starts), 2), **judge(home, client)}


def judge(home: Path, client: Client) -> dict[str, object]:
    """What the journal holds of what was acknowledged."""
    with sqlite3.connect(home / "journal.sqlite3") as journal:
        intact = journal.execute("pragma integrity_check").fetchone()[0]
        rows = journal.execute("select payload from events where kind = 'responded'").fetchall()
    kept = [json.loads(row[0])["presentation"] for row in rows]
    return {
        "acknowledged": len(client.acknowledged),
        "kept": len(kept),
        "lost": len(set(client.acknowledged) - set(kept)),
        "twice": len(kept) - len(set(kept)),
        "integrity": intact,
    }


def main() -> int:
    """Run, print, and exit 1 if anything was lost or kept twice."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    result = run(args.kills, args.seed)
    print(json.dumps(result))
    good = not result["lost"] and not result["twice"] and result["integrity"] == "ok"
    return 0 if good and int(str(result["acknowledged"])) >= args.kills else 1


if __name__ == "__main__":
    sys.exit(main())
