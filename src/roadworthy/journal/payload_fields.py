"""The field types that payloads share, and the strictness that all of them have."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from roadworthy.journal.event import parse_utc


class Payload(BaseModel):
    """What one kind of event says. Nothing is coerced, and nothing unknown is let in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def _calendar_day(text: str) -> str:
    # date.fromisoformat also takes week dates and dates without dashes; one spelling is enough.
    if len(text) != 10:
        raise ValueError("write a date as 2026-11-24")
    date.fromisoformat(text)
    return text


def _utc_moment(text: str) -> str:
    parse_utc(text)
    return text


def _each_once(values: list[int]) -> list[int]:
    if len(set(values)) != len(values):
        raise ValueError("name each position once")
    return values


Name = Annotated[str, Field(min_length=1, max_length=200)]
Day = Annotated[str, AfterValidator(_calendar_day)]
Moment = Annotated[str, AfterValidator(_utc_moment)]
Share = Annotated[float, Field(ge=0, le=1)]
LARGEST = 10**12
"""No time in milliseconds and no place comes near; a huge number would break every later replay."""
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Ordinal = Annotated[int, Field(ge=1)]
Prose = Annotated[str, Field(max_length=20_000)]
Record = dict[str, JsonValue]
Positions = Annotated[list[Annotated[int, Field(ge=0, le=LARGEST)]], AfterValidator(_each_once)]


class LearnedAllowance(Payload):
    """How much harder the real exam is than our items, in logits, after an outcome."""

    mean: float = Field(description="mean")
    sd: float = Field(gt=0, description="standard deviation")
