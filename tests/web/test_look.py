"""The look that the reader's machine and eyes ask for: text size, motion, paper."""

from __future__ import annotations

import re
from pathlib import Path

from roadworthy.web import app
from roadworthy.web.settings_form import TEXT_SIZES

CSS = app.STATIC / "css"
TEMPLATES = CSS.parents[1] / "templates"
MOVING = re.compile(r"\b(?:transition|animation)(?:-[a-z]+)?\s*:|scroll-behavior|@keyframes")
STILL = re.compile(
    r"@media \(prefers-reduced-motion: reduce\) \{ \*, \*::before, \*::after "
    r"\{ transition: none !important; animation: none !important; \} \}"
)
VARIABLE = re.compile(r"(--[a-z0-9-]+): (#[0-9A-Fa-f]{6})")


def sheets() -> dict[str, str]:
    """Name and text of all style sheets."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(CSS.glob("*.css"))}


def test_each_text_size_has_its_class() -> None:
    """Every size of Settings but the usual one changes the root, each by more than the last."""
    found = dict(re.findall(r"html\.text-(\w+) \{ font-size: ([\d.]+)%; \}", sheets()["tokens"]))
    assert list(found) == [name for name, _ in TEXT_SIZES if name != "usual"]
    assert [float(size) for size in found.values()] == sorted(map(float, found.values()))
    assert {words for _, words in TEXT_SIZES} >= {f"{int(float(one))}%" for one in found.values()}


def test_letters_follow_the_root() -> None:
    """No text but that of drawings has a size in pixels, so the setting reaches all of it."""
    fixed = [
        (name, rule)
        for name, text in sheets().items()
        for rule in re.findall(r"([^{}]+)\{[^}]*\bfont(?:-size)?:[^;}]*\d(?:\.\d+)?px", text)
        if not re.search(r"\btext\b|tspan|svg", rule)
    ]
    assert fixed == []


def test_nothing_moves_where_motion_is_not_wanted() -> None:
    """One rule stills every transition and animation; nothing that it cannot reach moves."""
    texts = sheets()
    assert STILL.search(texts["base"])
    moving = {name for name, text in texts.items() if MOVING.search(STILL.sub("", text))}
    assert moving, "the rule has something to still"
    assert not any("scroll-behavior: smooth" in text for text in texts.values())
    assert not any(
        important.startswith(("transition", "animation"))
        for text in texts.values()
        for important in re.findall(r"[\w-]+:[^;}]*!important", STILL.sub("", text))
    )
    drawn = [*TEMPLATES.glob("*.html"), CSS.parent / "icon.svg", *packs("*.svg")]
    assert not [path for path in drawn if re.search(r"<animate|<set ", path.read_text("utf-8"))]
    scripts = "".join(path.read_text("utf-8") for path in (CSS.parent / "js").glob("*.js"))
    assert "smooth" not in scripts and "startViewTransition" not in scripts


def packs(pattern: str) -> list[Path]:
    """Files of the packs of this repository."""
    return list((Path(__file__).parents[2] / "packs").rglob(pattern))


def test_paper_has_the_light_colors() -> None:
    """Print sets every color of the light theme again, also for a reader of the dark one."""
    light = re.search(r":root \{.*?\}", sheets()["tokens"], re.DOTALL)
    assert light is not None
    assert dict(VARIABLE.findall(sheets()["print"])) == dict(VARIABLE.findall(light[0]))
    shell = (TEMPLATES / "_shell.html").read_text(encoding="utf-8")
    assert '"print") %}' in shell, "the last sheet wins"


def test_a_key_that_is_content_is_never_hidden() -> None:
    """Where no keyboard is likely, keys go beside a control's words only, never in a list."""
    rules = re.findall(r"([^{}]+)\{[^{}]*display: none[^{}]*\}", "".join(sheets().values()))
    hidden = {
        one.strip() for rule in rules for one in rule.split(",") if one.strip().endswith("kbd")
    }
    assert ".button kbd" in hidden
    assert [one for one in hidden if one in ("kbd", "dd kbd", "main kbd", ".keys-list kbd")] == []


def test_paper_has_no_header_and_no_controls() -> None:
    """Bars of pages and rooms, buttons and forms of a page are hidden on paper."""
    hidden = re.search(r"([^{}]+)\{ display: none; \}", sheets()["print"])
    assert hidden is not None
    names = {name.strip() for name in hidden[1].split(",")}
    assert {".top", ".bar", ".foot", ".foot-line", ".button", ".noted details"} <= names
    assert "kbd" not in names, "the page of keys is for paper too"


def test_paper_leaves_out_what_is_there() -> None:
    """Each class that print hides or lays out is one that a page has."""
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    named = set(re.findall(r"\.([a-z][a-z-]+)", sheets()["print"].partition("@media")[2]))
    assert len(named) > 15
    assert [one for one in sorted(named) if one not in pages and one != "chart"] == []
