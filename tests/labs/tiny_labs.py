"""One lab on the tiny pack, and an environment that stands by a link to this Python.

Its checks need nothing but the standard library, so a run takes a tenth of a second.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from roadworthy.labs.environment import STAMP, Environment
from roadworthy.labs.requirements import lock_hash
from roadworthy.labs.room import LabRoom
from roadworthy.pack.lab import Lab, LabCheck

LAB = "labs/01-tiny"
RULES = (
    "delivery-route.DR1",
    "delivery-route.DR2",
    "stale-bread.SB1",
    "stale-bread.SB2",
    "new-oven.NO1",
)
LOCK = f"crumbs==1.0 \\\n    --hash=sha256:{'0' * 64}\n"

ENVIRONMENTS = """\
schema: 1
environments:
  tiny:
    title: A drawer of crumbs
    megabytes: 1
    python_from: "3.11"
    python_below: "3.99"
    switches:
      CRUMBS_TELEMETRY: "off"
"""
STATED = """\
schema: 1
id: tiny
number: 1
title: A scale that weighs double
minutes: 20
environment: tiny
story: |
  The couriers are paid by weight. Since Monday every loaf has weighed twice what it did, and the
  shops pay for bread that nobody baked.

  The scale and its price list lie in **one file**. {@dispatch} waits for your answer.
objectives:
- '2.1'
rules:
- delivery-route.DR1
- delivery-route.DR2
- stale-bread.SB1
- stale-bread.SB2
- new-oven.NO1
parts:
- name: The scale
  cloud: A scale that reports to {@dispatch}
  here: A function that takes grams
  cannot_show: What rain does to a scale
  source: dispatch-manual
  supports: The manual says that every scale reports what it weighs to the dispatch desk at once.
  checked: 2026-11-24
- name: The price list
  cloud: A list that the guild prints
  here: A constant
  cannot_show: Who may change the list
  source: guild-handbook
  supports: The handbook says that the guild prints one list of prices for all of its couriers.
  checked: 2026-11-24
steps:
- title: See what the shops see
  text: Run `main.py` and read what it prints.
  files:
  - main.py
  checks:
  - runs
- title: Mend the scale
  text: Read `scale.py` and ask what a loaf of a known weight should show.
  files:
  - scale.py
  checks:
  - weight
  - price
checks:
  runs:
    title: The report is written
    proves: The function of main.py is called
    starter: passes
    hints:
    - Read the line that the check shows.
    - A name was changed that main.py uses.
    - Put the file back.
    seconds: 20
  weight:
    title: A loaf weighs what it weighs
    proves: Two loaves of known weight are laid on the scale
    starter: fails
    starter_says: weighs 800 g
    hints:
    - Look at `weigh` in scale.py.
    - It doubles what lies on {@dispatch}.
    - Return the grams as they are.
    seconds: 20
  price:
    title: A loaf costs what the list says
    proves: The price of a known loaf is asked for
    starter: waits
    needs:
    - weight
    hints:
    - Look at `price` in scale.py.
    - A kilo has a thousand grams.
    - Divide by 1000.
    seconds: 20
faults:
- title: The scale doubled what lay on it
  check: weight
  rules:
  - delivery-route.DR1
- title: A kilo was taken for a hundred grams
  check: price
  rules:
  - stale-bread.SB1
shortcuts:
  always-400:
    title: Return the weight of the first loaf that is checked
    check: weight
    says: A loaf of 650 g weighs 400 g
  by-the-hundred:
    title: Round to a hundred grams
    check: weight
    says: A loaf of 650 g weighs 600 g
  for-free:
    title: Leave the price out
    check: price
    says: costs 0.00
reasons:
  scale.py: The scale hands on **what it was given**; the list is by the kilo.
"""
CHECKS = """\
from roadworthy_lab import expect


def runs(work):
    work.call(work.load("main.py").report)


def weight(work):
    scale = work.load("scale.py")
    for grams in (400, 650):
        seen = work.call(scale.weigh, grams)
        expect(seen == grams, f"A loaf of {grams} g weighs {seen} g. It should weigh the same.")
    return "Two loaves weigh what they weigh."


def price(work):
    seen = work.call(work.load("scale.py").price, 400)
    expect(seen == 2.0, f"A loaf of 400 g costs {seen:.2f}. The list says 2.00.")
"""
SCALE = '''\
"""Weight and price of a loaf."""

PER_KILO = 5.0


def weigh(grams):
    """What the scale shows."""
    return {weigh}


def price(grams):
    """What the shop pays."""
    return {price}
'''
MAIN = '''\
"""What the shops see."""

from scale import weigh


def report():
    """Print one line."""
    print("a loaf of 400 g shows", weigh(400))
'''
BROKEN, MENDED = "PER_KILO * grams / 100", "PER_KILO * grams / 1000"
FILES: Mapping[str, str] = {
    "labs/environments.yaml": ENVIRONMENTS,
    "labs/environments/tiny.lock": LOCK,
    f"{LAB}/lab.yaml": STATED,
    f"{LAB}/checks/checks.py": CHECKS,
    f"{LAB}/starter/main.py": MAIN,
    f"{LAB}/starter/scale.py": SCALE.format(weigh="2 * grams", price=BROKEN),
    f"{LAB}/solution/scale.py": SCALE.format(weigh="grams", price=MENDED),
    f"{LAB}/wrong/always-400/scale.py": SCALE.format(weigh="400", price=BROKEN),
    f"{LAB}/wrong/by-the-hundred/scale.py": SCALE.format(weigh="grams // 100 * 100", price=BROKEN),
    f"{LAB}/wrong/for-free/scale.py": SCALE.format(weigh="grams", price="0.0"),
}
HALF_MENDED = SCALE.format(weigh="grams", price=BROKEN)
WHOLLY_MENDED = FILES[f"{LAB}/solution/scale.py"]


def add_labs(pack: Path) -> Path:
    """Write the labs into the folder of a pack; returns that folder."""
    for name, text in FILES.items():
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return pack


def let_stand(environment: Environment) -> Environment:
    """Make an environment whose Python is this one, as if it had been installed."""
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    stamp = {"lock": lock_hash(environment.lock), "python": sys.version}
    (environment.folder / STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    return environment


def mend(room: LabRoom, text: str = WHOLLY_MENDED) -> Path:
    """Save a text as the candidate's scale.py; returns the file."""
    path = room.work(room.lab("tiny")) / "scale.py"
    path.write_text(text, encoding="utf-8")
    return path


def with_checks(lab: Lab, **changes: Mapping[str, object]) -> Lab:
    """The lab with other checks: name -> the fields that differ from a plain one."""
    checks = {
        name.replace("_", "-"): LabCheck.model_validate(
            {
                "title": f"Title of {name}",
                "proves": "nothing",
                "starter": "passes",
                "hints": ["a", "b", "c"],
                **fields,
            }
        )
        for name, fields in changes.items()
    }
    return lab.model_copy(update={"checks": checks})
