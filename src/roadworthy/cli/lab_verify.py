"""``roadworthy lab verify``: the proof that every starter fails and every solution passes."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli.opening import clock_from, lab_cache
from roadworthy.cli.reading import PackOption
from roadworthy.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadworthy.labs.outcome import Happening
    from roadworthy.labs.room import LabRoom
    from roadworthy.labs.verified import Verified
    from roadworthy.pack.lab import Lab


def register(group: typer.Typer) -> None:
    """Add the command ``verify``."""
    group.command()(verify)


def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="LAB", help="Which; all without one.")
    ] = None,
    wrong: Annotated[
        bool, typer.Option("--wrong", help="Instead: every shortcut must be refused.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only what differs from verified.yaml.")
    ] = False,
    within: Annotated[
        float | None, typer.Option(min=0.1, metavar="MIN", help="Begin no lab after these minutes.")
    ] = None,
    with_network: Annotated[
        bool, typer.Option("--with-network", help="Leave the network on; nothing is recorded.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what the labs print.")] = False,
    pack: PackOption = None,
) -> None:
    """Prove labs in scratch folders and record it. Exit 1 when one is not as its file states."""
    from roadworthy.labs.room import LabRoom
    from roadworthy.labs.verified import is_proven, read_verified
    from roadworthy.pack.find import find_pack
    from roadworthy.pack.lab_shelf import LABS
    from roadworthy.workspace import DEFAULT_PACK

    folder = pack.expanduser() if pack is not None else find_pack(DEFAULT_PACK)
    if not (folder / LABS).is_dir():
        raise BadInput(
            "This pack has no labs.", where=str(folder), mend="Name a pack whose folder has labs/."
        )
    room = LabRoom(folder, folder, lab_cache())
    labs = [room.lab(name) for name in names] if names else list(room.labs.values())
    proofs = read_verified(folder / LABS)
    if changed:
        labs = [lab for lab in labs if not is_proven(room, lab, proofs, wrong=wrong)]
        labs.sort(key=lambda lab: (room.environment(lab).about.megabytes, lab.minutes, lab.number))
        typer.echo(f"{len(labs)} of {len(room.labs)} labs differ from what was proven.")
    failed, left, began = [], [], time.monotonic()
    for lab in labs:
        if within is not None and time.monotonic() - began > within * 60:
            left.append(lab)
            continue
        proof = _prove(room, lab, wrong=wrong, cut_network=not with_network, verbose=verbose)
        if proof is None:
            failed.append(lab)
        elif not with_network:
            proofs = _record(room, lab, folder / LABS, proofs, wrong=wrong, took=proof)
    if left:
        numbers = ", ".join(str(lab.number) for lab in left)
        typer.echo(f"Left for want of time: labs {numbers}. All of them: make labs.")
    if failed:
        raise CheckFailed(
            f"{len(failed)} of {len(labs)} labs are not as their files state: "
            f"{', '.join(str(lab.number) for lab in failed)}.",
            where=str(folder / LABS),
            mend="The lines above say what each does instead.",
        )
    held = len(labs) - len(left)
    typer.echo(
        "1 lab is as its file states." if held == 1 else f"{held} labs are as their files state."
    )


def _prove(
    room: LabRoom, lab: Lab, *, wrong: bool, cut_network: bool, verbose: bool
) -> tuple[float, float | None] | None:
    """Seconds and peak megabytes of all trials; None where one was not as stated."""
    from roadworthy.cli.lab_run import show
    from roadworthy.cli.lab_text import install_with_bar
    from roadworthy.labs.verify import verify_lab

    install_with_bar(room, lab)

    def tell(happening: Happening) -> None:
        if verbose:
            show(lab, happening)

    troubles, seconds, peak = 0, 0.0, None
    trials = verify_lab(
        room, lab, dict(os.environ), wrong=wrong, cut_network=cut_network, tell=tell
    )
    for trial in trials:
        held = sum(one.state == "passed" for one in trial.outcome.checks)
        size = trial.outcome.megabytes
        memory = "" if size is None else f", {size:.0f} MB"
        mark = "✗" if trial.troubles else "✓"
        typer.echo(
            f"{mark} lab {lab.number} {trial.name}: {held} of {len(lab.checks)} checks hold, "
            f"{trial.outcome.seconds:.0f} s{memory}"
        )
        for trouble in trial.troubles:
            typer.echo(f"    {trouble}")
        troubles += len(trial.troubles)
        seconds += trial.outcome.seconds
        peak = max((one for one in (peak, size) if one is not None), default=None)
    return None if troubles else (seconds, peak)


def _record(
    room: LabRoom,
    lab: Lab,
    labs: Path,
    proofs: Mapping[str, Verified],
    *,
    wrong: bool,
    took: tuple[float, float | None],
) -> dict[str, Verified]:
    from roadworthy.labs.verified import with_proof, write_verified

    now = with_proof(
        room,
        lab,
        proofs,
        wrong=wrong,
        on=clock_from(None)().date(),
        seconds=took[0],
        megabytes=took[1],
        network="cut off",
    )
    write_verified(labs, now)
    return now
