"""Fit the weights that ship: on simulated courses of both policy worlds, at seeds of their own.

Usage: PYTHONPATH=src python tools/fit_weights.py [--candidates 300] [--seed 201]

Prints the fields to put into src/roadworthy/learner/weights.py. Half of the candidates follow our
own policy and half a random one, so that the weights hold for rules that the policy would not ask.
No seed of the benchmarks is used, and no answer of a real person.
"""

from __future__ import annotations

import argparse

import numpy as np

from roadworthy.learner.population import before_each, fit_weights, loss
from roadworthy.learner.weights import WEIGHTS
from roadworthy.simulate.actr import ActR
from roadworthy.simulate.blueprint400 import MISESTIMATED, blueprint400
from roadworthy.simulate.evenings import Course, study
from roadworthy.simulate.ours import Roadworthy
from roadworthy.simulate.people import draw_people
from roadworthy.simulate.ppe import PPE
from roadworthy.simulate.recorded import Recorded, together
from roadworthy.simulate.rivals import Random

DAYS = 28
SHOWN = (
    "memory", "memory_met", "memory_gap", "start_unsaid", "sd_learner", "sd_section", "sd_rule"
)  # fmt: skip


def main() -> None:
    """Print the fitted fields and the log loss before and after."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=300, help="of each world and policy")
    parser.add_argument("--seed", type=int, default=201, help="the first of four")
    chosen = parser.parse_args()
    blueprint = blueprint400()
    courses = []
    for number, (world, policy) in enumerate(
        (world, policy) for world in (PPE, ActR) for policy in (Roadworthy, Random)
    ):
        seed = chosen.seed + number
        people = draw_people(chosen.candidates, DAYS, blueprint, seed)
        weights = blueprint.estimated(seed)
        course = Course(blueprint.section_of, weights, chosen.candidates, DAYS, seed, MISESTIMATED)
        recorded = Recorded(policy())
        study(world(blueprint, people), recorded, course)
        courses.append(recorded.happened)
    course = together(courses, chosen.candidates)
    everyone = len(courses) * chosen.candidates
    fitted = fit_weights(course, everyone, blueprint.section_of, WEIGHTS)
    for weights, name in ((WEIGHTS, "before"), (fitted, "after")):
        told = loss(before_each(course, everyone, blueprint.section_of, weights), weights)
        print(f"log loss {name}: {told:.4f}")
    for name in SHOWN:
        print(f"    {name} = {np.round(getattr(fitted, name), 3).tolist()}")


if __name__ == "__main__":
    main()
