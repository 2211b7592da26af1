"""Documents of what is taught: lessons by part, decisions, and each rule of their tables."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.pack.decision import Decision, ExhibitDecision
from roadworthy.pack.decision_table import table_of
from roadworthy.pack.model import Pack, Topic
from roadworthy.pack.search_document import Document, plain_text
from roadworthy.pack.table_rows import (
    ChoiceTable,
    ComputeTable,
    Evidence,
    FaultTable,
    GoalRow,
    RuleRow,
    StepsTable,
    Table,
)
from roadworthy.pack.topic_text import anchor_of

MOST_NAMED = 2
"""Cases and options that the title of a rule names; the others stand in its text."""


def topic_documents(pack: Pack) -> Iterator[Document]:
    """One document a part of a lesson; an unwritten topic has one in all."""
    for topic in sorted(pack.topics.values(), key=lambda one: one.head.number):
        path = f"/learn/topics/{topic.head.id}"
        yield _opening(pack, topic, path)
        if not topic.head.written:
            continue
        for heading, markdown in topic.parts:
            if heading:
                yield Document(
                    kind="topic",
                    title=f"{topic.head.title.partition(':')[0]} · {heading}",
                    text=plain_text(pack, markdown),
                    paths=(f"{path}#{anchor_of(heading)}",),
                    under=topic.head.title,
                )


def decision_documents(pack: Pack) -> Iterator[Document]:
    """Each decision with its brief and beliefs, and each of its confirmed rules."""
    for name, decision in pack.decisions.items():
        table = table_of(pack, name)
        yield _decision(pack, decision, table)
        for title, text, evidence in _rules_of(table):
            short = evidence.rule.split(".", 1)[1]
            yield Document(
                kind="rule",
                title=title,
                text=text,
                paths=(f"{decision_path(name)}#{rule_anchor(short)}",),
                under=f"{table.title} · {short.replace('goal:', 'goal: ')}",
            )


def decision_path(decision: str) -> str:
    """The page of a decision."""
    return f"/learn/decisions/{decision}"


def rule_anchor(short: str) -> str:
    """The place of a rule on the page of its decision: 'TR9', or 'goal-cost' for 'goal:cost'."""
    return short.replace(":", "-")


def _opening(pack: Pack, topic: Topic, path: str) -> Document:
    text = next((markdown for heading, markdown in topic.parts if not heading), "")
    return Document(
        kind="topic",
        title=topic.head.title,
        text=plain_text(pack, text),
        paths=(path,),
        under=f"Topic {topic.head.number}"
        + (f", in the article: {topic.head.article}" if topic.head.article else "")
        + ("" if topic.head.written else "; not written yet"),
    )


def _decision(pack: Pack, decision: Decision, table: Table) -> Document:
    beliefs = [
        f"{one.belief} {one.refutation}"
        for one in decision.teach.misconceptions.values()
        if one.status == "confirmed"
    ]
    exhibit = isinstance(decision, ExhibitDecision)
    topics = [pack.topics[one].head.title for one in decision.topics if one in pack.topics]
    return Document(
        kind="exhibit" if exhibit else "decision",
        title=table.title,
        text=plain_text(pack, "\n\n".join([decision.teach.brief, *beliefs])),
        paths=(decision_path(decision.id),),
        under=(f"{decision.language} · " if isinstance(decision, ExhibitDecision) else "")
        + ", ".join(topics),
    )


def _rules_of(table: Table) -> Iterator[tuple[str, str, Evidence]]:
    """(title, text, evidence) of each rule, in the order of the table."""
    if isinstance(table, ChoiceTable):
        yield from (_rule(row) for row in table.rules)
        yield from (_goal(goal) for goal in table.goals)
    elif isinstance(table, ComputeTable):
        for one in table.quantities:
            text = f"{_sentence(one.formula)} {_sentence(one.tempts)}"
            yield f"{one.name}: {one.words}", text, one.evidence
    elif isinstance(table, FaultTable):
        for fault in table.faults:
            text = f"{_sentence(fault.because)} Mend: {_sentence(fault.mend)}"
            yield fault.name, text, fault.evidence
    else:
        yield from _needs_of(table)


def _rule(row: RuleRow) -> tuple[str, str, Evidence]:
    unless = f", unless {row.unless}" if row.unless else ""
    stated, falls = row.stated, ", ".join(row.falls)
    shortened = []
    if len(row.cases) > MOST_NAMED:
        shortened.append(_sentence(stated))
        first = row.cases[0][:1].upper() + row.cases[0][1:]
        stated = f"{first}, or {len(row.cases) - 1} like cases"
    if len(row.falls) > MOST_NAMED:
        shortened.append(_sentence(f"out: {falls}"))
        falls = f"{row.falls[0]} and {len(row.falls) - 1} more"
    verb = "is" if len(row.falls) == 1 else "are"
    text = " ".join([_sentence(row.because), *shortened])
    return f"{stated}{unless}: {falls} {verb} out", text, row.evidence


def _goal(goal: GoalRow) -> tuple[str, str, Evidence]:
    ranking = " ".join(_sentence(f"{one.option}: {one.because}") for one in goal.ranking)
    return f"{goal.name}: first {goal.ranking[0].option}", ranking, goal.evidence


def _needs_of(table: StepsTable) -> Iterator[tuple[str, str, Evidence]]:
    for step in table.steps:
        for need in step.after:
            name = step.name[:1].upper() + step.name[1:]
            yield f"{name} comes after {need.step}", _sentence(need.because), need.evidence


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."
