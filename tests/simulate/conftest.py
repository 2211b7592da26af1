from __future__ import annotations

from collections.abc import Callable

import pytest

from roadworthy.simulate.actr import ActR
from roadworthy.simulate.blueprint400 import Blueprint, blueprint400
from roadworthy.simulate.evenings import Course
from roadworthy.simulate.minds import Minds
from roadworthy.simulate.people import draw_people
from roadworthy.simulate.ppe import PPE

DAYS = 6
PEOPLE = 40
WORLDS: list[type[Minds]] = [PPE, ActR]
MakeMinds = Callable[..., Minds]


@pytest.fixture(scope="session")
def blueprint() -> Blueprint:
    """A syllabus of 96 rules in six sections."""
    return blueprint400((21, 19, 17, 15, 14, 10))


@pytest.fixture(scope="session")
def course(blueprint: Blueprint) -> Course:
    """Six evenings of forty candidates, with weights told wrongly."""
    return Course(blueprint.section_of, blueprint.estimated(7), PEOPLE, DAYS, 7)


@pytest.fixture(params=WORLDS, ids=lambda world: world.name)
def minds(request: pytest.FixtureRequest, blueprint: Blueprint) -> MakeMinds:
    """Makes the forty candidates of a world anew, with what ``draw_people`` takes."""

    def make(**variant: object) -> Minds:
        people = draw_people(PEOPLE, DAYS, blueprint, 7, **variant)  # type: ignore[arg-type]
        made: Minds = request.param(blueprint, people)
        return made

    return make
