from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NoReturn

import pytest

from roadworthy.cli.main import run
from roadworthy.cli.opening import open_workspace
from roadworthy.cli.preferences import Preferences, read_preferences
from roadworthy.errors import BadInput, SettingsBroken


def home_with(folder: Path, settings: str | bytes) -> Path:
    """A private home folder whose settings.toml holds the text or the bytes."""
    folder.chmod(0o700)
    content = settings if isinstance(settings, bytes) else settings.encode()
    (folder / "settings.toml").write_bytes(content)
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ports that `serve` tries to claim; it stops there."""
    ports: list[int] = []

    def claim(port: int) -> NoReturn:
        ports.append(port)
        raise BadInput("Enough seen.")

    monkeypatch.setattr("roadworthy.cli.serve._claim", claim)
    return ports


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """The file is optional; without it each command has its own default."""
    assert read_preferences(tmp_path) == Preferences(port=None, browser=None, pack=None)


def test_all_settings_are_read(tmp_path: Path) -> None:
    """Comments, blank lines and the byte order mark of Windows do no harm."""
    text = '\ufeff# mine\nport = 0\n\nbrowser = false  # never\npack = "gcp-pmle"\n'
    wanted = Preferences(port=0, browser=False, pack="gcp-pmle")
    assert read_preferences(home_with(tmp_path, text)) == wanted


def test_serve_takes_the_port_of_the_file(tmp_path: Path, asked: list[int]) -> None:
    """`serve` without --port takes the one of the settings file."""
    run(["serve", f"--home={home_with(tmp_path, 'port = 8801')}"])
    assert asked == [8801]


@pytest.mark.parametrize("port", [0, 8802])
def test_options_go_before_the_file(tmp_path: Path, asked: list[int], port: int) -> None:
    """--port wins over the settings file, also as 0, which takes a free one."""
    run(["serve", f"--home={home_with(tmp_path, 'port = 8801')}", f"--port={port}"])
    assert asked == [port]


@pytest.mark.parametrize(
    ("settings", "option", "opened"),
    [
        ("", [], True),
        ("browser = false", [], False),
        ("browser = false", ["--browser"], True),
        ("browser = true", ["--no-browser"], False),
    ],
)
def test_browser_opens_as_the_file_or_the_option_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    option: list[str],
    opened: bool,
) -> None:
    """A running Roadworthy is opened in the browser unless file or option say no; options win."""
    said: list[bool] = []
    monkeypatch.setattr("roadworthy.cli.serve._claim", lambda _: None)
    monkeypatch.setattr(
        "roadworthy.cli.serve._open_running", lambda *_, browser: said.append(browser)
    )

    assert run(["serve", f"--home={home_with(tmp_path, settings)}", *option]) == 0

    assert said == [opened]


@pytest.mark.parametrize(
    ("settings", "line", "says"),
    [
        ("browser = true\nport = \n", ":2:8", "is not TOML: Invalid value"),
        ("port = 1\nport = 2", ":2", "is not TOML"),
        ('\n\nport = "8750"\n', ":3", "port is a whole number from 0 to 65535"),
        ("port = 65536", ":1", "not 65536"),
        ("port = 8750.0", ":1", "not 8750.0"),
        ("browser = 1", ":1", "browser is true or false"),
        ("pack = ''", ":1", "pack is the id of a pack"),
        ("# port\ncolour = 'red'", ":2", "there is no setting 'colour'"),
        ("\n[port]\nnumber = 1", ":2", "port is a whole number"),
        ("port = 1\n[server]\nport = 2", ":2", "there is no setting 'server'"),
        ('browser = true\n"po.rt" = 1', ":2", "there is no setting 'po.rt'"),
        ("pack.id = 'gcp-pmle'", ":1", "pack is the id of a pack"),
        (b"browser = true\npack = '\xff'", ":2", "not text in UTF-8"),
    ],
)
def test_each_fault_is_told_with_its_line_and_mend(
    tmp_path: Path, settings: str | bytes, line: str, says: str
) -> None:
    """Syntax, unknown names and wrong values name file, line and what to write instead."""
    with pytest.raises(SettingsBroken) as broken:
        read_preferences(home_with(tmp_path, settings))

    assert says in broken.value.what
    assert broken.value.where == f"{tmp_path / 'settings.toml'}{line}"
    assert broken.value.mend.endswith(".")


def test_all_faulty_values_are_told_at_once(tmp_path: Path) -> None:
    """Three wrong lines are one message that names each, in the order of the file."""
    with pytest.raises(SettingsBroken) as broken:
        read_preferences(home_with(tmp_path, "sound = 1\nbrowser = 'no'\nport = -1"))

    assert broken.value.what == (
        "The settings file cannot be used: there is no setting 'sound'; line 2: browser is true or "
        "false, as browser = false, not 'no'; line 3: port is a whole number from 0 to 65535, as "
        "port = 8750, not -1."
    )


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    """A value of a thousand letters does not fill the terminal."""
    with pytest.raises(SettingsBroken) as broken:
        read_preferences(home_with(tmp_path, f"port = '{'x' * 1000}'"))

    assert len(broken.value.what) < 200


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    """What cannot be read at all is named with its path."""
    (tmp_path / "settings.toml").mkdir()

    with pytest.raises(SettingsBroken, match="cannot be read"):
        read_preferences(tmp_path)


def test_an_unknown_pack_names_the_line_and_the_packs_that_exist(tmp_path: Path) -> None:
    """A pack that does not exist is told with the place where it was asked for."""
    home = home_with(tmp_path, "port = 1\npack = 'nope'")

    with pytest.raises(SettingsBroken, match="gcp-pmle") as broken:
        open_workspace(home)

    assert broken.value.where == f"{home / 'settings.toml'}:2"
    assert not (home / "journal.sqlite3").exists()


def test_every_setting_is_documented() -> None:
    """docs/start.md shows each setting in an example that this program takes as it stands."""
    page = (Path(__file__).parents[2] / "docs" / "start.md").read_text(encoding="utf-8")
    example = tomllib.loads(page.split("```toml\n")[1].split("```")[0])

    assert set(example) == set(Preferences.model_fields)
    assert Preferences.model_validate(example).browser is False
