from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from roadworthy.cli.opening import clock_from, resolve_home
from roadworthy.errors import BadInput, Refused


def permissions(folder: Path) -> str:
    """The permission bits in octal."""
    return oct(folder.stat().st_mode & 0o777)


def test_new_home_is_closed_to_others(tmp_path: Path) -> None:
    """A home that did not exist is made, with its parents, for its owner alone."""
    home = resolve_home(tmp_path / "deep" / "home")

    assert permissions(home) == "0o700"


def test_empty_home_is_closed_to_others(tmp_path: Path) -> None:
    """An empty folder becomes private; nobody can miss what was in it."""
    tmp_path.chmod(0o755)

    assert permissions(resolve_home(tmp_path)) == "0o700"


def test_open_home_with_content_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with content keeps its permissions, and one line says how to close it."""
    (tmp_path / "photos").touch()
    tmp_path.chmod(0o755)

    resolve_home(tmp_path)

    assert permissions(tmp_path) == "0o755"
    assert "chmod 700" in capsys.readouterr().err


def test_option_goes_before_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--home wins over ROADWORTHY_HOME, which wins over the platform's folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "platform"))
    monkeypatch.delenv("ROADWORTHY_HOME", raising=False)
    assert resolve_home(None) == tmp_path / "platform" / "roadworthy"

    monkeypatch.setenv("ROADWORTHY_HOME", str(tmp_path / "environment"))
    assert resolve_home(None) == tmp_path / "environment"
    assert resolve_home(tmp_path / "option") == tmp_path / "option"


def test_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """A file cannot be a home, and the error names --home."""
    (tmp_path / "home").touch()

    with pytest.raises(BadInput, match="--home"):
        resolve_home(tmp_path / "home")


def test_system_clock_is_aware() -> None:
    """Without a file the time comes from the system, in UTC."""
    assert clock_from(None)().utcoffset() == timedelta(0)


def test_clock_file_needs_the_test_switch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside tests nobody can study with a clock of their own making."""
    monkeypatch.delenv("ROADWORTHY_TEST", raising=False)

    with pytest.raises(Refused, match="ROADWORTHY_TEST"):
        clock_from(tmp_path / "clock")


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-11-24T20:00:00"])
def test_clock_file_without_an_aware_time_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Text that is no time, or has no offset, is refused when the program starts."""
    monkeypatch.setenv("ROADWORTHY_TEST", "1")
    (tmp_path / "clock").write_text(text)

    with pytest.raises(BadInput, match="2026-11-24T20:00:00"):
        clock_from(tmp_path / "clock")


def test_clock_file_gives_utc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time with any offset is handed down in UTC."""
    monkeypatch.setenv("ROADWORTHY_TEST", "1")
    (tmp_path / "clock").write_text("2026-11-24T20:00:00+05:30\n")

    now = clock_from(tmp_path / "clock")()

    assert (now.isoformat(), now.tzinfo) == ("2026-11-24T14:30:00+00:00", UTC)
