"""Documents of a pack's lists: names, numbers, exam guide, map, resources, takeaways, article."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.pack.catalog import Term
from roadworthy.pack.model import Pack
from roadworthy.pack.name_dates import until_words
from roadworthy.pack.search_document import (
    STATUS,
    Document,
    former_names,
    mentions,
    plain_text,
)
from roadworthy.pack.search_lessons import decision_path
from roadworthy.pack.topic_text import anchor_of


def list_documents(pack: Pack) -> Iterator[Document]:
    """All of them, list by list."""
    for parts in (_terms, _limits, _guide, _map, _resources, _takeaways, _article):
        yield from parts(pack)


def _terms(pack: Pack) -> Iterator[Document]:
    told = _told_in(pack)
    for name, term in pack.terms.items():
        source = pack.sources.get(term.source)
        yield Document(
            kind="name",
            title=term.name,
            text=plain_text(pack, term.for_what),
            paths=(
                f"/learn/cheat-sheet#t-{name}",
                *told.get(name, ())[:1],
                *([source.url] if source else []),
            ),
            under=_term_line(term),
            former=former_names(term),
        )


def _term_line(term: Term) -> str:
    """'Formerly Loaf Router (until March 2024) · preview'."""
    former = ", ".join(
        one.name + (f" ({until_words(one.until)})" if one.until else "") for one in term.former
    )
    return " · ".join(
        filter(None, [f"Formerly {former}" if former else "", STATUS.get(term.status, "")])
    )


def _told_in(pack: Pack) -> dict[str, list[str]]:
    """Term id -> paths of the lesson parts and decisions that name it."""
    told: dict[str, list[str]] = {}
    for topic in sorted(pack.topics.values(), key=lambda one: one.head.number):
        for heading, markdown in topic.parts:
            anchor = f"#{anchor_of(heading)}" if heading and topic.head.written else ""
            for term in sorted(mentions(markdown)):
                told.setdefault(term, []).append(f"/learn/topics/{topic.head.id}{anchor}")
    for name, decision in pack.decisions.items():
        for term in sorted(mentions(decision.model_dump_json())):
            told.setdefault(term, []).append(decision_path(name))
    return told


def _limits(pack: Pack) -> Iterator[Document]:
    """What is asked, never the answer: reading it would spoil the drill."""
    for limit in pack.limits.values():
        if limit.status == "confirmed":
            yield Document(
                kind="limit",
                title=_capital(plain_text(pack, limit.name)),
                text=plain_text(pack, limit.ask[0]),
                paths=("/learn/limits", *(f"/learn/topics/{topic}" for topic in limit.topics)),
            )


def _guide(pack: Pack) -> Iterator[Document]:
    for section_id, section in pack.blueprint.sections.items():
        for objective_id, objective in section.objectives.items():
            page = f"/learn/objectives/{objective_id}"
            notes = pack.objectives.get(objective_id)
            on_it = [
                one.head for one in pack.topics.values() if objective_id in one.head.objectives
            ]
            topics = [f"/learn/topics/{head.id}" for head in on_it]
            yield Document(
                kind="objective",
                title=objective.title,
                text="",
                paths=(page, *topics, "/learn"),
                under=f"Objective {objective_id} · section {section_id}, {section.title}",
            )
            for name, consideration in objective.considerations.items():
                note = notes.note(name) if notes else None
                asked = [
                    decision_path(one.id)
                    for one in pack.decisions.values()
                    if name in one.considerations
                ]
                yield Document(
                    kind="objective",
                    title=consideration.text,
                    text=plain_text(pack, note[0]) if note else "",
                    paths=(f"{page}#{name}", *asked, *topics, "/learn"),
                    under=f"{name} · {objective.title}",
                )


def _map(pack: Pack) -> Iterator[Document]:
    if pack.map is None:
        return
    for stage in pack.map.stages.values():
        yield Document("map", stage.title, plain_text(pack, stage.text), ("/learn/map",))
    for one in pack.map.placements:
        if one.status == "confirmed" and one.term in pack.terms:
            yield Document(
                kind="map",
                title=f"{pack.terms[one.term].name}: {pack.map.stages[one.stage].title}",
                text=plain_text(pack, one.does),
                paths=(f"/learn/map?level={one.levels[0]}", "/learn/map"),
                under=_levels(one.levels),
            )


def _levels(levels: list[str]) -> str:
    """'Level 0', or 'Levels 0, 1 and 2'."""
    if len(levels) == 1:
        return f"Level {levels[0]}"
    return f"Levels {', '.join(levels[:-1])} and {levels[-1]}"


def _resources(pack: Pack) -> Iterator[Document]:
    for name, one in {**pack.resources.article, **pack.resources.newer}.items():
        author = one.author if one.author and one.author.strip() != "-" else ""
        yield Document(
            kind="resource",
            title=one.title,
            text=plain_text(pack, one.take),
            paths=(f"/resources#{name}",),
            under=" · ".join(filter(None, [author, one.state])),
        )


def _takeaways(pack: Pack) -> Iterator[Document]:
    for name, one in pack.takeaways.takeaways.items():
        text = " ".join(filter(None, [one.feature, one.refused]))
        yield Document("takeaway", one.text, plain_text(pack, text), (f"/takeaways#{name}",))


def _article(pack: Pack) -> Iterator[Document]:
    article = pack.article
    text = " ".join([*article.text, article.where, article.preparation, article.experience])
    yield Document("article", article.title, text, ("/article",))
    for part in article.parts:
        for line in part.lines:
            yield Document("article", line.text, line.became, (line.opens, "/article"), part.title)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
