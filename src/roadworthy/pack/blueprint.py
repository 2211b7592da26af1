"""The weights of an exam: sections as published, and what each decision is worth."""

from __future__ import annotations

from roadworthy.pack.catalog import Blueprint


def considerations_of(blueprint: Blueprint) -> dict[str, tuple[str, str]]:
    """Consideration id -> (section id, objective id), in the order of the guide."""
    return {
        consideration: (section_id, objective_id)
        for section_id, section in blueprint.sections.items()
        for objective_id, objective in section.objectives.items()
        for consideration in objective.considerations
    }
