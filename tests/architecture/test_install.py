from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALL = ROOT / "tools" / "install.py"
WANTED = {"root": "/r", "python": "3.11", "runtime": "a", "dev": "b", "project": "c"}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """tools/install.py on a copy of what it reads, with pip and compilation left out."""
    (tmp_path / "tools").mkdir()
    shutil.copy(INSTALL, tmp_path / "tools")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("install", tmp_path / "tools" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.calls = []
    module.pip = lambda arguments, what: module.calls.append(what)
    module.compile_bytecode = lambda: None
    monkeypatch.chdir(tmp_path)
    return module


def test_it_parses_on_old_pythons() -> None:
    """The program that refuses an old Python must be readable by it."""
    ast.parse(INSTALL.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_old_python_gets_one_line(
    install: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a newer Python on the path: one line with what was found and the mend, exit 2."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")

    assert install.main([]) == 2

    error = capsys.readouterr().err
    assert "found 3.9.2" in error
    assert "make PYTHON=" in error
    assert error.count("\n") == 1


def test_newer_python_on_the_path_is_used(
    install: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An old python3 hands over to the first newer one that really starts."""
    for name, body in {"python3.11": "exit 1", "python3.12": 'echo "$@" >> handed-over'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert install.main(["--dev"]) == 0

    assert "install.py --dev" in (tmp_path / "handed-over").read_text()


def test_second_run_does_nothing(install: Any) -> None:
    """With the stamp in place, no step is carried out."""
    assert install.main([]) == 0
    install.calls.clear()

    assert install.main([]) == 0

    assert install.calls == []


def test_environment_without_stamp_is_removed(install: Any, tmp_path: Path) -> None:
    """What an interrupted installation left behind is not built upon."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "half-made").touch()

    assert install.main([]) == 0

    assert not (tmp_path / ".venv" / "half-made").exists()


def test_failed_step_leaves_no_stamp(
    install: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When pip fails, one line says so, and the next run starts afresh."""

    def failing(arguments: list[str], what: str) -> None:
        raise install.Failed("No network.")

    install.pip = failing

    assert install.main([]) == 2

    assert capsys.readouterr().err == "No network.\n"
    assert not (tmp_path / ".venv" / "roadworthy-stamp.json").exists()


def test_dev_is_added_to_an_environment(install: Any, tmp_path: Path) -> None:
    """--dev after a plain run adds packages only, and the stamp then says both."""
    install.main([])
    install.calls.clear()

    assert install.main(["--dev"]) == 0

    assert install.calls == ["the packages"]
    stamp = json.loads((tmp_path / ".venv" / "roadworthy-stamp.json").read_text())
    assert stamp["dev"] == install.digest("requirements-dev.lock")


def test_changed_lock_means_a_new_environment(install: Any, tmp_path: Path) -> None:
    """No package stays behind that the lock no longer names."""
    install.main([])
    (tmp_path / ".venv" / "left-over").touch()
    with (tmp_path / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")

    assert install.main([]) == 0

    assert not (tmp_path / ".venv" / "left-over").exists()


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        ({}, []),
        ({"project": "other"}, ["project"]),
        ({"dev": None}, ["requirements-dev.lock"]),
    ],
    ids=["nothing", "project", "dev"],
)
def test_only_what_is_missing_is_done(
    install: Any, change: dict[str, str | None], steps: list[str]
) -> None:
    """A changed pyproject.toml installs Roadworthy again, not its packages."""
    present = WANTED | change

    assert install.still_fits(present, WANTED)
    assert install.missing_steps(present, WANTED, with_dev=True) == steps


@pytest.mark.parametrize("change", [{"root": "/moved"}, {"runtime": "x"}, {"dev": "x"}])
def test_moved_or_changed_environment_does_not_fit(install: Any, change: dict[str, str]) -> None:
    """A folder that was moved has programs with the old path; it is made anew."""
    assert not install.still_fits(WANTED | change, WANTED)
