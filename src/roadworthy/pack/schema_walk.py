"""What the schema says of a place in a document: its type, its fields, its name in words."""

from __future__ import annotations

import re
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from roadworthy.pack.marks import Loc

_NAMES = {"PackHead": "the pack", "TopicHead": "the front matter of a topic"}
_VOWELS = "aeiou"


def type_at(kind: Any, loc: Loc) -> Any:
    """The type below ``kind`` at ``loc``; None where the schema has no such place."""
    for step in loc:
        kind = _inside(kind, step)
    return kind


def _inside(kind: Any, step: str | int) -> Any:
    origin = get_origin(kind)
    if origin is Annotated:
        return _inside(get_args(kind)[0], step)
    if origin in (Union, UnionType):
        return next((found for arm in get_args(kind) if (found := _inside(arm, step))), None)
    if origin is dict:
        return get_args(kind)[1]
    if origin in (list, tuple):
        return get_args(kind)[0]
    field = fields_of(kind).get(str(step))
    return field.annotation if field else None


def fields_of(kind: Any) -> dict[str, FieldInfo]:
    """The fields of a model as they are written in YAML; {} for anything else."""
    if get_origin(kind) in (Union, UnionType, Annotated):
        arms = [fields_of(arm) for arm in get_args(kind)]
        return next((arm for arm in arms if arm), {})
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {field.alias or name: field for name, field in kind.model_fields.items()}
    return {}


def noun_of(kind: Any) -> str:
    """'a fact value' for ``FactValue``."""
    if get_origin(kind) in (Union, UnionType, Annotated):
        kind = next((arm for arm in get_args(kind) if fields_of(arm)), None)
    name = getattr(kind, "__name__", None)
    if name is None or not fields_of(kind):
        return "this place"
    if name in _NAMES:
        return _NAMES[name]
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"{'an' if words[0] in _VOWELS else 'a'} {words}"
