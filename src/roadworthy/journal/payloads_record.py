"""Payloads of forms, forecasts, results, labs, and what happened to the program itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from roadworthy.journal.payload_fields import (
    Count,
    Day,
    LearnedAllowance,
    Moment,
    Name,
    Ordinal,
    Payload,
    Positions,
    Prose,
    Record,
    Share,
)


class FormStarted(Payload):
    """A mock exam began. All of its items are frozen here."""

    form: Name = Field(description="id of the form")
    size: int = Field(ge=1, description="number of items")
    seed: int = Field(description="seed that the form was drawn with")
    deadline: Moment = Field(description="end, UTC; clock jumps shift it")
    allocation: Record = Field(description="section id to number of items")
    presentations: list[Record] = Field(
        description="the frozen items in order, one for each ordinal"
    )
    scale: Literal["full", "longest", "long", "half", "short"] = Field(
        "full", description="which length was wanted"
    )
    asked: Count = Field(0, description="number of items that was wanted; 0 means `size`")
    minutes: float = Field(0, ge=0, description="time for the form; 0 means until `deadline`")
    missing: list[str] = Field(
        default_factory=list, description="ids of considerations that the pack does not cover"
    )
    repeated: Count = Field(
        0, description="items whose situation an earlier form held; with any, it is not scored"
    )

    @model_validator(mode="after")
    def _one_presentation_for_each_place(self) -> FormStarted:
        if len(self.presentations) != self.size:
            raise ValueError(f"size is {self.size}, but {len(self.presentations)} presentations")
        return self


class FormResponded(Payload):
    """The response of one place of a form as it stands now. The highest rev is the valid one."""

    form: Name = Field(description="id of the form")
    ordinal: Ordinal = Field(description="place in the form, from 1")
    chosen: Positions = Field(description="positions as shown, from 0; empty clears the choice")
    flagged: bool = Field(description="whether the place is flagged")
    rev: Ordinal = Field(description="1 for the first response of this place, then one more each")
    milliseconds: Count = Field(0, description="time before this item since the last event of it")


class FormLate(Payload):
    """A form response that came after the deadline: refused, but not forgotten."""

    form: Name = Field(description="id of the form")
    ordinal: Ordinal = Field(description="place in the form, from 1")
    chosen: Positions = Field(description="positions as shown, from 0")
    flagged: bool = Field(description="whether the place was flagged")
    rev: Ordinal = Field(description="rev that was sent")
    milliseconds: Count = Field(0, description="time before this item since the last event of it")
    deadline: Moment = Field(description="the deadline that held, clock jumps included")
    seconds: float = Field(gt=0, description="seconds after the deadline")


class FormFinished(Payload):
    """A mock exam ended."""

    form: Name = Field(description="id of the form")
    reason: Name = Field(description="as finished or time_over")


class Chance(Payload):
    """A probability to pass with its interval."""

    p: Share = Field(description="probability to pass")
    low: Share = Field(description="lower end of the interval")
    high: Share = Field(description="upper end of the interval")


class Forecast(Payload):
    """A probability to pass, kept to be held against what happens. Never rewritten."""

    about: Literal["exam", "form"] = Field(description="what is forecast")
    form: Name | None = Field(None, description="id of the form, if about a form")
    score: list[Share] = Field(
        default_factory=list, description="expected share of right items: mean, low, high"
    )
    p: Share = Field(description="probability to pass")
    low: Share = Field(description="lower end of the interval")
    high: Share = Field(description="upper end of the interval")
    pass_mark: Share = Field(description="share of right items that was assumed to pass")
    model: Name = Field(description="version of the learner model")
    weights: Name = Field(description="hash of the model's weights")
    pack: Name = Field(description="content hash of the pack")
    today: Chance | None = Field(
        None, description="the exam after the coming night; null before there is a forecast"
    )
    followed: Chance | None = Field(
        None, description="the exam on its date if the plan is followed; null likewise"
    )
    skipped: Chance | None = Field(
        None, description="the same if nothing is studied today; null likewise"
    )
    exam_date: Day | None = Field(None, description="date of the exam, if set")
    lacking: list[str] = Field(
        default_factory=list, description="what is missing for a forecast without cap"
    )

    @model_validator(mode="after")
    def _interval_and_form_fit(self) -> Forecast:
        if self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        if (self.about == "form") != (self.form is not None):
            raise ValueError("a forecast about a form names it, one about the exam names none")
        return self


class ExamSat(Payload):
    """The real exam was taken."""

    date: Day = Field(description="day of the exam")
    passed: bool = Field(description="whether it was passed")
    weak_sections: list[str] = Field(description="ids of the sections that felt weak")
    text: Prose | None = Field(None, description="how it was, in the candidate's words")
    allowance: LearnedAllowance | None = Field(
        None, description="what the outcome taught on the step from our items to the exam's"
    )


class LabChecked(Payload):
    """A lab was checked."""

    lab: Name = Field(description="id of the lab")
    passed: bool = Field(description="whether all checks held")
    checks: list[JsonValue] = Field(description="each check with its result")


class LabPutOff(Payload):
    """The plan waits with a lab, or no longer. The latest wins."""

    lab: Name = Field(description="id of the lab")
    later: Day | None = Field(None, description="day from which the plan names it again")


class HintUsed(Payload):
    """A hint of a lab was opened."""

    lab: Name = Field(description="id of the lab")
    check: Name = Field(description="id of the check")
    degree: int = Field(ge=1, description="1 for the lightest hint, then more")


class WeightsAdopted(Payload):
    """The learner model took other weights."""

    hash: Name = Field(description="hash of the weights")
    source: Prose = Field(description="where they come from, with date")


class ForeignItem(Payload):
    """An item that is not ours. It is kept for its owner and stays out of the forecast."""

    id: Name = Field(description="id made from stem and options")
    stem: Prose = Field(description="stem")
    options: list[Prose] = Field(min_length=2, max_length=8, description="options, in order")
    key: Positions = Field(description="positions of the key, from 0")
    rationale: Prose = Field(description="why, or empty")
    provenance: Prose = Field(description="where it comes from")


class ForeignResponse(Payload):
    """An answer that was given in another program. It stays out of the forecast."""

    at: Moment = Field(description="when it was given, UTC")
    about: Prose = Field(description="what was asked, in words")
    right: bool = Field(description="whether it was right there")
    seconds: float | None = Field(ge=0, le=1e9, description="time used, if known")
    provenance: Prose = Field(description="where it comes from")


class Imported(Payload):
    """Something came in from another program. Foreign items stay out of the forecast."""

    source: Name = Field(description="file or program")
    provenance: Prose = Field(description="where its content comes from, as the candidate says")
    count: Count = Field(description="number of entries")
    batch: Name = Field("", min_length=0, description="id of what came in together")
    items: list[ForeignItem] = Field(default_factory=list, description="items that came in")
    responses: list[ForeignResponse] = Field(
        default_factory=list, description="answers that came in"
    )
    lost: list[Prose] = Field(
        default_factory=list, description="what did not come in, the first of it in words"
    )
    lost_count: Count = Field(0, description="how much did not come in")


class ImportUndone(Payload):
    """What came in together was taken out again."""

    batch: Name = Field(description="id of what came in together")


class PackChanged(Payload):
    """Another version of the pack is in use from here on."""

    before: Name = Field(description="content hash before")
    after: Name = Field(description="content hash after")


class PackChangeSeen(Payload):
    """The note on another version of the pack was dismissed."""

    before: Name = Field(description="content hash before")
    after: Name = Field(description="content hash after")


class ClockJumped(Payload):
    """The wall clock was set. Deadlines of open forms shift by this."""

    seconds: float = Field(description="how far the wall clock went; negative is backward")


class CalendarEntry(Payload):
    """One day as a calendar has it. ``sequence`` grows whenever anything else changes."""

    uid: Name = Field(description="id of the calendar event, the same for good")
    kind: Literal["evening", "exam"] = Field(description="a stretch of study, or the exam")
    date: Day = Field(description="study day")
    minutes: Count = Field(description="minutes of study; 0 for the exam")
    lines: list[str] = Field(description="what the day holds, in words")
    start: Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] = Field(
        description="local time at which it begins"
    )
    zone: Name = Field(description="time zone of that time")
    sequence: Count = Field(description="how often the event was changed")
    cancelled: bool = Field(description="whether the day was taken back")
    changed: Moment = Field(description="when it was changed last, UTC")


class CalendarGiven(Payload):
    """The plan left as a calendar: what the candidate's own calendar knows of it since."""

    entries: list[CalendarEntry] = Field(description="all events that were ever given, as given")
