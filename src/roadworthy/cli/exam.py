"""``roadworthy exam``: the outcome of the real exam, and when it may be taken again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from roadworthy.cli.opening import ClockOption, HomeOption, open_workspace

exam = typer.Typer(help="The real exam: enter how it went, see when it may be taken again.")


def register(app: typer.Typer) -> None:
    """Add the group ``exam``."""
    app.add_typer(exam, name="exam", no_args_is_help=True)


@exam.command()
def sat(
    day: Annotated[datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the exam.")],
    passed: Annotated[bool, typer.Option("--passed/--failed", help="What came of it.")],
    weak: Annotated[
        list[str] | None,
        typer.Option("--weak", metavar="SECTION", help="Section that felt weak; may be repeated."),
    ] = None,
    text: Annotated[
        str, typer.Option("--text", help="How it was. No questions of the exam; they are refused.")
    ] = "",
    home: HomeOption = None,
    clock: ClockOption = None,
) -> None:
    """Enter the outcome of a real exam; the forecast learns from it."""
    from roadworthy.errors import Conflict
    from roadworthy.study.exam_sat import earliest_retake, enter_exam

    desk = open_workspace(home, clock_file=clock)
    try:
        now = desk.now()
        try:
            learned = enter_exam(
                desk.course,
                day=day.date(),
                passed=passed,
                weak=weak or [],
                text=text,
                now=now,
                seed=desk.standing.seed(),
            )
        except Conflict as taken:
            taken.what = "An exam of that day is entered with another outcome."
            raise
        typer.echo(f"Entered: {day:%Y-%m-%d}, {'passed' if passed else 'not passed'}.")
        if learned is not None:
            typer.echo(
                f"The exam counts as {-learned.after.mean:.2f} logits harder than our questions "
                f"(it was {-learned.before.mean:.2f})."
            )
        again = earliest_retake(desk.course.state().exams, desk.pack.head.retake_waits)
        if again is not None:
            typer.echo(f"You may take it again from {again:%Y-%m-%d}.")
            typer.echo("The next plan begins with what felt weak: roadworthy today")
    finally:
        desk.close()
