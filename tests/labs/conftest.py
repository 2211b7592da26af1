"""The tiny labs in a temporary folder: not installed, and ready to be checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.labs.check_rig import Rig
from tests.labs.tiny_labs import add_labs, let_stand

from roadworthy.labs.room import LabRoom


@pytest.fixture
def room(tmp_path: Path) -> LabRoom:
    """The labs of a pack, with an empty home and an empty cache."""
    return LabRoom(add_labs(tmp_path / "pack"), tmp_path / "home", tmp_path / "cache")


@pytest.fixture
def ready(room: LabRoom) -> LabRoom:
    """The same with an environment that stands, and the lab started."""
    let_stand(room.environment_named("tiny"))
    room.start(room.lab("tiny"))
    return room


@pytest.fixture
def rig(ready: LabRoom) -> Rig:
    """A lab whose checks the test writes."""
    return Rig(ready)
