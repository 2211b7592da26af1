"""What is said on a page after a note was changed; every page may have to say it."""

from __future__ import annotations

DONE = {
    "note": "Note saved.",
    "gone": "Note removed.",
    "undone": "The note before is back.",
    "unmarked": "Bookmark taken away.",
}
"""What is said after a change, by the word ``noted`` in the address."""
