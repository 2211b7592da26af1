"""Content that is not a decision: exam facts, blueprint, names, sources, frames, the article.

One class for each file of a pack; ``pack/load.py`` reads them with the line of every field.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from roadworthy.pack.decision import Fact
from roadworthy.pack.fields import Content, Day, Ident, Sourced, Text


class ExamFact(Sourced):
    """One fact on the exam itself, with its doubt where sources disagree."""

    name: Text = Field(description="what the fact is about")
    value: Text = Field(description="the fact itself")
    doubt: Text | None = Field(default=None, description="where sources disagree or none was seen")


class PackHead(Content):
    """``pack.yaml``: identity of the pack and the exam that it prepares for."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    id: Ident = Field(description="id of the pack, the name of its folder")
    title: Text = Field(description="full name of the exam")
    short: Text = Field(description="its short name")
    version: Text = Field(description="version of the content, for people")
    exam_minutes: int = Field(ge=1, description="length of the exam")
    exam_items_min: int = Field(ge=1, description="least number of items in an exam")
    exam_items_max: int = Field(ge=1, description="greatest number")
    pass_mark_assumed: float = Field(ge=0, le=1, description="the published one, or an assumption")
    pass_mark_note: Text = Field(description="where the pass mark comes from")
    opening: Ident = Field(description="decision of the very first item of the first ten minutes")
    facts: dict[Ident, ExamFact] = Field(description="facts on the exam, by id")
    exam_day: list[Ident] = Field(
        default=[], description="ids of the facts that the page on the exam's day tells, in order"
    )
    retake_waits: list[int] = Field(
        default=[], description="days to wait after the first failed exam, the second, and so on"
    )
    moving_hours: dict[Text, int] = Field(
        default={},
        description="way of taking the exam -> hours before it until which it moves free",
    )
    samples: ExamSamples | None = Field(
        default=None, description="official sample questions, as outside checkpoints"
    )


class ExamSamples(Content):
    """Official sample questions: not ours, so they show the step from our items to the exam."""

    name: Text = Field(description="what they are called")
    count: int = Field(ge=1, description="how many there are")
    source: Ident = Field(description="id in sources.yaml of the page that holds them")


class Consideration(Content):
    """The smallest part of an exam guide, in our words."""

    text: Text = Field(description="in our own words")
    documented: int | None = Field(
        default=None, ge=0, description="official sample items on it, where somebody counted them"
    )


class Objective(Content):
    """A part of a section of the exam guide."""

    title: Text = Field(description="in our own words")
    considerations: dict[Ident, Consideration] = Field(
        min_length=1, description="by whole id: 5.2.a"
    )


class Section(Content):
    """A section of the exam guide, with its weight."""

    title: Text = Field(description="in our own words")
    short: Text = Field(description="for tables: at most three words")
    weight: float = Field(gt=0, description="as published, percent; normalized when used")
    objectives: dict[Ident, Objective] = Field(min_length=1, description="by whole id: 5.2")


class Blueprint(Content):
    """``blueprint.yaml``: sections -> objectives -> considerations ('5.2.a')."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    guide: Text = Field(description="name and date of the exam guide")
    source: Ident = Field(description="id in sources.yaml")
    checked: Day = Field(description="the day on which somebody read the guide")
    sections: dict[Ident, Section] = Field(min_length=1, description="by id: 5")


class FormerName(Content):
    """A name that a product or service had."""

    name: Text = Field(description="the name that it had")
    until: Text | None = Field(default=None, description="'2026-04', or null when not known")


class Term(Content):
    """A product or service: today's name, earlier names, status, and what it is for."""

    name: Text = Field(description="today's name")
    former: list[FormerName] = Field(default=[], description="earlier names, in any order")
    status: Literal["ga", "preview", "deprecated", "gone"] = Field(
        default="ga", description="how far it may be relied on"
    )
    for_what: Text = Field(description="one line: what it is for")
    source: Ident = Field(description="id in sources.yaml")
    checked: Day = Field(description="the day on which somebody read the name there")


class Source(Content):
    """A page that claims lean on. ``decay`` is the days after which it must be read again."""

    title: Text = Field(description="title of the page")
    url: Annotated[str, Field(pattern=r"^https://[^/]+/.+")] = Field(
        description="address of the page, never of a whole site"
    )
    reviewed: Text | None = Field(default=None, description="the date that the page itself gives")
    checked: Day = Field(description="the day on which somebody read it")
    decay: Literal[30, 90, 180] = Field(description="days after which it must be read again")


class Frame(Content):
    """An organization and its model: the nouns that fill ``{slots}``, as whole noun phrases."""

    tags: list[Ident] = Field(default=[], description="what is true of this organization")
    slots: dict[Ident, Text] = Field(min_length=1, description="a noun phrase for every slot")


class Frames(Content):
    """``frames.yaml``: slots that every frame must fill, and the frames."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    slots: dict[Ident, Text] = Field(description="slot -> what it is, for authors")
    tags: dict[Ident, Text] = Field(description="tag -> what it means, for authors")
    frames: dict[Ident, Frame] = Field(min_length=16, description="by id; at least sixteen")


class SharedFacts(Content):
    """``facts.yaml``: facts that several decisions state in the same words."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    facts: dict[Ident, Fact] = Field(
        description="by id; a decision names one instead of writing it out"
    )


class ArticleLine(Content):
    """One line of the article, literally, and the feature that it became."""

    text: Text = Field(description="literally")
    opens: Text = Field(description="path in the app, such as /learn/topics/imbalanced-data")
    became: Text = Field(description="what it became, one line")


