"""What came in from other programs: taken in with its provenance, listed, taken out again.

It is kept in the journal, so backup and merge carry it along. The learner passes over these
events: no forecast, plan or item follows from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from roadworthy.errors import BadInput, NotThere, Refused
from roadworthy.exchange.bounded import NOTHING, text_of
from roadworthy.exchange.foreign_files import incoming_of
from roadworthy.exchange.incoming import DUMP
from roadworthy.items.identity import digest
from roadworthy.journal.event import Event
from roadworthy.journal.store import Journal

KINDS: Final = ("imported", "import_undone")
LOSSES_KEPT: Final = 50
LONGEST_PROVENANCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in together and still stands."""

    batch: str
    at: datetime
    zone: str
    source: str
    provenance: str
    items: tuple[Mapping[str, Any], ...]
    responses: tuple[Mapping[str, Any], ...]
    lost: tuple[str, ...]
    lost_count: int


@dataclass(frozen=True, slots=True)
class Report:
    """What an import brought: new entries, those that were here already, and what was lost."""

    batch: str
    items: int
    responses: int
    known: int
    lost: tuple[str, ...]


def batches(events: Iterable[Event]) -> list[Batch]:
    """All that came in and was not taken out again, oldest first; each item and answer once."""
    told = list(events)
    undone = {e.payload["batch"] for e in told if e.kind == "import_undone"}
    seen: set[str] = set()
    found: list[Batch] = []
    for event in told:
        payload = event.payload
        if event.kind != "imported" or payload.get("batch", "") in undone:
            continue
        found.append(
            Batch(
                batch=payload.get("batch", ""),
                at=event.at,
                zone=event.zone,
                source=payload["source"],
                provenance=payload["provenance"],
                items=tuple(_new(payload.get("items", ()), seen)),
                responses=tuple(_new(payload.get("responses", ()), seen)),
                lost=tuple(payload.get("lost", ())),
                lost_count=payload.get("lost_count", 0),
            )
        )
    return found


def import_file(
    data: bytes, source: str, provenance: str, *, journal: Journal, now: datetime, zone: str
) -> Report:
    """Take in a file of items or answers and keep it in the journal, whole or not at all.

    The same file under the same provenance brings nothing twice. Raises ``BadInput`` for a file or
    provenance that cannot be used, ``Refused`` for exam dumps, and ``StoreTrouble``.
    """
    said = checked_provenance(provenance)
    name = "".join(filter(str.isprintable, source.replace("\\", "/").rpartition("/")[2]))[:200]
    name = name.strip() or "a file"
    taken = incoming_of(text_of(data, name), name, said, now)
    events = journal.read(kinds=KINDS)
    seen = {_name(one) for batch in batches(events) for one in (*batch.items, *batch.responses)}
    before = taken.count
    items, responses = list(_new(taken.items, seen)), list(_new(taken.responses, seen))
    known = before - len(items) - len(responses)
    if not items and not responses:
        return Report("", 0, 0, known, tuple(taken.lost))
    payload: dict[str, Any] = {
        "source": name,
        "provenance": said,
        "count": len(items) + len(responses),
        "items": items,
        "responses": responses,
        "lost": [one[:400] for one in taken.lost[:LOSSES_KEPT]],
        "lost_count": len(taken.lost),
    }
    batch = _batch_name(events, payload)
    payload["batch"] = batch
    journal.append("imported", payload, key=f"imported:{batch}", now=now, zone=zone)
    return Report(batch, len(items), len(responses), known, tuple(taken.lost))


def undo_import(batch: str, *, journal: Journal, now: datetime, zone: str) -> None:
    """Take out again what came in together. Raises ``NotThere`` for what is not there."""
    if batch not in {one.batch for one in batches(journal.read(kinds=KINDS))}:
        raise NotThere(
            "This import is not there, or was taken out before.",
            where=batch[:60],
            mend="The page Your data lists what came in.",
        )
    journal.append(
        "import_undone", {"batch": batch}, key=f"import_undone:{batch}", now=now, zone=zone
    )


def checked_provenance(text: str) -> str:
    """Where something comes from, in one line. Raises ``BadInput`` and ``Refused``."""
    said = " ".join(text.split())
    if len(said) < 3 or not any(sign.isalpha() for sign in said):
        raise BadInput(
            f"{NOTHING} It does not say where it comes from.",
            where="the provenance",
            mend="Say who wrote it and where you have it from, as “my own notes, May 2026”.",
        )
    if len(said) > LONGEST_PROVENANCE:
        raise BadInput(
            f"{NOTHING} The provenance is longer than {LONGEST_PROVENANCE:,} characters.",
            where="the provenance",
            mend="Say it shorter.",
        )
    if DUMP.search(said):
        raise Refused(
            f"{NOTHING} We take in no exam dumps: to share or use them breaks the exam's rules, "
            "and a certificate can be taken away for it.",
            where=f"the provenance “{said[:60]}”",
            mend="Bring what you or its author may share.",
        )
    return said


def _batch_name(events: Iterable[Event], payload: Mapping[str, Any]) -> str:
    """The same for the same content, so that two journals merge; another after it was taken out."""
    name = digest(payload)
    undone = sum(
        event.kind == "import_undone" and event.payload["batch"].startswith(f"{name}-")
        for event in events
    )
    return f"{name}-{undone}"


def _name(one: Mapping[str, Any]) -> str:
    return str(one["id"]) if "id" in one else digest(one["at"], one["about"], one["right"])


def _new(some: Iterable[Mapping[str, Any]], seen: set[str]) -> Iterable[dict[str, Any]]:
    for one in some:
        if (name := _name(one)) not in seen:
            seen.add(name)
            yield dict(one)
