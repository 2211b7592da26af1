"""Who has read which review matrix: ``reviews/matrices.yaml`` of a pack.

A signature names the hash of what was read, so that it ends when a text changes. It is no part of
the content: the hash of a pack does not cover it, and a copy without it serves the same items.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from roadworthy.errors import BadInput, PackBroken
from roadworthy.lint.matrix import Matrix
from roadworthy.pack.explain import explain
from roadworthy.pack.fields import Content, Day, Ident, Text
from roadworthy.pack.marks import read_marked

FILE = "reviews/matrices.yaml"
State = Literal["signed", "changed", "unsigned"]
_HEAD = """\
# Who has read which review matrix, and the hash of what was read. `roadworthy pack matrix ID` shows
# it, `roadworthy pack sign ID --by NAME` writes here, `roadworthy pack stale` lists what is unread.
"""


class Signature(Content):
    """Somebody has read each pair of a matrix, as it was when it had this hash."""

    hash: Text = Field(description="hash of the matrix that was read")
    by: Text = Field(description="who read it")
    on: Day = Field(description="the day on which it was read")


_KIND: TypeAdapter[dict[str, Signature]] = TypeAdapter(dict[Ident, Signature])


def read_signatures(pack_folder: Path) -> dict[str, Signature]:
    """Signatures by id; none where the file is not there. Raises PackBroken for one that is bad."""
    path = pack_folder / FILE
    if not path.exists():
        return {}
    try:
        marked, problems = read_marked(path.read_text(encoding="utf-8"), path.as_posix())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"The signatures cannot be read: {error}.", where=str(path), mend="Restore the file."
        ) from error
    signatures: dict[str, Signature] = {}
    if not problems and marked.value is not None:
        try:
            signatures = _KIND.validate_python(marked.value)
        except ValidationError as error:
            problems = explain(error, marked, dict[Ident, Signature])
    if problems:
        raise PackBroken(
            "The signatures of the review matrices do not load.",
            problems,
            mend="Mend what is listed, or take the entry out and sign anew.",
        )
    return signatures


def write_signature(pack_folder: Path, matrix: Matrix, signature: Signature) -> None:
    """Add or replace one signature. Raises BadInput where the folder cannot be written."""
    signatures = read_signatures(pack_folder) | {matrix.id: signature}
    content = {name: signatures[name].model_dump(mode="python") for name in sorted(signatures)}
    path = pack_folder / FILE
    try:
        path.parent.mkdir(exist_ok=True)
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        path.write_text(_HEAD + text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            f"The signature cannot be written: {error.strerror}.",
            where=str(path),
            mend="Name a folder of your own with --pack.",
        ) from error


def state_of(matrix: Matrix, signatures: dict[str, Signature]) -> State:
    """Whether the matrix was read as it is now."""
    signature = signatures.get(matrix.id)
    if signature is None:
        return "unsigned"
    return "signed" if signature.hash == matrix.hash else "changed"
