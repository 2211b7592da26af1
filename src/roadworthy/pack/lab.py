"""``labs/<name>/lab.yaml``: a system that runs here, broken on purpose, and what proves it mended.

The folder beside the file holds ``starter/`` (what the candidate gets), ``solution/`` and
``wrong/<shortcut>/`` (files laid over the starter), and ``checks/checks.py`` with one function a
check. Labs say nothing about what an item says, so they are no part of the pack's hash.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from roadworthy.pack.fields import Content, Ident, Sourced, Text

RelativeFile = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_]+([./-][A-Za-z0-9_]+)*$", max_length=120),
]
RuleName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*\.[A-Za-z0-9_.:-]+$", max_length=120)
]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")]
Starter = Literal["fails", "passes", "waits"]


class LabPart(Sourced):
    """One part of the system: what it is in production, what stands for it here."""

    name: Text = Field(description="what the part does, in a few words")
    cloud: Text = Field(description="on the exam's platform this is …")
    here: Text = Field(description="here it is …")
    cannot_show: Text = Field(description="what this cannot show")


class LabStep(Content):
    """One step of the way: what to look at, what to change, and the checks that it mends."""

    title: Text = Field(description="an imperative of a few words")
    text: Text = Field(description="Markdown: what to look at and why; never the solution")
    files: list[RelativeFile] = Field(default=[], description="files of the starter to open")
    checks: list[Ident] = Field(default=[], description="checks that hold after this step")


class LabCheck(Content):
    """Something that the mended system does. Its function has this id with ``_`` for ``-``."""

    title: Text = Field(description="what holds, as a sentence")
    proves: Text = Field(description="how the check sees it, one sentence")
    starter: Starter = Field(description="what the starter gets: waits means one needed failed")
    starter_says: Text | None = Field(
        default=None, description="words of the message that the starter gets"
    )
    needs: list[Ident] = Field(default=[], description="checks that must hold before this runs")
    hints: list[Text] = Field(
        min_length=3, max_length=3, description="three degrees: where, what, how"
    )
    seconds: int = Field(default=60, ge=1, le=280, description="it is stopped after these")

    @model_validator(mode="after")
    def _reason_for_failing(self) -> LabCheck:
        if (self.starter == "fails") != (self.starter_says is not None):
            raise ValueError("`starter_says` belongs to a check that the starter fails, and to it")
        return self


class LabFault(Content):
    """A fault that was planted in the starter, and the rules of items that share it."""

    title: Text = Field(description="what is wrong, one sentence; shown after passing")
    check: Ident = Field(description="the check that catches it")
    rules: list[RuleName] = Field(
        default=[], description="rules 'decision.RU1' on the same; none where no item shares it"
    )


class Shortcut(Content):
    """A way to make the checks pass without mending; its files lie under ``wrong/<id>/``."""

    title: Text = Field(description="what somebody would do, one sentence")
    check: Ident = Field(description="the check that refuses it")
    says: Text = Field(description="words of the message that refuses it")


class Lab(Content):
    """One lab: story, parts, steps, checks, and the items that follow."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    id: Ident = Field(description="the name of its folder without the number")
    number: int = Field(ge=1, le=99, description="place in the order, the folder's number")
    title: Text = Field(description="what it is about")
    minutes: int = Field(ge=20, le=60, description="what it takes")
    environment: Ident = Field(description="id in labs/environments.yaml")
    story: Text = Field(description="Markdown: the organization and what went wrong, 60-160 words")
    objectives: list[Ident] = Field(min_length=1, description="objectives of the exam guide")
    rules: list[RuleName] = Field(
        min_length=5, description="rules of the items afterwards, at least five"
    )
    parts: list[LabPart] = Field(min_length=2, description="every part of the system")
    steps: list[LabStep] = Field(min_length=2, description="in order")
    checks: dict[Ident, LabCheck] = Field(min_length=2, description="by id, in the order they run")
    faults: list[LabFault] = Field(min_length=2, description="what was planted")
    shortcuts: dict[Ident, Shortcut] = Field(min_length=3, description="at least three, by id")
    reasons: dict[RelativeFile, Text] = Field(
        min_length=1, description="file of the solution -> why it is so, Markdown"
    )

    @model_validator(mode="after")
    def _names_its_checks(self) -> Lab:
        seen: set[str] = set()
        for name, check in self.checks.items():
            for needed in check.needs:
                if needed not in seen:
                    raise ValueError(f"check `{name}` needs `{needed}`, which no check above is")
            seen.add(name)
        named = [
            *((f"step `{step.title}`", one) for step in self.steps for one in step.checks),
            *((f"fault `{fault.title}`", fault.check) for fault in self.faults),
            *((f"shortcut `{name}`", one.check) for name, one in self.shortcuts.items()),
        ]
        for who, check_id in named:
            if check_id not in self.checks:
                raise ValueError(f"{who} names `{check_id}`, which is no check")
        if not any(check.starter == "fails" for check in self.checks.values()):
            raise ValueError("the starter must fail at least one check")
        return self


class LabEnvironment(Content):
    """Packages that several labs share, installed apart from the program."""

    title: Text = Field(description="what it holds, a few words")
    megabytes: int = Field(ge=1, description="what it takes on disk, measured")
    python_from: Version = Field(description="oldest Python that its lock was made for")
    python_below: Version = Field(description="first Python that it was not made for")
    built: list[Ident] = Field(
        default=[], description="packages that come as source and are built with its own tools"
    )
    switches: dict[str, str] = Field(
        default={}, description="variables that stop its tools from calling home"
    )


class LabEnvironments(Content):
    """``labs/environments.yaml``; the lock of each lies at ``environments/<id>.lock``."""

    schema_version: Literal[1] = Field(alias="schema", description="version of this format")
    environments: dict[Ident, LabEnvironment] = Field(min_length=1, description="by id")
