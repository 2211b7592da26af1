from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from tests.conftest import TINY
from tests.labs.tiny_labs import add_labs

from roadworthy.items.generate import Generator
from roadworthy.lint.material import Material
from roadworthy.pack.load import Reading, read_pack

SAMPLE = 100  # half of what the command takes: 30 broken packs are sampled here
NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
PAGES = ("/article", "/learn", "/learn/topics/{topic}", "/resources", "/takeaways", "/today")
MaterialOf = Callable[[Path], Material]


def material_of(folder: Path) -> Material:
    """A pack folder, ready for lint rules, on a fixed day and with a fixed seed."""
    return material_from(read_pack(folder))


def material_from(reading: Reading) -> Material:
    """What was read of a pack, ready for lint rules."""
    assert reading.pack is not None
    return Material(
        reading.pack,
        Generator(reading.pack),
        now=NOW,
        seed=1,
        place=reading.place,
        paths=PAGES,
        sample=SAMPLE,
    )


@pytest.fixture(scope="session")
def read_material() -> MaterialOf:
    """``material_of``, for tests that change a pack first."""
    return material_of


@pytest.fixture(scope="session")
def tiny_material() -> Material:
    """The tiny pack as it is."""
    return material_of(TINY)


@pytest.fixture(scope="session")
def real_material(shipped_reading: Reading) -> Material:
    """The pack that ships."""
    return material_from(shipped_reading)


@pytest.fixture
def broken(tiny_folder: Path, tmp_path: Path) -> Callable[[Path], Path]:
    """Makes a copy of the tiny pack with edits made; one that finds nothing fails the test.

    The edit ``add: labs`` adds one lab, which the tiny pack does not have.
    """

    def copy(edits: Path) -> Path:
        target = tmp_path / "tiny"
        shutil.copytree(tiny_folder, target)
        for edit in yaml.safe_load(edits.read_text(encoding="utf-8")):
            if edit.get("add") == "labs":
                add_labs(target)
                continue
            path = target / edit["file"]
            text = path.read_text(encoding="utf-8")
            assert edit["find"] in text, edit["find"]
            path.write_text(text.replace(edit["find"], edit["put"], 1), encoding="utf-8")
        return target

    return copy
