"""Payloads of enrolment, plans, sessions, and all that happens to one presentation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

from roadworthy.journal.payload_fields import (
    Count,
    Day,
    LearnedAllowance,
    Name,
    Payload,
    Positions,
    Prose,
    Record,
)


class Enrolled(Payload):
    """A candidate took up a pack. The learner is made once and kept across packs and journals."""

    learner: Name = Field(description="UUID of the candidate, made at the first enrolment")
    pack: Name = Field(description="id of the pack, as gcp-pmle")


class SettingValues(BaseModel):
    """The settings that the program knows. Others are kept as they come, for later versions."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True, allow_inf_nan=False)
    __pydantic_extra__: dict[str, JsonValue] = Field(init=False)

    exam_date: Day | None = Field(None, description="date of the exam; null while undecided")
    minutes_per_day: int = Field(45, ge=1, le=1440, description="minutes to study on a day")
    days_off: list[Annotated[int, Field(ge=0, le=6)]] = Field(
        [], description="weekdays without study, Monday is 0"
    )
    day_minutes: dict[Day, Annotated[int, Field(ge=0, le=1440)]] = Field(
        {}, description="minutes of single days in place of the usual ones; 0 is a day off"
    )
    mock_days: list[Day] = Field(
        [], description="days on which a mock exam is planned at its real length"
    )
    experience: dict[str, Literal["new", "some", "work"]] = Field(
        {}, description="section id to how well it is known before the course"
    )
    theme: Literal["light", "dark"] | None = Field(None, description="null follows the machine")
    text_size: Literal["usual", "large", "larger", "largest"] = Field(
        "usual", description="size of all text: 100, 112.5, 125 or 150 percent"
    )
    pass_mark: float = Field(0.7, gt=0, lt=1, description="share of right items that passes")
    outside_share: float = Field(
        0.1, ge=0.1, le=1, description="share of the exam that the pack does not cover"
    )
    coach: bool = Field(True, description="whether the reading coach steps in")
    letters: bool = Field(True, description="whether options carry the letters A to E")
    mock_time: float = Field(
        1.0, ge=1, le=2, description="time of a mock exam as a multiple of the usual one"
    )
    mock_seconds: bool = Field(True, description="whether the clock of a mock shows seconds")


class Settings(Payload):
    """Some settings changed. Names that are missing stay as they were; the latest value wins."""

    values: Record = Field(description="setting name to its new value")

    @field_validator("values")
    @classmethod
    def _known_names_have_their_form(cls, values: Record) -> Record:
        SettingValues.model_validate(values)
        return values


class PlanMade(Payload):
    """The plan was made anew for the days that are left."""

    date: Day = Field(description="study day that the plan starts on")
    exam_date: Day | None = Field(description="date of the exam, if set")
    minutes: Count = Field(description="minutes planned for that day")
    blocks: list[Record] = Field(description="blocks of the first day, in order")
    days: list[Record] = Field(description="all days to the exam, the first one included")


class SessionStarted(Payload):
    """A stretch of practice began."""

    session: Name = Field(description="id of the session")
    purpose: Literal[
        "opening", "diagnostic", "evening", "topic", "rule", "more", "recall", "check", "lab"
    ] = Field(description="what the session is for")
    minutes: Count = Field(description="minutes planned; 0 when open-ended")
    target: Name | None = Field(
        None, description="id of the topic, rule, resource or lab that it is limited to"
    )
    seed: int = Field(description="seed of all draws in this session")


class SessionFinished(Payload):
    """A stretch of practice ended."""

    session: Name = Field(description="id of the session")


class ItemShown(Payload):
    """An item was put before the candidate. Kept before the page is rendered."""

    presentation: Name = Field(description="id of this showing, unique")
    session: Name | None = Field(description="session that it belongs to")
    form: Name | None = Field(description="form that it belongs to")
    ordinal: Count = Field(description="place in the session or form")
    purpose: Name = Field(description="why this item, in the words of the policy")
    step: Literal["full", "completion", "pair", "worked", "opening", "diagnostic", "refutation"] = (
        Field(description="how much help the item comes with")
    )
    aided: bool = Field(description="whether help was on the page before the response")
    item: Record = Field(
        description="the item as shown: full text, option order, rationales, decisive spans, ids"
    )
    pack_hash: Name = Field(description="content hash of the pack")
    generator: Name = Field(description="version of the generator")


