"""Fixtures that the tests of all packages share. Keep it small: one thing, one name."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from roadworthy.pack.load import Reading, load_pack, read_pack
from roadworthy.pack.model import Pack

TINY = Path(__file__).parent / "packs" / "tiny"
SHIPPED = Path(__file__).parents[1] / "packs" / "gcp-pmle"

# Bytecode is kept even where the machine forbids it, as in the Makefile: else each worker and each
# child process compiles all that it imports anew, a tenth of the run.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Homes of tests stand in memory where the machine has such a folder: half of a test of the journal
# is waiting for the disk at each commit, which no test looks at. What a file may be is the same.
MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# The same examples on every machine, and no deadline: a busy machine is not a defect.
settings.register_profile("roadworthy", derandomize=True, deadline=None, database=None)
settings.load_profile("roadworthy")


def pytest_collection_finish() -> None:
    """Take what collecting made, which stays, out of the search for garbage: a fifth of the time.

    Hundreds of thousands of objects, tests and imported modules, would be walked each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def tiny_folder() -> Path:
    """The folder of the tiny pack; copy it before you change it."""
    return TINY


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory, tiny_pack: Pack) -> Path:
    """A home folder with a diagnostic and an evening in it, made once; copy it before use."""
    from tests.web.conftest import study_an_evening

    return study_an_evening(tmp_path_factory.mktemp("evening"), tiny_pack)


@pytest.fixture(scope="session")
def tiny_pack() -> Pack:
    """A small whole pack: one choice, one diagnosis, one compute and one steps decision."""
    pack, problems = load_pack(TINY)
    assert problems == []
    assert pack is not None
    return pack


@pytest.fixture(scope="session")
def shipped_reading() -> Reading:
    """The pack that ships, with the place of every field; it takes a second to read."""
    reading = read_pack(SHIPPED)
    assert reading.problems == ()
    return reading


@pytest.fixture(scope="session")
def shipped_pack(shipped_reading: Reading) -> Pack:
    """The pack that ships."""
    assert shipped_reading.pack is not None
    return shipped_reading.pack
