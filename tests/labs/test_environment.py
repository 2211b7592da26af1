from __future__ import annotations

import os

import pytest
from tests.labs.tiny_labs import let_stand

from roadworthy.errors import NotThere
from roadworthy.labs.environment import STAMP, Environment
from roadworthy.labs.room import LabRoom


@pytest.fixture
def environment(room: LabRoom) -> Environment:
    """The environment of the tiny lab, not installed."""
    return room.environment_named("tiny")


@pytest.mark.parametrize("lost", [STAMP, "bin/python"])
def test_environment_stands_with_stamp_and_python_only(environment: Environment, lost: str) -> None:
    """A folder that lost its stamp or its Python is none."""
    assert not environment.stands()
    let_stand(environment)
    assert environment.stands()
    (environment.folder / lost).unlink()

    assert not environment.stands()


def test_another_lock_is_another_environment(environment: Environment) -> None:
    """What stood for the old lock does not stand for the new one; its folder can be taken away."""
    let_stand(environment)
    old = environment.folder
    environment.lock.write_text("crumbs==2.0 --hash=sha256:00\n")
    assert not environment.stands()
    let_stand(environment)

    assert environment.folders() == sorted([old, environment.folder])
    environment.remove_older()
    assert environment.folders() == [environment.folder]


def test_remove_frees_all_and_leaves_nothing(environment: Environment) -> None:
    """Folders of all locks, what was fetched, and the empty cache go; the size is told."""
    let_stand(environment)
    environment.packages.mkdir(parents=True)
    (environment.packages / "crumbs.whl").write_bytes(b"x" * 3_000_000)

    assert environment.megabytes() == pytest.approx(3.0, abs=0.01)
    assert environment.remove() == pytest.approx(3.0, abs=0.01)
    assert not environment.cache.exists()
    assert environment.remove() == 0.0


def test_remove_leaves_what_others_have_in_the_cache(environment: Environment) -> None:
    """The environment of other labs stays."""
    let_stand(environment)
    other = environment.cache / "environments" / "other-0123"
    other.mkdir()
    environment.remove()

    assert other.is_dir()


def test_variables_are_quiet_and_unbent(environment: Environment) -> None:
    """Switches of the environment win; what bends a Python is left out; its programs come first."""
    system = {
        "PATH": "/usr/bin",
        "PYTHONPATH": "x",
        "VIRTUAL_ENV": "y",
        "DO_NOT_TRACK": "0",
        "A": "b",
    }
    found = environment.variables(system)

    assert not {"PYTHONPATH", "VIRTUAL_ENV"} & set(found)
    assert (found["DO_NOT_TRACK"], found["CRUMBS_TELEMETRY"], found["A"]) == ("1", "off", "b")
    assert found["PATH"] == f"{environment.python.parent}{os.pathsep}/usr/bin"


def test_unknown_environment_is_not_there(room: LabRoom) -> None:
    """The message names those that there are."""
    with pytest.raises(NotThere, match="Use one of: tiny"):
        room.environment_named("tyni")
