"""Content that is not a decision: exam facts, blueprint, names, sources, frames, the article.

One class for each file of a pack; ``pack/load.py`` reads them with the line of every field.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from roadworthy.pack.decision import Fact
from roadworthy.pack.fields import Content, Ident, Sourced, Text

Day = Annotated[date, Field(strict=False)]


class ExamFact(Sourced):
    """One fact on the exam itself, with its doubt where sources disagree."""

    name: Text
    value: Text
    doubt: Text | None = None


class PackHead(Content):
    """``pack.yaml``: identity of the pack and the exam that it prepares for."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Ident
    title: Text
    short: Text
    version: Text
    exam_minutes: int = Field(ge=1)
    exam_items_min: int = Field(ge=1)
    exam_items_max: int = Field(ge=1)
    pass_mark_assumed: float = Field(ge=0, le=1, description="the published one, or an assumption")
    pass_mark_note: Text
    opening: Ident = Field(description="decision of the very first item of the first ten minutes")
    facts: dict[Ident, ExamFact]


class Consideration(Content):
    """The smallest part of an exam guide, in our words."""

    text: Text
    documented: int | None = Field(
        default=None, ge=0, description="official sample items on it, where somebody counted them"
    )


class Objective(Content):
    title: Text
    considerations: dict[Ident, Consideration] = Field(min_length=1)


class Section(Content):
    title: Text
    short: Text = Field(description="for tables: at most three words")
    weight: float = Field(gt=0, description="as published, percent; normalized when used")
    objectives: dict[Ident, Objective] = Field(min_length=1)


class Blueprint(Content):
    """``blueprint.yaml``: sections -> objectives -> considerations ('5.2.a')."""

    schema_version: Literal[1] = Field(alias="schema")
    guide: Text
    source: Ident
    checked: Day
    sections: dict[Ident, Section] = Field(min_length=1)


class FormerName(Content):
    name: Text
    until: Text | None = Field(default=None, description="'2026-04', or null when not known")


class Term(Content):
    """A product or service: today's name, earlier names, status, and what it is for."""

    name: Text
    former: list[FormerName] = []
    status: Literal["ga", "preview", "deprecated", "gone"] = "ga"
    for_what: Text = Field(description="one line: what it is for")
    source: Ident
    checked: Day


class Source(Content):
    """A page that claims lean on. ``decay`` is the days after which it must be read again."""

    title: Text
    url: Annotated[str, Field(pattern=r"^https://[^/]+/.+")]
    reviewed: Text | None = Field(default=None, description="the date that the page itself gives")
    checked: Day
    decay: Literal[30, 90, 180]


class Frame(Content):
    """An organization and its model: the nouns that fill ``{slots}``, as whole noun phrases."""

    tags: list[Ident] = []
    slots: dict[Ident, Text] = Field(min_length=1)


class Frames(Content):
    """``frames.yaml``: slots that every frame must fill, and the frames."""

    schema_version: Literal[1] = Field(alias="schema")
    slots: dict[Ident, Text] = Field(description="slot -> what it is, for authors")
    tags: dict[Ident, Text] = Field(description="tag -> what it means, for authors")
    frames: dict[Ident, Frame] = Field(min_length=16)


class SharedFacts(Content):
    """``facts.yaml``: facts that several decisions state in the same words."""

    schema_version: Literal[1] = Field(alias="schema")
    facts: dict[Ident, Fact]


class ArticleLine(Content):
    """One line of the article, literally, and the feature that it became."""

    text: Text
    opens: Text = Field(description="path in the app, such as /learn/topics/imbalanced-data")
    became: Text = Field(description="what it became, one line")


class ArticlePart(Content):
    title: Text
    intro: Text | None = None
    lines: list[ArticleLine] = []


class Article(Content):
    """``article.yaml``: the article that the pack grew from, its lists in its order."""

    schema_version: Literal[1] = Field(alias="schema")
    title: Text
    url: Text
    published: Day
    passed: Day
    where: Text
    preparation: Text
    experience: Text
    text: list[Text] = Field(description="its opening paragraphs, literally")
    parts: list[ArticlePart] = Field(min_length=3)


class Resource(Content):
    """A resource: literally as the article lists it, beside what is true of it today."""

    section: Text
    title: Text
    author: Text | None = None
    published: Text | None = None
    rating: int | None = Field(default=None, ge=1, le=10)
    url: Annotated[str, Field(pattern=r"^https://[^/]+")]
    state: Text = Field(description="state in the year of the pack, short, for a badge")
    new_url: Text | None = None
    hours: float = Field(gt=0)
    cost: Literal["free", "freemium", "free-signin", "paywall", "medium"]
    take: Text = Field(description="what to take from it, one or two sentences")
    guide: Text = Field(description="the exam guide that it was written for")
    sections: list[Ident] = Field(default=[], description="today's sections that it serves")
    topics: list[Ident] = []
    checked: Day


class Resources(Content):
    """``resources.yaml``: the article's list, and newer ones apart."""

    schema_version: Literal[1] = Field(alias="schema")
    article: dict[Text, Resource] = Field(min_length=1)
    newer: dict[Text, Resource] = {}


class Takeaway(Content):
    text: Text = Field(description="literally as in the article")
    feature: Text = Field(description="what it became here, one or two sentences")
    opens: Text
    refused: Text | None = Field(default=None, description="why we refuse it, if we do")


class Takeaways(Content):
    schema_version: Literal[1] = Field(alias="schema")
    takeaways: dict[Ident, Takeaway] = Field(min_length=1)


class CrosswalkSection(Content):
    title: Text
    weight: float | None = None
    today: list[Ident] = Field(description="ids of today's sections")


class Guide(Content):
    label: Text
    live: Text
    sections: dict[Ident, CrosswalkSection]
    note: Text | None = None


class Crosswalk(Content):
    schema_version: Literal[1] = Field(alias="schema")
    source: Ident
    guides: dict[Ident, Guide]


class TopicHead(Content):
    """The front matter of ``topics/NN-id.md``; the lesson follows as Markdown with ## parts."""

    id: Ident
    number: int = Field(ge=1, le=99)
    article: Text = Field(description="the line of the article, literally")
    title: Text
    objectives: list[Ident] = Field(min_length=1)
    decisions: list[Ident] = Field(default=[], description="in teaching order")
    sources: list[Ident] = []
    checked: Day
    written: bool = Field(default=True, description="false: only the line of the article so far")
