"""Field types and the strict base that all content models share.

Every model refuses unknown fields and silent conversions: a typing error in a pack is a problem
with its line, never a rule that quietly does not fire.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

YAML_TRAPS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "none", "y", "n"})


def _refuse_yaml_words(value: str) -> str:
    if value.lower() in YAML_TRAPS:
        raise ValueError(f"'{value}' reads as a YAML boolean or null; choose another id")
    return value


def _require_iso(value: object) -> object:
    """Pydantic would read '86400' as the second day of 1970; only 2026-11-24 is a day here."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value
    if isinstance(value, date):
        return value
    raise PydanticCustomError("date_type", "not a date like 2026-11-24")


Day = Annotated[date, Field(strict=False), BeforeValidator(_require_iso)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Ident = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=60),
    AfterValidator(_refuse_yaml_words),
]
RuleIdent = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}[0-9]{1,2}$")]
Strength = Literal["impossible", "breaks_limit", "worse", "unrequested_work", "deprecated"]
Status = Literal["confirmed", "unconfirmed"]
GoalIdent = Literal[
    "operations", "cost", "time", "latency", "serverless", "security", "explainability", "change"
]


class Content(BaseModel):
    """Base of all content: strict, closed, frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sourced(Content):
    """A claim with its evidence.

    ``supports`` says in our own 10 to 25 words what the source says on this claim; ``checked`` is
    the day on which somebody read it there. A claim whose source was not seen is ``unconfirmed``
    and is never served.
    """

    source: Ident = Field(description="id in sources.yaml")
    supports: Text = Field(
        description="what the source says on this very point, in our own 10 to 25 words"
    )
    checked: Day = Field(description="the day on which somebody read it there")
    status: Status = Field(
        default="confirmed", description="unconfirmed: nobody saw the source; never served"
    )
