"""One session in a terminal: the calls of the browser, asked for by letters and shown as lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import typer

from roadworthy.cli.paper import (
    LETTERS,
    item_lines,
    letter,
    plain,
    reason_lines,
    sentence,
    table_lines,
    trace_lines,
    wrapped,
)
from roadworthy.study.course import Position
from roadworthy.study.session_view import Shown
from roadworthy.study.step import Read
from roadworthy.workspace import Workspace

CONFIDENCE = {"1": "guessed", "2": "were fairly sure", "3": "were certain"}


class Leave(Exception):
    """The candidate goes: by q, by the end of the input, or by Ctrl+C."""


class TerminalSession:
    """Runs a session to its end or until the candidate leaves; what was answered is kept."""

    def __init__(self, desk: Workspace, session: str) -> None:
        self.desk = desk
        self.session = session

    def run(self) -> None:
        """Go through the session, then say how it went."""
        try:
            while True:
                position = self.desk.course.advance(self.session, now=self.desk.now())
                if position.finished is not None:
                    say(wrapped(position.finished.why))
                    break
                self._step(position)
        except (Leave, KeyboardInterrupt):
            say("", "You left; everything up to here is saved.")
        self._end()

    def _step(self, position: Position) -> None:
        if position.read is not None:
            self._read(position, position.read)
        elif position.shown is not None:
            self._item(position, position.shown)

    # -- teaching

    def _read(self, position: Position, read: Read) -> None:
        decision = self.desk.pack.decisions[read.decision]
        began = self.desk.now()
        say("", rule(f"Read · {self.desk.fill(decision.title)}"), wrapped(read.why), "")
        if read.step == "worked" and read.item is not None:
            say(*item_lines(read.item), "", "The trace:", *trace_lines(read.item), "")
            say(*reason_lines(self.desk, read.item))
        else:
            for paragraph in plain(self.desk, decision.teach.brief):
                say(paragraph, "")
            say("What decides:", *table_lines(self.desk, read.decision), "")
            say("What is often believed:")
            for belief in decision.teach.misconceptions.values():
                say(wrapped(f"“{self.desk.fill(belief.belief)}”", "    ", "  - "))
                say(wrapped(self.desk.fill(belief.refutation), "    "))
        self._ask("Enter goes on, q leaves: ", {""})
        times = sum(done == (read.decision, read.step) for done in position.view.read)
        now = self.desk.now()
        self.desk.course.read_lesson(
            read.decision,
            read.step,
            session=self.session,
            milliseconds=int((now - began).total_seconds() * 1000),
            key=f"read:{self.session}:{read.decision}:{read.step}:{times}",
            now=now,
        )

    # -- an item

    def _item(self, position: Position, shown: Shown) -> None:
        item = shown.item
        say("", rule(f"Item {len(position.view.shown)} · {item.title}"))
        if position.why:
            say(wrapped(position.why))
        say("", *item_lines(item), "")
        began = self.desk.now()
        last = LETTERS[len(item.options) - 1]
        letters = LETTERS[: len(item.options)]
        if len(item.keys) == 2:
            both = {f"{one}{other}" for one in letters for other in letters if one != other}
            chosen = self._ask(f"Your two answers, as {letters[0]}{letters[1]}, or q: ", both)
        else:
            chosen = self._ask(f"Your answer, a to {last}, or q to leave: ", letters)
        sure = self._ask("How sure? 1 guess, 2 fairly, 3 certain: ", CONFIDENCE)
        now = self.desk.now()
        self.desk.course.answer(
            shown.presentation,
            chosen=[LETTERS.index(one) for one in chosen],
            confidence=int(sure),
            milliseconds=int((now - began).total_seconds() * 1000),
            now=now,
        )
        self._why(shown.presentation, CONFIDENCE[sure])

    def _why(self, presentation: str, sure: str) -> None:
        _, shown = self.desk.course.presentation(presentation)
        item = shown.item
        keys, picked = named_letters(item.keys), named_letters(shown.picked)
        are, it = ("are the keys", "them") if len(item.keys) > 1 else ("is the key", "it")
        if shown.right:
            say("", f"{keys} {are}. You chose {it} and {sure}.")
        elif picked:
            say("", f"You chose {picked} and {sure}. {keys} {are}.")
        responses = self.desk.course.state().responses
        no_weight = next(
            (one.why_no_weight for one in responses if one.presentation == presentation), None
        )
        if no_weight:
            say(wrapped(no_weight))
        say("", *reason_lines(self.desk, item), "")
        flip = bool(item.flips) and shown.flip is None
        while True:
            hint = "Enter goes on, u takes it back, " + ("f flips one fact, " if flip else "")
            said = self._ask(f"{hint}q leaves: ", {"", "u", "f"} if flip else {"", "u"})
            if said == "u":
                self.desk.course.undo(presentation, now=self.desk.now())
            if said != "f":
                return
            self._flip(presentation, shown)
            flip = False

    def _flip(self, presentation: str, shown: Shown) -> None:
        change = shown.item.flips[0]
        last = LETTERS[len(shown.item.options) - 1]
        say("", wrapped(f"Suppose instead: {sentence(change.instead)}"))
        said = self._ask(
            f"Which is the key now? a to {last}, or 0 for none: ",
            {*LETTERS[: len(shown.item.options)], "0"},
        )
        chosen = None if said == "0" else LETTERS.index(said)
        self.desk.course.flip(presentation, flip=0, chosen=chosen, now=self.desk.now())
        right = "Yes." if chosen == change.key else "No."
        if change.key is None:
            say(wrapped(f"{right} None of them is left."))
        else:
            say(wrapped(f"{right} {letter(change.key)} is the key then. {change.why}"))
        for place, cell in enumerate(change.cells):
            say(wrapped(cell, "     ", f"  {letter(place)}  "))
        say("")

    def _end(self) -> None:
        view = self.desk.course.view(self.session)
        answered = view.answered
        right = sum(shown.right for shown in answered)
        minutes = round(view.used_seconds / 60)
        say("", f"{right} of {len(answered)} right, {minutes} min. See: roadworthy readiness")

    def _ask(self, prompt: str, allowed: Iterable[str]) -> str:
        """One of the allowed answers; asks again for others. Raises ``Leave``."""
        known = set(allowed)
        while True:
            typer.echo(prompt, nl=False)
            line = sys.stdin.readline()
            if not line:
                typer.echo()
                raise Leave
            said = line.strip().lower()
            if said == "q":
                raise Leave
            if said in known:
                return said
            choices = sorted(one for one in known if one)
            if any(len(one) == 2 for one in choices):
                typer.echo("Type two different letters, such as ac, or q.")
            else:
                typer.echo(f"That is not among {', '.join(choices) or 'Enter'} and q.")


def say(*lines: str) -> None:
    """Print the lines."""
    for line in lines:
        typer.echo(line)


def named_letters(places: Iterable[int]) -> str:
    """'C', or 'A and C' for two positions."""
    return " and ".join(letter(place) for place in places)


def rule(title: str) -> str:
    """A heading over the width of the terminal."""
    return f"-- {title} ".ljust(78, "-")
