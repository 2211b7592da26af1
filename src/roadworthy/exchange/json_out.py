"""Own answers and what was imported as JSON, and the schema of that file.

The schema is published as ``docs/exchange.schema.json``; ``tools/exchange_schema.py`` writes it.
"""

from __future__ import annotations

import json
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from roadworthy.exchange.answers import AnswerRow
from roadworthy.journal.payloads_record import ForeignItem, ForeignResponse

FORMAT: Final = "roadworthy-answers"
SCHEMA_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class AnswersFile(BaseModel):
    """What ``roadworthy export json`` writes."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    format: Literal["roadworthy-answers"] = Field(description="names this kind of file")
    version: Literal[1] = Field(description="version of this format")
    made_at: str = Field(description="moment of the export, UTC")
    program: str = Field(description="version of Roadworthy")
    pack: str = Field(description="id of the pack")
    pack_hash: str = Field(description="content hash of the pack at the export")
    answers: tuple[AnswerRow, ...] = Field(description="answers, oldest first")
    foreign_items: tuple[ForeignItem, ...] = Field(description="items that were imported")
    foreign_responses: tuple[ForeignResponse, ...] = Field(description="answers that were imported")


def as_json(file: AnswersFile) -> str:
    """The text of the file, one field a line, ended by a line end."""
    return json.dumps(file.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def file_of(text: str) -> AnswersFile:
    """The inverse of ``as_json``. Raises pydantic's ``ValidationError`` for any other text."""
    return AnswersFile.model_validate_json(text)


def schema() -> dict[str, Any]:
    """The JSON schema of the file."""
    made = AnswersFile.model_json_schema()
    return {"$schema": SCHEMA_DIALECT, "title": "Roadworthy answers"} | {
        name: value for name, value in made.items() if name != "title"
    }


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
