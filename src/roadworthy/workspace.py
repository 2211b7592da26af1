"""The one place that opens home folder, pack and journal, and hands them to a face."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from roadworthy.errors import BadInput, StoreTrouble
from roadworthy.items.generate import Generator
from roadworthy.items.identity import digest, generator_hash
from roadworthy.items.item import Item
from roadworthy.journal.backup import PACK_CHANGE, daily_backup, keep_copy
from roadworthy.journal.clock import JUMP_SECONDS, ClockWatch
from roadworthy.journal.clock_file import boot_name, keep_offset, kept_offset
from roadworthy.journal.event import study_day
from roadworthy.journal.snapshot import JOURNAL_FILE
from roadworthy.journal.sqlite import SqliteJournal, open_journal
from roadworthy.journal.trouble import translated
from roadworthy.labs.outcome import Outcome
from roadworthy.labs.record import KINDS as LAB_KINDS
from roadworthy.labs.record import LabRecord, checked_payload, records
from roadworthy.labs.room import LabRoom
from roadworthy.labs.running import Runs
from roadworthy.learner.readiness import Forecast
from roadworthy.pack.compile import open_pack
from roadworthy.pack.find import find_snapshot, named_pack, snapshot_pack
from roadworthy.pack.model import Pack
from roadworthy.pack.text import name_terms
from roadworthy.pack.tokens import fill
from roadworthy.study.course import Course
from roadworthy.study.form_taking import FormTaking
from roadworthy.study.other_plans import OtherPlans
from roadworthy.study.pack_versions import ABOUT_CONTENT, Change, change_to, newest_change
from roadworthy.study.plan import Plan
from roadworthy.study.standing import Standing

DEFAULT_PACK = "gcp-pmle"
SECRET_FILE = "secret"
CLOCK_FILE = "clock.json"
SECRET_BYTES = 32
_CONTENT_NOT_KEPT = "The content in use was not kept beside your journal."


class Workspace:
    """A candidate's home folder, opened: pack, generator, journal, course and clock."""

    def __init__(
        self,
        home: Path,
        pack: Pack,
        journal: SqliteJournal,
        clock: Callable[[], datetime],
        zone: str,
        folder: Path | None = None,
        boot: Callable[[], float] | None = None,
        boot_id: str | None = None,
        lab_cache: Path | None = None,
    ) -> None:
        self.home = home
        self.folder = folder
        self.pack = pack
        self.journal = journal
        self.zone = zone
        self.labs = LabRoom(folder, home, lab_cache or home / "cache" / "labs")
        self.generator = Generator(pack)
        self.lab_runs = Runs(time.monotonic)
        self.course = Course(pack, self.generator, journal, zone, self._lab_rules)
        self.standing = Standing(self.course, zone)
        self.others = OtherPlans(self.course, self.standing, zone)
        self.forms = FormTaking(self.course, self.standing, zone)
        self._clock = clock
        self._boot = boot or _boot_seconds
        self._boot_id = boot_name() if boot is None else boot_id
        kept = kept_offset(home / CLOCK_FILE, self._boot_id)
        self._watch = ClockWatch(clock(), self._boot(), kept)
        if kept is None:
            keep_offset(home / CLOCK_FILE, self._boot_id, self._watch.offset)
        self._watching = threading.Lock()
        self._last_backup: date | None = None
        self._earlier: Pack | None = None
        self.troubles: list[StoreTrouble] = []
        """What could not be kept at the start, for a face to tell; nothing else depends on it."""

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        clock: Callable[[], datetime],
        pack: str = DEFAULT_PACK,
        zone: str | None = None,
        boot: Callable[[], float] | None = None,
        boot_id: str | None = None,
        lab_cache: Path | None = None,
    ) -> Workspace:
        """Open a home folder, making what is missing, and keep the pack's content in it.

        ``lab_cache``: where environments of labs lie; below the home folder without it.
        A full disk at that moment is among ``troubles`` and stops nothing. Raises ``PackBroken``,
        ``StoreTrouble`` and its kinds, ``BadInput``.
        """
        folder = named_pack(pack)
        opened = open_pack(folder, home / "cache", generator_hash())
        journal = open_journal(home / JOURNAL_FILE, create_as=str(uuid.uuid4()))
        place = zone or local_zone()
        desk = cls(home, opened, journal, clock, place, folder, boot, boot_id, lab_cache)
        try:
            desk._keep_content(folder)
            desk._record_new_content()
        except BaseException:
            desk.close()
            raise
        return desk

    def _keep_content(self, folder: Path) -> None:
        """Snapshot the pack that the journal will name."""
        try:
            with translated(self.home / "packs", _CONTENT_NOT_KEPT, then="start again"):
                snapshot_pack(folder, self.home)
        except StoreTrouble as trouble:
            self.troubles.append(trouble)

    def _record_new_content(self) -> None:
        """Where the journal names other content, back it up and record the change."""
        change = change_to(self.pack.hash, self.course.events())
        if change is None:
            return
        kind, payload, key = change
        now = self._clock()
        try:
            keep_copy(self.journal.path, self.home / "backups", reason=PACK_CHANGE, now=now)
        except StoreTrouble as trouble:
            self.troubles.append(trouble)
        try:
            self.journal.append(kind, payload, key=key, now=now, zone=self.zone)
        except StoreTrouble as trouble:
            trouble.mend = "Free some space or close other programs, then start again."
            self.troubles.append(trouble)

    def now(self) -> datetime:
        """The time of the clock; a jump of it is journaled, so that open deadlines shift.

        A jump that another process has kept first is not kept again.
        """
        wall = self._clock()
        with self._watching:
            jump = self._watch.observe(wall, self._boot())
            kept = None if jump is None else kept_offset(self.home / CLOCK_FILE, self._boot_id)
            if kept is not None and abs(kept - self._watch.offset) <= JUMP_SECONDS:
                self._watch.adopt(kept)
            elif jump is not None:
                try:
                    self.journal.append(
                        "clock_jumped",
                        {"seconds": jump},
                        now=wall,
                        zone=self.zone,
                        key=f"clock:{uuid.uuid4()}",
                    )
                except StoreTrouble:
                    self._watch.give_back(jump)
                else:
                    keep_offset(self.home / CLOCK_FILE, self._boot_id, self._watch.offset)
        return wall

    def today(self, now: datetime) -> date:
        """The study day: the local date four hours ago."""
        return study_day(now, self.zone)

    def days_to_exam(self, now: datetime) -> int | None:
        """Days until the exam, negative after it; None without a date."""
        exam = self.course.state().settings.exam_date
        return None if exam is None else (exam - self.today(now)).days

    def back_up(self, now: datetime) -> None:
        """The daily backup, seven kept; at most once a study day in a process."""
        day = self.today(now)
        if self._last_backup != day:
            daily_backup(self.home / JOURNAL_FILE, self.home / "backups", now=now)
            self._last_backup = day

    def pack_change(self) -> Change | None:
        """The newest change to another version of the pack; None if there was none."""
        return newest_change(self.course.of_kinds(*ABOUT_CONTENT), self.zone)

    def earlier_pack(self, content_hash: str) -> Pack | None:
        """A version that the journal names, from the home folder; None where it is lost.

        None too where this program cannot read that version any more.
        """
        if self._earlier is None or self._earlier.hash != content_hash:
            self._earlier = None
            with suppress(BadInput, OSError):
                folder = find_snapshot(self.pack.head.id, content_hash, self.home)
                found = open_pack(folder, self.home / "cache", generator_hash())
                self._earlier = found if found.hash == content_hash else None
        return self._earlier

    def new_session_id(self) -> str:
        """A fresh id for a session."""
        return digest(str(uuid.uuid4()))

    def enrol(self, now: datetime) -> None:
        """Begin the course; a second call changes nothing."""
        self.course.enrol(str(uuid.uuid4()), now=now)

    def save_settings(self, values: Mapping[str, Any], now: datetime) -> None:
        """Keep what the candidate has set. Raises ``SettingsBroken``."""
        self.course.save_settings(values, key=f"settings:{uuid.uuid4()}", now=now)

    def record(self, kind: str, payload: Mapping[str, Any], now: datetime) -> None:
        """Keep an event that belongs to no session, such as a resource that was worked through."""
        self.journal.append(kind, payload, key=f"{kind}:{uuid.uuid4()}", now=now, zone=self.zone)

    def lab_records(self) -> dict[str, LabRecord]:
        """What the journal tells of each lab; labs without any event are not in it."""
        return records(self.course.of_kinds(*LAB_KINDS))

    def _lab_rules(self, name: str) -> Sequence[str]:
        lab = self.pack.labs.get(name)
        return () if lab is None else lab.rules

    def record_lab(self, lab: str, outcome: Outcome, now: datetime) -> None:
        """Keep how a lab's checks went. It moves no forecast."""
        self.record("lab_checked", checked_payload(lab, outcome), now)

    def record_hint(self, lab: str, check: str, degree: int, now: datetime) -> None:
        """Keep that a hint was opened."""
        self.record("hint_used", {"lab": lab, "check": check, "degree": degree}, now)

    def told(self) -> frozenset[str]:
        """Names of the settings that the candidate has set at least once."""
        return frozenset(
            name for event in self.course.of_kinds("settings") for name in event.payload["values"]
        )

    def readiness(self) -> Forecast:
        """The forecast of the exam if nothing is done until then; its ``p`` may be None yet."""
        return self.standing.readiness(self.now())

    def plan(self, minutes: int | None = None) -> Plan:
        """The plan from today on; ``minutes`` stand for what is left of today's."""
        return self.standing.plan(self.now(), minutes)

    def lesson_today(self) -> str | None:
        """The decision that the plan of today teaches first; None without one."""
        blocks = self.plan().today.blocks
        return next((block.target for block in blocks if block.kind == "learn"), None)

    def prepare(self) -> None:
        """Make now what the first pages and the first step of a session would make: it is kept."""
        for name in self.pack.decisions:
            self.generator.maker(name)
        if self.course.state().enrolled_at is not None:
            self.plan()

    def opening_path(self) -> str | None:
        """The path of the opening item that was begun and not left behind; None without one."""
        view = self.course.begun_view("opening")
        if view is None or view.finished:
            return None
        return f"/item/{view.last.presentation}" if view.last else "/session/opening"

    def fill(self, text: str, item: Item | None = None) -> str:
        """A text of the pack with its terms named and its slots filled, by the item's frame."""
        frames = self.pack.frames.frames
        frame = frames.get(item.frame) if item is not None else None
        slots = (frame or next(iter(frames.values()))).slots
        return name_terms(fill(text, slots), self.pack.terms)

    def diagram(self, name: str) -> str | None:
        """The SVG text of a drawing of the pack, as its author wrote it; None if there is none."""
        if self.folder is None:
            return None
        drawings = (self.folder / "topics" / "diagrams").glob("*.svg")
        known = {path.stem: path for path in drawings}
        return known[name].read_text(encoding="utf-8") if name in known else None

    def secret(self) -> bytes:
        """The key that signs form tokens, made once for a home folder, readable by its owner.

        A file cut short, as a full disk leaves it, is made anew. Raises ``StoreTrouble``.
        """
        path = self.home / SECRET_FILE
        with translated(path, "The file that signs the forms was not made."):
            path.touch(mode=0o600)
            if len(path.read_bytes()) < SECRET_BYTES:
                path.write_bytes(secrets.token_bytes(SECRET_BYTES))
            return path.read_bytes()

    def close(self) -> None:
        """Stop what goes on behind pages, and close the journal."""
        self.lab_runs.close()
        self.journal.close()


def local_zone() -> str:
    """The IANA name of this machine's time zone; 'UTC' where it does not say."""
    import tzlocal

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except Exception:
        return "UTC"


def _boot_seconds() -> float:
    """Seconds that pass even while the machine sleeps, where the platform counts them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()