class Elimination(Payload):
    """One option struck out, and why."""

    option: Count = Field(description="position as shown, from 0")
    reason: Prose = Field(description="reason that was chosen")
    words: Positions = Field(
        default_factory=list, description="word indices into the stem that rule it out, from 0"
    )


class Responded(Payload):
    """The candidate's response. Its client key is the presentation id: one response for each."""

    presentation: Name = Field(description="id of the showing")
    chosen: Positions = Field(description="positions as shown, from 0; empty when typed")
    typed: Prose | None = Field(None, description="text of a recall or compute item")
    confidence: Annotated[int, Field(ge=1, le=3)] | None = Field(
        None, description="1 guess, 2 likely, 3 certain"
    )
    milliseconds: Count = Field(description="time from showing to response")
    eliminated: list[Elimination] = Field(default_factory=list, description="options struck out")
    marked: Positions = Field(
        default_factory=list, description="word indices into the stem as shown, from 0"
    )
    aids: list[str] = Field(default_factory=list, description="help that was opened")


class Flipped(Payload):
    """ "What if this fact were different?", put and scored."""

    presentation: Name = Field(description="id of the showing")
    flip: Count = Field(description="which flip of the item, from 0")
    chosen: Count | None = Field(description="position as shown, from 0; null when skipped")
    right: bool = Field(description="whether the choice was the key of the flipped situation")


class Withdrawn(Payload):
    """The response was taken back; possible until the session shows its next item."""

    presentation: Name = Field(description="id of the showing")


class LessonRead(Payload):
    """Teaching text was read."""

    lesson: Name = Field(description="id of the topic, decision or misconception")
    step: Literal["topic", "brief", "worked", "refutation"] = Field(
        description="which part of the teaching"
    )
    rules: list[str] = Field(description="ids of the rules that it teaches")
    milliseconds: Count = Field(description="time that the text was open")
    session: Name | None = Field(default=None, description="id of the session, if read in one")


class ItemDisputed(Payload):
    """The candidate holds an item to be wrong; its rules leave the forecast until settled."""

    presentation: Name = Field(description="id of the showing")
    situation: Name = Field(description="id of the situation")
    rules: list[str] = Field(description="ids of the rules that are in doubt")
    text: Prose = Field(description="the candidate's words")


class DisputeSettled(Payload):
    """A dispute came to an end."""

    presentation: Name = Field(description="id of the showing")
    outcome: Name = Field(description="what came of it, as kept, corrected or retired")
    text: Prose = Field(description="the reason")


class Note(Payload):
    """A note on a rule, topic, item or page. The latest one about the same thing wins."""

    about: Name = Field(description="id of what the note is about")
    text: Prose = Field(description="the note; empty removes it")


class Bookmark(Payload):
    """A bookmark set or taken away. The latest one about the same thing wins."""

    about: Name = Field(description="id of what is marked")
    on: bool = Field(description="whether it is marked now")


class Checkpoint(Payload):
    """A result of items that are not ours, as the official samples, entered by hand."""

    which: Name = Field(description="which set of items")
    date: Day = Field(description="day on which it was done")
    right: Count = Field(description="number of right items")
    of: int = Field(ge=1, description="number of items")
    allowance: LearnedAllowance | None = Field(
        None, description="what the outcome taught on the step from our items to the exam's"
    )

    @field_validator("of")
    @classmethod
    def _no_more_right_than_there_are(cls, of: int, info: object) -> int:
        right = getattr(info, "data", {}).get("right", 0)
        if right > of:
            raise ValueError(f"{right} right of {of} is not possible")
        return of


class ResourceDone(Payload):
    """A resource was worked through, or is open again."""

    resource: Name = Field(description="id of the resource")
    done: bool = Field(description="whether it is done now")


class ResourceRated(Payload):
    """The candidate's own rating of a resource. The latest wins."""

    resource: Name = Field(description="id of the resource")
    rating: Annotated[int, Field(ge=1, le=10)] | None = Field(
        description="1 to 10; null takes the rating back"
    )
    note: Prose | None = Field(None, description="what it was good for")
