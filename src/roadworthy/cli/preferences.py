"""``settings.toml`` in the home folder: what the commands take where no flag says otherwise.

    port = 8800         # of `roadworthy serve`; 8750 without it
    browser = false     # serve opens no browser
    pack = "gcp-pmle"   # what is studied: an id, or the path of a folder with a slash in it

The file is optional and is only read here, never written. What a candidate sets on the page
Settings (date, minutes, colors) is in the journal, since it belongs to the course.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from roadworthy.errors import SettingsBroken
from roadworthy.problem import Place

SETTINGS_FILE: Final = "settings.toml"
_WANTED: Final = {
    "port": "a whole number from 0 to 65535, as port = 8750",
    "browser": "true or false, as browser = false",
    "pack": "the id of a pack, in quotes",
}
_AT_LINE: Final = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_LONGEST_VALUE: Final = 40


class Preferences(BaseModel):
    """What the file says; None where it says nothing, and the command's own default stands."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    browser: bool | None = None
    pack: Annotated[str, Field(min_length=1)] | None = None


def read_preferences(home: Path) -> Preferences:
    """What ``home/settings.toml`` says; nothing without the file.

    Raises ``SettingsBroken``, with the file and the line, for text that is not TOML, a name that
    is no setting, and a value that cannot be used. All faults of values are named at once.
    """
    file = home / SETTINGS_FILE
    text = _text_of(file)
    if text is None:
        return Preferences()
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(file, text, str(error)) from error
    try:
        return Preferences.model_validate(content)
    except ValidationError as error:
        names = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_url=False))
        raise _unusable(file, text, content, names) from None


def unknown_pack(home: Path, pack: str, known: str) -> SettingsBroken:
    """The error for a pack that the file names and that does not exist; ``known`` is the mend."""
    file = home / SETTINGS_FILE
    line = _line_of("pack", _text_of(file) or "")
    return SettingsBroken(
        f"The settings file names the pack '{pack[:_LONGEST_VALUE]}', which is not there.",
        where=str(Place(str(file), line)),
        mend=known,
    )


def _text_of(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise SettingsBroken(
            "The settings file is not text in UTF-8.",
            where=str(Place(str(file), error.object.count(b"\n", 0, error.start) + 1)),
            mend="Save it as UTF-8, or remove it; every setting has a default.",
        ) from error
    except OSError as error:
        raise SettingsBroken(
            f"The settings file cannot be read: {error.strerror}.",
            where=str(file),
            mend="Make it a readable file, or remove it; every setting has a default.",
        ) from error


def _not_toml(file: Path, text: str, said: str) -> SettingsBroken:
    found = _AT_LINE.search(said)
    line, column = (int(found[1]), int(found[2])) if found else (len(text.splitlines()), 0)
    return SettingsBroken(
        f"The settings file is not TOML: {_AT_LINE.sub('', said).rstrip('.')}.",
        where=str(Place(str(file), line, column)),
        mend="Write one setting a line, text in quotes: port = 8750.",
    )


def _unusable(
    file: Path, text: str, content: dict[str, Any], names: Iterable[str]
) -> SettingsBroken:
    """One error for all faults: the place of the first, the lines of the others in the text."""
    faults = sorted((_line_of(name, text), name) for name in names)
    (first_line, _), *_ = faults
    said = [
        ("" if line == first_line else f"line {line}: ") + _fault(name, content[name])
        for line, name in faults
    ]
    unknown = any(name not in _WANTED for _, name in faults)
    names_known = f"Settings are {', '.join(_WANTED)}. " if unknown else ""
    return SettingsBroken(
        f"The settings file cannot be used: {'; '.join(said)}.",
        where=str(Place(str(file), first_line)),
        mend=f"{names_known}Correct the line, or remove it: each setting has a default.",
    )


def _fault(name: str, value: object) -> str:
    if name not in _WANTED:
        return f"there is no setting '{name[:_LONGEST_VALUE]}'"
    shown = repr(value) if not isinstance(value, bool) else str(value).lower()
    short = shown if len(shown) <= _LONGEST_VALUE else f"{shown[:_LONGEST_VALUE]}…"
    return f"{name} is {_WANTED[name]}, not {short}"


def _line_of(name: str, text: str) -> int:
    """The line where a setting or a table of that name begins; tomllib keeps no places."""
    begins = re.compile(rf"\s*\[{{0,2}}\s*[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    for number, line in enumerate(text.splitlines(), start=1):
        if begins.match(line):
            return number
    return 1