class ArticlePart(Content):
    """A list of the article."""

    title: Text = Field(description="literally")
    intro: Text | None = Field(default=None, description="the sentence above the list, literally")
    lines: list[ArticleLine] = Field(default=[], description="in the order of the article")


class RoadWeek(Content):
    """One week of the article's four, as a plan takes them by default; ours, not literal."""

    name: Text = Field(description="what the week is about")
    aim: Text = Field(description="what it is for, one sentence")
    topics: list[Ident] = Field(
        default=[], description="topics whose decisions are taught in it; none for mocks"
    )


class Article(Content):
    """``article.yaml``: the article that the pack grew from, its lists in its order."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    title: Text = Field(description="literally")
    url: Text = Field(description="where it appeared")
    published: Day = Field(description="the day on which it appeared")
    passed: Day = Field(description="the day on which its author passed")
    where: Text = Field(description="where the author sat the exam")
    preparation: Text = Field(description="how long the author prepared")
    experience: Text = Field(description="what the author had done before")
    text: list[Text] = Field(description="its opening paragraphs, literally")
    parts: list[ArticlePart] = Field(min_length=3, description="its lists, in its order")
    weeks: list[RoadWeek] = Field(
        default=[], description="four weeks of a plan, or none for the general ones"
    )

    @field_validator("weeks")
    @classmethod
    def _four_or_none(cls, weeks: list[RoadWeek]) -> list[RoadWeek]:
        if len(weeks) not in (0, 4):
            raise ValueError("a plan has four weeks")
        return weeks


class Resource(Content):
    """A resource: literally as the article lists it, beside what is true of it today."""

    section: Text = Field(description="heading in the article")
    title: Text = Field(description="title of the resource")
    author: Text | None = Field(default=None, description="who made it")
    published: Text | None = Field(default=None, description="when, as far as known")
    rating: int | None = Field(
        default=None, ge=1, le=10, description="the article's rating, 1 to 10"
    )
    url: Annotated[str, Field(pattern=r"^https://[^/]+")] = Field(
        description="address in the article"
    )
    state: Text = Field(description="state in the year of the pack, short, for a badge")
    new_url: Text | None = Field(default=None, description="address today, if it moved")
    hours: float = Field(gt=0, description="time that it takes")
    cost: Literal["free", "freemium", "free-signin", "paywall", "medium"] = Field(
        description="what it costs today"
    )
    take: Text = Field(description="what to take from it, one or two sentences")
    take_hours: float | None = Field(
        default=None,
        ge=0,
        description="time for what to take; 0: look it up, or optional, so no plan names it; "
        "null: all of it",
    )
    guide: Text = Field(description="the exam guide that it was written for")
    guides: list[Ident] = Field(
        default=[], description="ids in crosswalk.yaml of the earlier guides among them"
    )
    sections: list[Ident] = Field(default=[], description="today's sections that it serves")
    topics: list[Ident] = Field(default=[], description="topics that it serves")
    checked: Day = Field(description="the day on which somebody looked")


class Resources(Content):
    """``resources.yaml``: the article's list, and newer ones apart."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    article: dict[Text, Resource] = Field(
        min_length=1, description="the article's list, in its order"
    )
    newer: dict[Text, Resource] = Field(default={}, description="what appeared since, apart")


class Takeaway(Content):
    """An advice of the article, and the feature that it became."""

    text: Text = Field(description="literally as in the article")
    feature: Text = Field(description="what it became here, one or two sentences")
    opens: Text = Field(description="path in the app")
    refused: Text | None = Field(default=None, description="why we refuse it, if we do")


class Takeaways(Content):
    """``takeaways.yaml``: the article's advice, each with its feature."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    takeaways: dict[Ident, Takeaway] = Field(
        min_length=1, description="by id, in the order of the article"
    )


class CrosswalkSection(Content):
    """A section of an earlier guide, and where it went."""

    title: Text = Field(description="as in that guide")
    weight: float | None = Field(default=None, description="percent, where it was published")
    today: list[Ident] = Field(description="ids of today's sections")


class Guide(Content):
    """An earlier exam guide."""

    label: Text = Field(description="name of the guide")
    live: Text = Field(description="when it was in force")
    sections: dict[Ident, CrosswalkSection] = Field(description="its sections, by id")
    note: Text | None = Field(default=None, description="what to mind")


class Crosswalk(Content):
    """``crosswalk.yaml``: earlier guides beside today's, for dating what others wrote."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    source: Ident = Field(description="id in sources.yaml")
    guides: dict[Ident, Guide] = Field(description="earlier guides, by year")


class TopicHead(Content):
    """The front matter of ``topics/NN-id.md``; the lesson follows as Markdown with ## parts."""

    id: Ident = Field(description="as in the file name, after the number")
    number: int = Field(ge=1, le=99, description="as in the file name; the order of topics")
    article: Text = Field(description="the line of the article, literally")
    title: Text = Field(description="title of the lesson")
    objectives: list[Ident] = Field(min_length=1, description="ids of objectives that it serves")
    decisions: list[Ident] = Field(default=[], description="in teaching order")
    sources: list[Ident] = Field(
        default=[], description="ids in sources.yaml that the lesson leans on as a whole"
    )
    checked: Day = Field(
        description="the day on which somebody read the lesson against its sources"
    )
    written: bool = Field(default=True, description="false: only the line of the article so far")
