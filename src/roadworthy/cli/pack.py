"""``roadworthy pack``: is the content true and fair, what does it cover, what does it yield?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadworthy.cli import (
    pack_argue,
    pack_cues,
    pack_diff,
    pack_matrix,
    pack_new,
    pack_review,
    pack_stale,
)
from roadworthy.cli.pack_files import PAGES as PAGES
from roadworthy.cli.pack_files import count, material_of, with_decision
from roadworthy.cli.reading import PackOption, broken, printing, read_folder, whole_pack
from roadworthy.errors import BadInput, CheckFailed, PackBroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadworthy.lint.rule import LintRule
    from roadworthy.lint.run import Report
    from roadworthy.pack.load import Reading
    from roadworthy.pack.model import Pack
    from roadworthy.problem import Problem


def register(app: typer.Typer) -> None:
    """Add the group ``pack``."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command()(lint)
    group.command()(coverage)
    group.command(name="try")(try_decision)
    for module in (
        pack_argue,
        pack_cues,
        pack_diff,
        pack_matrix,
        pack_new,
        pack_stale,
        pack_review,
    ):
        module.register(group)
    app.add_typer(group, name="pack")


def _group() -> None:
    """Check content, count what it covers, and try out a decision."""


def lint(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Only this rule: a code or slug; may be given again."),
    ] = None,
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help="Only the file of this decision; quick.")
    ] = None,
    pack: PackOption = None,
) -> None:
    """Check that content is true and fair. Exit 1 on errors, 2 when the pack does not load."""
    from roadworthy.lint.run import lint_material
    from roadworthy.problem import has_errors

    rules = _selected(select or [])
    reading = read_folder(pack)
    if decision is not None:
        _lint_one(reading, decision, rules, as_json=as_json)
        return
    if reading.pack is None or has_errors(reading.problems):
        if not as_json:
            raise broken(reading)
        with printing():
            typer.echo(json.dumps(_as_json(reading, reading.problems, {})))
        raise typer.Exit(PackBroken.exit_code)
    report = lint_material(material_of(reading, reading.pack), rules)
    problems = [*reading.problems, *report.problems]
    with printing():
        if as_json:
            typer.echo(json.dumps(_as_json(reading, problems, report.verified)))
        else:
            for problem in problems:
                typer.echo(f"{problem.as_text()}\n")
            for line in _closing(reading.pack, problems, report):
                typer.echo(line)
    if has_errors(problems):
        raise typer.Exit(CheckFailed.exit_code)


def _lint_one(
    reading: Reading, decision: str, rules: Sequence[type[LintRule]], *, as_json: bool
) -> None:
    """What the rules find in one file; other files of the pack may be broken."""
    from roadworthy.lint.trial import alone, problems_of
    from roadworthy.problem import has_errors

    shown = alone(with_decision(reading, decision), decision)
    problems = problems_of(material_of(reading, shown), decision, rules)
    errors = sum(problem.severity == "error" for problem in problems)
    with printing():
        if as_json:
            typer.echo(json.dumps(_as_json(reading, problems, {})))
        else:
            for problem in problems:
                typer.echo(f"{problem.as_text()}\n")
            warnings = count(len(problems) - errors, "warning")
            typer.echo(f"{decision}: {count(errors, 'error')}, {warnings} in its file.")
    if has_errors(problems):
        raise typer.Exit(CheckFailed.exit_code)


def _selected(names: Sequence[str]) -> Sequence[type[LintRule]]:
    """The wanted rules, all when none is named; raises BadInput for a name that no rule has."""
    from roadworthy.lint.rules import RULES
    from roadworthy.lint.run import select

    if not names:
        return RULES
    try:
        return select(names)
    except KeyError as unknown:
        raise BadInput(
            f"There is no lint rule `{unknown.args[0]}`.",
            where="--select",
            mend=f"Use one of: {', '.join(rule.slug for rule in RULES)}.",
        ) from None


def _as_json(
    reading: Reading, problems: Sequence[Problem], verified: dict[str, str]
) -> dict[str, Any]:
    errors = sum(problem.severity == "error" for problem in problems)
    return {
        "pack": reading.pack.head.id if reading.pack else None,
        "hash": reading.pack.hash if reading.pack else None,
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": [problem.as_json() for problem in problems],
        "verified": verified,
    }


def _closing(pack: Pack, problems: Sequence[Problem], report: Report) -> Iterator[str]:
    """The last lines: what was looked at, what was found, what holds, and figures of the rest."""
    errors = sum(problem.severity == "error" for problem in problems)
    yield (
        f"{pack.head.id}: {len(pack.decisions)} decisions, {len(pack.topics)} topics, "
        f"{len(pack.sources)} sources; {count(errors, 'error')}, "
        f"{count(len(problems) - errors, 'warning')}."
    )
    for words in report.verified.values():
        yield f"  Verified: {words}."
    for slug, figures in report.figures.items():
        if slug not in report.verified:
            yield f"  {slug}: {figures}."


def coverage(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    pack: PackOption = None,
) -> None:
    """Count decisions, rules and situations, in all, by consideration and by topic."""
    from roadworthy.items.generate import Generator
    from roadworthy.lint.coverage import coverage_of

    loaded = whole_pack(read_folder(pack))
    counted = coverage_of(loaded, Generator(loaded))
    with printing():
        if as_json:
            typer.echo(json.dumps(counted.as_json()))
            return
        for line in counted.as_lines(loaded):
            typer.echo(line)


def try_decision(
    decision: Annotated[str, typer.Argument(metavar="ID", help="The decision.")],
    items: Annotated[int, typer.Option(metavar="N", help="How many items to print.")] = 3,
    seed: Annotated[int, typer.Option(metavar="S", help="Of the printed items.")] = 1,
    length: Annotated[
        str | None, typer.Option(metavar="LENGTH", help="brief or exam; else both, mixed.")
    ] = None,
    situations: Annotated[
        bool, typer.Option("--situations", help="List each situation with its key.")
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="As if each unconfirmed claim were confirmed.")
    ] = False,
    pack: PackOption = None,
) -> None:
    """Show what a decision yields while you write it: keys, option sets, problems, items.

    Other files of the pack may be broken. Exit 1 where the lint has errors on this one.
    """
    from roadworthy.cli.items import LENGTHS, one_of, readable
    from roadworthy.lint.trial import alone, as_confirmed, problems_of, trial
    from roadworthy.problem import has_errors

    if items < 0:
        raise BadInput("--items is negative.", where=f"--items {items}", mend="Use 0 or more.")
    chosen = None if length is None else one_of("--length", length, LENGTHS)
    reading = read_folder(pack)
    whole = with_decision(reading, decision)
    shown = as_confirmed(whole, decision) if draft else alone(whole, decision)
    material = material_of(reading, shown)
    found = problems_of(material, decision)
    with printing():
        for line in trial(material, decision, situations=situations):
            typer.echo(line)
        typer.echo()
        for problem in found:
            typer.echo(f"{problem.as_text()}\n")
        sampled = material.generator.sample(items, seed=seed, length=chosen, decision=decision)
        for number, item in enumerate(sampled, 1):
            typer.echo(readable(item, number))
    if has_errors(found):
        raise typer.Exit(CheckFailed.exit_code)
