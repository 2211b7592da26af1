"""Field types and the strict base that all content models share.

Every model refuses unknown fields and silent conversions: a typing error in a pack is a problem
with its line, never a rule that quietly does not fire.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

YAML_TRAPS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "none", "y", "n"})


def _refuse_yaml_words(value: str) -> str:
    if value.lower() in YAML_TRAPS:
        raise ValueError(f"'{value}' reads as a YAML boolean or null; choose another id")
    return value


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

    source: Ident
    supports: Text
    checked: Annotated[date, Field(strict=False)]
    status: Status = "confirmed"
