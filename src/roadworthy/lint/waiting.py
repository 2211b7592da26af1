"""What waits for a person: pages to read again, claims to confirm, products to watch, matrices.

None of this makes content wrong, so the lint of the pack stays clean while it waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from roadworthy.lint.claims import Claim, claims
from roadworthy.lint.material import Material
from roadworthy.lint.matrix import Matrix, matrix_of
from roadworthy.lint.pair_matrix import pair_matrix
from roadworthy.lint.signatures import Signature, State, state_of
from roadworthy.pack.catalog import ExamFact, Source, Term
from roadworthy.problem import Place


@dataclass(frozen=True, slots=True)
class Leaning:
    """Something that leans on a source: what it is called, where, and when it was checked there."""

    name: str
    place: Place
    checked: date


@dataclass(frozen=True, slots=True)
class PastSource:
    """A page to read again, since it or something that leans on it was read too long ago."""

    id: str
    source: Source
    oldest: date
    leaning: tuple[Leaning, ...]

    @property
    def until(self) -> date:
        """The last day on which the oldest reading still counted."""
        return self.oldest + timedelta(days=self.source.decay)


@dataclass(frozen=True, slots=True)
class Unread:
    """A review matrix that nobody has signed as it is; ``signature`` is that of an earlier one."""

    matrix: Matrix
    state: State
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits on a day. False where nothing does."""

    sources: tuple[PastSource, ...]
    unconfirmed: tuple[Claim, ...]
    terms: tuple[tuple[str, Term], ...]
    matrices: tuple[Unread, ...]

    def __bool__(self) -> bool:
        return bool(self.sources or self.unconfirmed or self.terms or self.matrices)


def waiting(material: Material, signatures: Mapping[str, Signature], on: date) -> Waiting:
    """What waits on that day: readings are past when ``checked`` and the decay lie before it."""
    pack = material.pack
    leaning: dict[str, list[Leaning]] = {name: [] for name in pack.sources}
    for source, one in _leaning(material):
        if source in leaning:
            leaning[source].append(one)
    past = []
    for name, page in pack.sources.items():
        oldest = min([page.checked, *(one.checked for one in leaning[name])])
        if oldest + timedelta(days=page.decay) < on:
            past.append(PastSource(name, page, oldest, tuple(leaning[name])))
    return Waiting(
        sources=tuple(sorted(past, key=lambda one: (one.until, one.id))),
        unconfirmed=tuple(_unconfirmed(material)),
        terms=tuple(
            (name, term)
            for name, term in pack.terms.items()
            if term.status in ("preview", "deprecated")
        ),
        matrices=tuple(
            Unread(matrix, state, signatures.get(matrix.id))
            for matrix in matrices(material)
            if (state := state_of(matrix, dict(signatures))) != "signed"
        ),
    )


def matrices(material: Material) -> Iterator[Matrix]:
    """The review matrices of all decisions, then those of all pairs, by id."""
    for decision in material.decisions():
        yield matrix_of(material, decision.id)
    for pair, _ in material.pairs():
        yield pair_matrix(material, pair)


def _unconfirmed(material: Material) -> Iterator[Claim]:
    """Claims that nobody saw confirmed; an exam fact with its doubt says so to the candidate."""
    for claim in claims(material):
        told = isinstance(claim.sourced, ExamFact) and claim.sourced.doubt is not None
        if claim.sourced.status != "confirmed" and not told:
            yield claim


def _leaning(material: Material) -> Iterator[tuple[str, Leaning]]:
    """(source, what leans on it): claims, names of products, lessons."""
    for claim in claims(material):
        yield claim.sourced.source, Leaning(claim.name, claim.place, claim.sourced.checked)
    for name, term in material.pack.terms.items():
        place = material.at("terms.yaml", name, "checked")
        yield term.source, Leaning(name, place, term.checked)
    for name, topic in material.pack.topics.items():
        for source in topic.head.sources:
            yield source, Leaning(name, material.at_topic(name, "checked"), topic.head.checked)
