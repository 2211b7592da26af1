"""A candidate over the tiny pack with a diagnostic and an evening behind, and misses in both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.web.conftest import Clock, opened

from roadworthy.exchange.formats import Sources
from roadworthy.pack.model import Pack
from roadworthy.workspace import Workspace


@pytest.fixture
def clock() -> Clock:
    """The evening after."""
    clock = Clock()
    clock.now += timedelta(days=1)
    return clock


@pytest.fixture
def desk(
    evening: Path, tmp_path: Path, tiny_pack: Pack, tiny_folder: Path, clock: Clock
) -> Iterator[Workspace]:
    """The candidate's workspace, a copy of its own for each test."""
    shutil.copytree(evening, tmp_path, dirs_exist_ok=True)
    yield from opened(tmp_path, tiny_pack, clock, tiny_folder)


@pytest.fixture
def sources(desk: Workspace, clock: Clock) -> Sources:
    """What the formats are made from, on the evening after."""
    return Sources(desk.course, desk.standing, clock.now, desk.zone)
