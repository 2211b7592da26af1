"""Does an upload hold personal data? An upload has one letter a line, each a JSON object."""

import json

from engine import kinds


def findings(text):
    """The kinds of personal data in an upload, as a set; empty if it holds none of them.

    `text` is the whole upload. Clinics may add fields of their own, also nested ones. So every
    text of every letter is read, however deep it lies.
    """
    letters = [json.loads(line) for line in text.splitlines() if line.strip()]
    return kinds("\n".join(texts(letters)))


def texts(value):
    """All texts in a JSON value: names of fields, values, and what lists and objects hold."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)
