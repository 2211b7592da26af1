"""Fixtures that the tests of all packages share. Keep it small: one thing, one name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from roadworthy.pack.load import load_pack
from roadworthy.pack.model import Pack

TINY = Path(__file__).parent / "packs" / "tiny"

# The same examples on every machine, and no deadline: a busy machine is not a defect.
settings.register_profile("roadworthy", derandomize=True, deadline=None, database=None)
settings.load_profile("roadworthy")


@pytest.fixture
def tiny_folder() -> Path:
    """The folder of the tiny pack; copy it before you change it."""
    return TINY


@pytest.fixture(scope="session")
def tiny_pack() -> Pack:
    """A small whole pack: one choice, one diagnosis, one compute and one steps decision."""
    pack, problems = load_pack(TINY)
    assert problems == []
    assert pack is not None
    return pack
