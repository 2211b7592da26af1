"""The deck for Anki: stable guids, every served rule, contrast pairs; Anki takes it twice."""

from __future__ import annotations

import copy
import io
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadworthy.exchange.anki_notes import DeckNote, deck_notes
from roadworthy.exchange.apkg import as_apkg, guid_of
from roadworthy.items.generate import Generator
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.decision import ChoiceDecision
from roadworthy.pack.model import Pack

NOW = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)


@pytest.fixture
def notes(tiny_pack: Pack) -> list[DeckNote]:
    """The notes of the tiny pack."""
    return deck_notes(tiny_pack, Generator(tiny_pack))


def table_of_notes(made: bytes, folder: Path) -> dict[str, tuple[str, str]]:
    """guid -> (fields, tags), as they lie in the file."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        (folder / "c.anki2").write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(folder / "c.anki2")) as base:
        rows = base.execute("select guid, flds, tags from notes").fetchall()
    assert len({guid for guid, _, _ in rows}) == len(rows)
    return {guid: (fields, tags) for guid, fields, tags in rows}


def test_every_served_rule_has_its_note(notes: list[DeckNote], tiny_pack: Pack) -> None:
    """One note a rule, with a source; pairs come on top."""
    rules = [one.name for one in notes if not one.name.startswith("pair:")]
    assert sorted(rules) == sorted(syllabus_of(tiny_pack).rules)
    assert all("read 20" in one.source and "href=" in one.source for one in notes)


def test_a_pair_has_two_situations_and_two_keys(notes: list[DeckNote]) -> None:
    """A contrast pair asks for both at once, and the back has two different answers."""
    pairs = [one for one in notes if one.name.startswith("pair:")]
    assert pairs
    for pair in pairs:
        first, second = pair.back.removesuffix("</div>").split("</div>")
        assert first.split("1. ")[1] != second.split("2. ")[1]


def test_guids_stay_when_words_change(
    notes: list[DeckNote], tiny_pack: Pack, tmp_path: Path
) -> None:
    """A reworded reason is the same note with other text, so Anki updates it."""
    changed = copy.deepcopy(tiny_pack)
    name, decision = next(
        (n, d) for n, d in changed.decisions.items() if isinstance(d, ChoiceDecision)
    )
    rules = [one.model_copy(update={"because": "it was worded anew"}) for one in decision.rules]
    decisions = {**changed.decisions, name: decision.model_copy(update={"rules": rules})}
    changed = replace(changed, decisions=decisions, hash="other")
    after = deck_notes(changed, Generator(changed))
    old = table_of_notes(as_apkg(notes, tiny_pack, NOW), tmp_path)
    new = table_of_notes(as_apkg(after, changed, NOW), tmp_path)
    guids = {guid_of(tiny_pack, f"{name}.{rule.id}") for rule in decision.rules}
    assert guids <= old.keys() & new.keys()
    assert all("worded anew" in new[guid][0] for guid in guids)


def test_texts_of_the_pack_are_no_markup(tiny_pack: Pack, tmp_path: Path) -> None:
    """A sign that HTML reads is escaped on every side of a note."""
    changed = copy.deepcopy(tiny_pack)
    name, decision = next(iter(changed.decisions.items()))
    decisions = {**changed.decisions, name: decision.model_copy(update={"title": "A <b & c>"})}
    made = deck_notes(replace(changed, decisions=decisions, hash="o"), Generator(changed))
    assert any("A &lt;b &amp; c&gt;" in one.front for one in made)
    assert not any("<b & c>" in one.front for one in made)


def test_anki_imports_it_twice_without_doubles(
    notes: list[DeckNote], tiny_pack: Pack, tmp_path: Path
) -> None:
    """Anki's own importer adds all notes once; a later file changes texts and adds none."""
    collection = pytest.importorskip("anki.collection", reason="Anki's package is not installed")
    reworded = [replace(notes[0], back="<div>worded anew</div>"), *notes[1:]]
    for name, some, now in (
        ("a", notes, NOW), ("b", notes, NOW), ("c", reworded, NOW + timedelta(days=1)),
    ):  # fmt: skip
        (tmp_path / f"{name}.apkg").write_bytes(as_apkg(some, tiny_pack, now))
    col = collection.Collection(str(tmp_path / "collection.anki2"))
    try:
        for name in ("a", "b", "c"):
            col.import_anki_package(
                collection.ImportAnkiPackageRequest(package_path=str(tmp_path / f"{name}.apkg"))
            )
            assert len(col.find_notes("")) == len(notes)
        assert len(col.find_notes('"worded anew"')) == 1
    finally:
        col.close()
