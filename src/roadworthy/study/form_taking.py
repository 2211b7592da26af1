"""Taking a form: start, respond, finish. Each is committed to the journal before it returns.

The clock stands in the journal: a form ends at its deadline, whether a page is open or not. What
is said twice is kept once, and what another tab has overtaken is refused with the form as it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from roadworthy.errors import Conflict, NotThere
from roadworthy.items.identity import digest, generator_hash
from roadworthy.journal.conflicts import KeyTaken, LateResponse, StaleForm
from roadworthy.journal.event import utc_text
from roadworthy.learner.form_forecast import form_forecast
from roadworthy.study.course import Course
from roadworthy.study.form import Form, Scale, Used, draw_form, minutes_for, sizes
from roadworthy.study.form_view import FORM_KINDS, FormView, form_views
from roadworthy.study.standing import Standing

LONGEST_STAY_SECONDS = 7200
"""More time than this before one item is an open page that nobody read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a response. ``overtaken``: another one stands there; ``late``: time is up."""

    view: FormView
    overtaken: bool = False
    late: bool = False


class FormTaking:
    """The forms of one course. Safe to call from several threads."""

    def __init__(self, course: Course, standing: Standing, zone: str) -> None:
        self._course = course
        self._standing = standing
        self._zone = zone
        self._known: tuple[int, list[FormView]] = (-1, [])
        self._drawn: tuple[tuple[int, str], Form] | None = None

    # -- reading

    def forms(self) -> list[FormView]:
        """All forms, oldest first."""
        last = self._last_seq()
        if self._known[0] != last:
            self._known = (last, form_views(self._course.of_kinds(*FORM_KINDS)))
        return self._known[1]

    def form(self, name: str) -> FormView:
        """A form by its id. Raises ``NotThere``."""
        for view in self.forms():
            if view.form == name:
                return view
        raise NotThere("There is no such mock exam.", where=name, mend="Go to Mocks.")

    def open_form(self, now: datetime) -> FormView | None:
        """The form that is running; forms whose time is over are closed first."""
        self.close_overdue(now)
        return next((view for view in self.forms() if view.open), None)

    def used(self) -> Used:
        """What practice and earlier forms have shown."""
        in_forms: dict[str, int] = {}
        for view in self.forms():
            for place in view.places:
                situation = place.item.situation
                in_forms[situation] = in_forms.get(situation, 0) + 1
        seen = self._course.state().seen
        practiced = {one for one, times in seen.items() if times > in_forms.get(one, 0)}
        return Used(frozenset(practiced), in_forms)

    def next_name(self, scale: Scale) -> str:
        """The id of the next form of a scale: the same until something more is kept."""
        identity = self._course.journal.identity
        return digest("form", identity.journal, self._last_seq(), scale)

    def drawn(self, name: str, scale: Scale) -> Form:
        """The form that ``start`` would begin under this id. Raises ``ReserveTooSmall``."""
        key = (self._last_seq(), name)
        if self._drawn is None or self._drawn[0] != key:
            form = draw_form(
                self._course.generator,
                sizes(self._course.pack)[scale],
                number=len(self.forms()) + 1,
                seed=int(digest(name)[:7], 16),
                used=self.used(),
            )
            self._drawn = (key, form)
        return self._drawn[1]

    def minutes(self, size: int) -> float:
        """Time for a form of so many items, with the extra time that the candidate has set."""
        return minutes_for(size, self._course.pack) * self._course.state().settings.mock_time

    def _last_seq(self) -> int:
        events = self._course.events()
        return events[-1].seq if events else 0

    # -- acting

    def start(self, name: str, scale: Scale, *, now: datetime) -> FormView:
        """Begin a form, its forecast first; the same id again gives back the form that began.

        Raises ``Conflict`` while another form is open, and ``ReserveTooSmall``.
        """
        running = self.open_form(now)
        if any(view.form == name for view in self.forms()):
            return self.form(name)
        if running is not None:
            raise Conflict(
                "Another mock exam is running.",
                where=f"mock {running.number}",
                mend="Go on with it, or finish it first.",
            )
        form = self.drawn(name, scale)
        state, pack = self._course.state(), self._course.pack
        forecast = form_forecast(state, pack, form.items, now, form.seed)
        kept: list[tuple[str, dict[str, Any], str]] = [
            (
                "forecast",
                forecast.as_payload(name) | self._standing.exam_chances(now),
                f"forecast:{name}",
            ),
            ("form_started", self._started(name, scale, form, now), f"form:{name}"),
        ]
        with contextlib.suppress(KeyTaken):  # two clicks at once: the first form stands
            self._course.journal.append_all(kept, now=now, zone=self._zone)
        return self.form(name)

    def _started(self, name: str, scale: Scale, form: Form, now: datetime) -> dict[str, Any]:
        minutes = self.minutes(form.size)
        made = {"pack_hash": self._course.pack.hash, "generator": generator_hash()}
        return {
            "form": name,
            "size": form.size,
            "seed": form.seed,
            "deadline": utc_text(now + timedelta(minutes=minutes)),
            "allocation": dict(form.allocation),
            "presentations": [{"item": item.as_json(), **made} for item in form.items],
            "scale": scale,
            "asked": form.asked,
            "minutes": float(minutes),
            "missing": list(form.missing),
            "repeated": form.repeated,
        }

    def respond(
        self,
        name: str,
        ordinal: int,
        *,
        chosen: Sequence[int],
        flagged: bool,
        rev: int,
        milliseconds: int,
        now: datetime,
    ) -> Kept:
        """Keep what stands at a place. ``rev`` is the one that the page showed, plus one.

        Raises ``BadInput`` for a place or an option that the form does not have.
        """
        place = self.form(name).place(ordinal)
        if place is None or any(not 0 <= one < len(place.item.options) for one in chosen):
            raise NotThere(
                "This mock exam has no such item or option.",
                where=f"item {ordinal}",
                mend="Load the page again.",
            )
        payload: dict[str, Any] = {
            "form": name,
            "ordinal": ordinal,
            "chosen": sorted(set(chosen)),
            "flagged": flagged,
            "rev": rev,
            "milliseconds": min(milliseconds, LONGEST_STAY_SECONDS * 1000),
        }
        try:
            self._course.journal.append(
                "form_responded", payload, key=f"{name}:{ordinal}:{rev}", now=now, zone=self._zone
            )
        except LateResponse:
            self.close_overdue(now)
            return Kept(self.form(name), late=True)
        except (StaleForm, KeyTaken):
            view = self.form(name)
            stands = view.places[ordinal - 1]
            same = stands.chosen == tuple(payload["chosen"]) and stands.flagged == flagged
            return Kept(view, overtaken=not same, late=not view.open)
        return Kept(self.form(name))

    def finish(self, name: str, *, now: datetime, reason: str = "finished") -> FormView:
        """Close the answers; a second call changes nothing."""
        if self.form(name).open:
            payload = {"form": name, "reason": reason}
            with contextlib.suppress(StaleForm, KeyTaken):
                self._course.journal.append(
                    "form_finished", payload, key=f"finished:{name}", now=now, zone=self._zone
                )
        return self.form(name)

    def close_overdue(self, now: datetime) -> None:
        """Close every form whose time is over."""
        for view in self.forms():
            if view.time_over(now):
                self.finish(view.form, now=now, reason="time_over")
