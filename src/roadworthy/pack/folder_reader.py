"""Reads the files of a pack folder one by one against the schema; nothing stops at a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from roadworthy.pack.catalog import TopicHead
from roadworthy.pack.checker import Parts
from roadworthy.pack.codes import problem
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Decision,
    ExhibitDecision,
    StepsDecision,
)
from roadworthy.pack.explain import explain
from roadworthy.pack.marks import Marked, read_marked
from roadworthy.pack.model import Topic
from roadworthy.pack.objective_notes import ObjectiveHead, ObjectiveNotes
from roadworthy.pack.pair import Pair
from roadworthy.pack.topic_text import cut_at_headings, front_matter
from roadworthy.pack.wording import listed, nearest, shown
from roadworthy.problem import Place, Problem

KINDS: dict[str, dict[str, type[Decision]]] = {
    "decisions": {
        "choice": ChoiceDecision,
        "diagnosis": ChoiceDecision,
        "compute": ComputeDecision,
        "steps": StepsDecision,
    },
    "exhibits": {"exhibit": ExhibitDecision},
}
"""Folder -> kind -> what its files hold. An exhibit is a decision: which place is wrong?"""
_MAY_BE_EMPTY = {"terms.yaml", "sources.yaml"}
_TOPIC_NAME = re.compile(r"(?P<number>[0-9]{2})-(?P<id>[a-z0-9_.-]+)\.md")


class FolderReader:
    """Reads the files of one pack and keeps their documents and problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[str, Marked] = {}
        self.catalog: dict[str, Any] = {}
        self.topics: dict[str, Topic] = {}
        self.decisions: dict[str, Decision] = {}
        self.pairs: dict[str, Pair] = {}
        self.notes: dict[str, ObjectiveNotes] = {}
        self.bodies: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.named_ids: dict[str, set[str]] = {"topics": set(), "decisions": set()}

    def parts(self) -> Parts:
        return Parts(
            folder=self.folder,
            catalog=self.catalog,
            topics=dict(sorted(self.topics.items(), key=lambda pair: pair[1].head.number)),
            decisions=self.decisions,
            pairs=self.pairs,
            notes=dict(sorted(self.notes.items())),
            documents=self.documents,
            bodies=self.bodies,
            files=self.files,
            named_topics=self.named_ids["topics"],
            named_decisions=self.named_ids["decisions"],
        )

    def read_catalog(self, name: str, kind: Any) -> None:
        text = self._text(self.folder / name)
        if text is None:
            return
        if (value := self._value(name, text, kind)) is not None:
            self.catalog[name] = value

    def files_in(self, folder: str, suffix: str) -> Iterator[Path]:
        """Files of a sub-folder in name order; those with another suffix are problems."""
        for path in sorted((self.folder / folder).glob("*")):
            if path.name.startswith(".") or path.is_dir():
                continue
            if path.suffix == suffix:
                yield path
            else:
                self._add(
                    "file-not-read",
                    f"Only `*{suffix}` files are read in {folder}/.",
                    Place(path.as_posix()),
                    f"Rename it to end in {suffix}, or move it away.",
                )

    def read_decision(self, path: Path) -> None:
        """A file of ``decisions/`` or ``exhibits/``; the folder says which kinds it may have."""
        kinds = KINDS[path.parent.name]
        name = f"{path.parent.name}/{path.name}"
        self.named_ids["decisions"].add(path.stem)
        text = self._text(path)
        if text is None:
            return
        marked, found = read_marked(text, path.as_posix())
        self.documents[name] = marked
        kind = marked.value.get("kind") if isinstance(marked.value, dict) else None
        if isinstance(kind, str) and kind in kinds:
            model: Any = kinds[kind]
        elif kind is None:  # any form will do to say what is missing
            model = next(iter(kinds.values()))
        else:
            self.problems += found
            self._add(
                "unknown-kind",
                f"{shown(kind)} is not a kind of decision{nearest(str(kind), kinds)}",
                marked.place(("kind",)),
                f"Use one of: {listed(kinds)}.",
            )
            return
        decision = self._checked(marked, found, model)
        if decision is not None:
            self._keep(self.decisions, decision.id, decision, path.stem, name)

    def read_pair(self, path: Path) -> None:
        name = f"pairs/{path.name}"
        text = self._text(path)
        if text is None:
            return
        marked, found = read_marked(text, path.as_posix())
        self.documents[name] = marked
        pair = self._checked(marked, found, Pair)
        if pair is not None:
            self._keep(self.pairs, pair.id, pair, path.stem, name)

    def read_topic(self, path: Path) -> None:
        name = f"topics/{path.name}"
        match = _TOPIC_NAME.fullmatch(path.name)
        self.named_ids["topics"].add(match["id"] if match else path.stem)
        read = self._head_and_body(
            path,
            TopicHead,
            "A topic is a file NN-id.md that begins with front matter between two `---` lines.",
            "Name it like 03-imbalanced.md, and put `---` above and below its fields.",
            named=match is not None,
        )
        if read is None or match is None:
            return
        head, body = read
        if head.number != int(match["number"]):
            self._add(
                "id-not-file-name",
                f"The number is {head.number}, and the file name says {match['number']}.",
                self.documents[name].place(("number",)),
                "Rename the file or change the number.",
            )
        topic = Topic(head, cut_at_headings(body))
        self._keep(self.topics, head.id, topic, match["id"], name)

    def read_objective(self, path: Path) -> None:
        name = f"objectives/{path.name}"
        read = self._head_and_body(
            path,
            ObjectiveHead,
            "Notes on an objective begin with front matter between two `---` lines.",
            "Put `---` above and below its fields.",
        )
        if read is not None:
            head, body = read
            parts = cut_at_headings(body)
            headings = [heading for heading, _ in parts]
            for heading in sorted({one for one in headings if headings.count(one) > 1}):
                self._add(
                    "id-twice",
                    f"The heading `## {heading}` stands twice.",
                    Place(path.as_posix()),
                    "Join the two texts.",
                )
            self._keep(self.notes, head.id, ObjectiveNotes(head, dict(parts)), path.stem, name)

    def _head_and_body(
        self, path: Path, kind: Any, form: str, mend: str, *, named: bool = True
    ) -> tuple[Any, str] | None:
        """The typed front matter of a Markdown file and the text below it; None with problems."""
        name = f"{path.parent.name}/{path.name}"
        text = self._text(path)
        if text is None:
            return None
        self.bodies[name] = text
        head_text, body = front_matter(text)
        if head_text is None or not named:
            self._add("front-matter", form, Place(path.as_posix(), 1), mend)
            return None
        marked, found = read_marked(head_text, path.as_posix(), first_line=1)
        self.documents[name] = marked
        head = self._checked(marked, found, kind)
        return None if head is None else (head, body)

    def _keep(self, shelf: dict[str, Any], id_: str, thing: Any, name: str, file: str) -> None:
        """Shelve a thing by its id; the id must be the file's name and new."""
        place = self.documents[file].place(("id",))
        if id_ != name:
            self._add(
                "id-not-file-name",
                f"The id is `{id_}`, and the file is named `{name}`.",
                place,
                f"Rename the file, or write `id: {name}`.",
            )
        if id_ in shelf:
            self._add(
                "id-twice",
                f"Two files give the id `{id_}`.",
                place,
                "Give one of them another id, and its file that name.",
            )
            return
        shelf[id_] = thing
        named = "decisions" if shelf is self.decisions else file.split("/")[0]
        self.files[f"{named}/{id_}"] = file

    def _value(self, name: str, text: str, kind: Any) -> Any:
        marked, found = read_marked(text, (self.folder / name).as_posix())
        if marked.root is None and not found and name in _MAY_BE_EMPTY:
            marked = Marked(marked.file, {}, None)
        self.documents[name] = marked
        return self._checked(marked, found, kind)

    def _checked(self, marked: Marked, found: list[Problem], kind: Any) -> Any:
        """The typed value, or None with problems; a place that YAML refused is told once."""
        self.problems += found
        if any(one.slug == "yaml-syntax" for one in found):
            return None
        if marked.value is None:
            place, mend = Place(marked.file, 1), "Write its fields; docs/pack-format.md lists them."
            self._add("missing-field", "The file is empty.", place, mend)
            return None
        try:
            return TypeAdapter(kind).validate_python(marked.value)
        except ValidationError as error:
            refused = {one.place.line for one in found if one.slug == "yaml-feature"}
            told = explain(error, marked, kind)
            self.problems += [one for one in told if one.place.line not in refused]
            return None

    def _text(self, path: Path) -> str | None:
        place = Place(path.as_posix())
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            mend = "Add it; docs/pack-format.md lists its fields."
            self._add("file-missing", "The pack lacks this file.", place, mend)
        except UnicodeDecodeError as error:
            what = f"Byte {error.start} is not UTF-8."
            self._add("file-unreadable", what, place, "Save the file as UTF-8.")
        except OSError as error:
            what = f"It cannot be read: {error.strerror or error}."
            self._add("file-unreadable", what, place, "Check its permissions.")
        return None

    def _add(self, slug: str, message: str, place: Place, mend: str) -> None:
        self.problems.append(problem(slug, message, place, mend))
