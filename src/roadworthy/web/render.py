"""Templates, and what all pages know: theme, days to the exam, form token, place in navigation."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup, escape

from roadworthy.items.item import Item
from roadworthy.journal.event import zone_named
from roadworthy.study.noted import all_kept
from roadworthy.study.notes import LONGEST_NOTE, Kept
from roadworthy.web.guard import TOKEN_FIELD, Guard
from roadworthy.web.note_words import DONE
from roadworthy.web.typography import set_type
from roadworthy.workspace import Workspace

_HOW_READ = re.compile(r" \((?:stored cop|public cop|address seen|secondary|read )[^)]*\)$")
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
TEMPLATES = Path(__file__).parent / "templates"
NUMBER_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
PLACES = (
    ("today", "Today", "/today", "t"),
    ("plan", "Plan", "/plan", "p"),
    ("learn", "Learn", "/learn", "l"),
    ("mocks", "Mocks", "/mocks", "m"),
    ("progress", "Progress", "/progress", "r"),
)


class Compiled(BytecodeCache):
    """The code of templates, compiled once in a process for all workspaces that it opens.

    Jinja names a bucket by the template and checks it by a digest of its source.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


class Renderer:
    """Renders pages of one workspace."""

    def __init__(self, workspace: Workspace, guard: Guard) -> None:
        self.workspace = workspace
        self.guard = guard
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=COMPILED,
        )
        self.environment.filters.update(
            day=day_words,
            short_day=short_day,
            short_title=short_title,
            source_title=source_title,
            plural=plural,
            letter=letter,
            short_rule=short_rule,
            coded=coded,
            percent=percent,
            iso_day=iso_day,
            year_day=year_day,
            signed=signed,
            minutes=minutes_words,
            clock=clock_words,
            hours=hours_words,
        )
        self.environment.globals.update(
            places=PLACES,
            token_field=TOKEN_FIELD,
            rule_words=rule_words,
            likely=likely,
            local=lambda at: at.astimezone(zone_named(workspace.zone)),
            longest_note=LONGEST_NOTE,
        )

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        place: str | None = None,
        **context: Any,
    ) -> HTMLResponse:
        """A page. ``place`` is the current one of the five, for the navigation."""
        now = self.workspace.now()
        state = self.workspace.course.state()
        noted = request.query_params.get("noted", "")
        notes = cache(lambda: all_kept(self.workspace))  # read once, and only if a page asks
        text = self.environment.get_template(template).render(
            place=place,
            theme=state.settings.theme,
            text_size=state.settings.text_size,
            letters=state.settings.letters,
            enrolled=state.enrolled_at is not None,
            days_to_exam=self.workspace.days_to_exam(now),
            today=self.workspace.today(now),
            token=self.guard.token(request),
            path=request.url.path,
            noted=noted,
            noted_words=DONE.get(noted, ""),
            kept_on=lambda about: notes().get(about, Kept(about)),
            settings=state.settings,
            pack=self.workspace.pack,
            **context,
        )
        return HTMLResponse(set_type(text), status_code=status)

    def bare(self, template: str, *, status: int, **context: Any) -> HTMLResponse:
        """A page that needs neither journal nor clock."""
        text = self.environment.get_template(template).render(**context)
        return HTMLResponse(set_type(text), status_code=status)


def renderer(request: Request) -> Renderer:
    """The renderer of the application (a FastAPI dependency)."""
    found: Renderer = request.app.state.renderer
    return found


def workspace(request: Request) -> Workspace:
    """The open workspace (a FastAPI dependency)."""
    found: Workspace = request.app.state.workspace
    return found


def see_other(path: str) -> RedirectResponse:
    """The answer to a POST: look there."""
    return RedirectResponse(path, status_code=303)


async def checked_form(request: Request) -> dict[str, list[str]]:
    """The fields of a form after its token was checked (a FastAPI dependency)."""
    form = await request.form()
    token = form.get(TOKEN_FIELD)
    request.app.state.guard.check_token(request, token if isinstance(token, str) else None)
    fields = {name: [str(value) for value in form.getlist(name)] for name in form}
    # For the page of an error that passes, as a full disk: it offers to send the same again.
    request.state.sent = {name: values for name, values in fields.items() if name != TOKEN_FIELD}
    return fields


def first(form: dict[str, list[str]], name: str, default: str = "") -> str:
    """The first value of a field."""
    return form.get(name, [default])[0]


def whole(form: dict[str, list[str]], name: str) -> int | None:
    """A field as a whole number of at most 12 figures; None when it is missing or not one."""
    text = first(form, name).strip()
    return int(text) if _WHOLE.fullmatch(text) else None


def day_words(day: date | datetime) -> str:
    """'Tuesday 24 November'."""
    return f"{day:%A} {day.day} {day:%B}"


def short_day(day: date | datetime) -> str:
    """'24 Nov'."""
    return f"{day.day} {day:%b}"


def short_title(title: str) -> str:
    """'Privacy: quarantine first, then …' as 'Privacy', for a button."""
    return title.partition(":")[0]


def source_title(title: str) -> str:
    """The title of a source without our note on which copy of it was read."""
    return _HOW_READ.sub("", title)


def year_day(day: date | datetime) -> str:
    """'24 Nov 2026'."""
    return f"{short_day(day)} {day.year}"


def iso_day(text: str) -> str:
    """'2026-11-24' as '24 Nov 2026'."""
    return year_day(date.fromisoformat(text))


def rule_words(rules: Sequence[str], item: Item) -> str:
    """What to call the rule that an option fell to: 'TR9', or 'Your goal'."""
    if not rules:
        return ""
    del item  # an item over two decisions has rules of both
    name = short_rule(rules[0])
    return "Your goal" if name.startswith("goal:") else name


def coded(text: str) -> Markup:
    """Plain text with what stands between backticks as code."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else part
        for place, part in enumerate(parts)
    )


def short_rule(rule: str) -> str:
    """'retraining-trigger.TR9' as 'TR9'."""
    return rule.split(".", 1)[-1]


def plural(count: float, one: str, many: str | None = None) -> str:
    """'1 item', '2 items'."""
    shown = f"{count:g}" if isinstance(count, float) else str(count)
    return f"{shown} {one if count == 1 else many or one + 's'}"


def letter(place: int) -> str:
    """The letter of a position, from 0."""
    return "ABCDEFGH"[place]


def percent(share: float) -> str:
    """0.61 as '61'."""
    return f"{round(share * 100)}"


def likely(low: float, high: float) -> str:
    """'likely between 48 and 73'; 'between 0 and 1' where both ends round to nothing."""
    if round(high * 100) == 0:
        return "likely between 0 and 1"
    return f"likely between {percent(low)} and {percent(high)}"


def signed(points: float) -> str:
    """'+0.6' or '−0.7' with a true minus."""
    rounded = round(points, 1)
    return f"{'+' if rounded >= 0 else '−'}{abs(rounded):.1f}"


def minutes_words(seconds: float) -> str:
    """Seconds as '2:14'."""
    whole_seconds = int(seconds)
    return f"{whole_seconds // 60}:{whole_seconds % 60:02d}"


def hours_words(seconds: float, fine: bool = True) -> str:
    """Seconds, rounded up, as '1:01:48' or '9:05'; if not ``fine``, '1 h 2 min' until the last."""
    whole_seconds = max(0, math.ceil(seconds))
    if not fine and whole_seconds > 60:
        hours, minutes = divmod(math.ceil(whole_seconds / 60), 60)
        return f"{hours} h {minutes} min" if hours else f"{minutes} min"
    hours, rest = divmod(whole_seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return f"{rest // 60}:{rest % 60:02d}"


def clock_words(moment: datetime) -> str:
    """'19:05'."""
    return f"{moment:%H:%M}"


def marked_stem(stem: str, decisive: Sequence[tuple[int, int]], *, show: bool) -> Markup:
    """The stem as words; with ``show`` the deciding words are marked."""
    words = stem.split()
    if not show:
        return escape(" ".join(words))
    parts: list[Markup] = []
    starts = dict(decisive)
    begin = place = 0
    while place < len(words):
        end = starts.get(place)
        if end is None:
            place += 1
            continue
        if begin < place:
            parts.append(escape(" ".join(words[begin:place])))
        text = " ".join(words[place:end])
        tail = ""
        while text and text[-1] in ".,;:":
            text, tail = text[:-1], text[-1] + tail
        parts.append(Markup('<mark class="deciding">{}</mark>{}').format(text, tail))
        begin = place = end
    if begin < len(words):
        parts.append(escape(" ".join(words[begin:])))
    return Markup(" ").join(parts)
