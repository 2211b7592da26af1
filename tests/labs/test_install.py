from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.labs.tiny_labs import add_labs

from roadworthy.errors import BadInput, DiskFull, Refused, RoadworthyError, StoreTrouble
from roadworthy.labs.environment import STAMP, Environment
from roadworthy.labs.install import BATCH, MARKS, Install, Progress
from roadworthy.labs.requirements import lock_hash
from roadworthy.labs.room import LabRoom

HERE = "{}.{}".format(*sys.version_info)
NAMES = ("bread", "butter", "cheese", "jam", "tea")


class Shop:
    """A folder of small wheels, and a lock on them for the tiny environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "wheels"
        self.folder.mkdir(parents=True)
        room = LabRoom(add_labs(folder / "pack"), folder / "home", folder / "cache")
        self.environment: Environment = room.environment_named("tiny")
        self.system = {
            **os.environ,
            "PIP_FIND_LINKS": str(self.folder),
            "PIP_NO_INDEX": "1",
            "PIP_CACHE_DIR": str(folder / "pip-cache"),
            "PIP_CONFIG_FILE": os.devnull,
        }
        for name in NAMES:
            self.wheel(name)
        self.lock()

    def wheel(self, name: str) -> Path:
        """Build a wheel with one module."""
        path = self.folder / f"{name}-1.0-py3-none-any.whl"
        about = f"{name}-1.0.dist-info"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(f"{name}.py", f"name = {name!r}\n")
            file.writestr(
                f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
            )
            file.writestr(
                f"{about}/WHEEL",
                "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            )
            file.writestr(f"{about}/RECORD", "")
        return path

    def lock(self, **digests: str) -> None:
        """Write the lock, with some digests other than the real ones."""
        lines = []
        for name in NAMES:
            content = (self.folder / f"{name}-1.0-py3-none-any.whl").read_bytes()
            digest = digests.get(name, hashlib.sha256(content).hexdigest())
            lines.append(f"{name}==1.0 \\\n    --hash=sha256:{digest}\n    # via -r tiny.in\n")
        lines.append(f"never==1.0 ; sys_platform == 'never' \\\n    --hash=sha256:{'0' * 64}\n")
        self.environment.lock.write_text("".join(lines), encoding="utf-8")

    def steps(self) -> Iterator[Progress]:
        return Install(self.environment, self.system).run()

    def about(self, **fields: object) -> None:
        """Change what environments.yaml says."""
        self.environment.about = self.environment.about.model_copy(update=fields)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Wheels, a lock, nothing installed."""
    return Shop(tmp_path)


@dataclass
class Made:
    """An environment that was made in two goes, and what was seen on the way."""

    shop: Shop
    first: list[Progress]
    stood_between: bool
    second: list[Progress]
    older: Path
    compiled: list[Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Interrupted after the first batch, whose wheels are then gone; made whole afterwards."""
    shop = Shop(tmp_path_factory.mktemp("made"))
    older = shop.environment.cache / "environments" / "tiny-0123456789ab"
    older.mkdir(parents=True)
    first = []
    going = shop.steps()
    for progress in going:
        first.append(progress)
        if progress.done == BATCH:
            break
    going.close()  # type: ignore[attr-defined]
    stood = shop.environment.stands()
    for name in NAMES[:BATCH]:
        (shop.folder / f"{name}-1.0-py3-none-any.whl").unlink()
    second = list(shop.steps())
    compiled = list(shop.environment.folder.rglob("tea.*.pyc"))
    return Made(shop, first, stood, second, older, compiled)


def test_interrupted_install_goes_on_where_it_was(made: Made) -> None:
    """What was fetched before is not fetched again: its wheels are no longer to be had."""
    assert not made.stood_between
    assert made.first == [
        Progress(0, 6, "Fetching bread, butter, cheese, jam"),
        Progress(4, 6, "Fetching tea, never"),
    ]
    assert made.second == [
        Progress(4, 6, "Fetching tea, never"),
        Progress(6, 6, "Installing what was fetched"),
        Progress(6, 6, "Compiling"),
    ]


def test_environment_holds_the_packages_and_stands(made: Made) -> None:
    """Each module is imported by the new Python and comes from the new folder."""
    environment = made.shop.environment
    code = f"import {', '.join(NAMES)}; print(tea.__file__)"
    done = subprocess.run(
        [environment.python, "-I", "-c", code], capture_output=True, text=True, check=True
    )

    assert environment.stands()
    assert done.stdout.startswith(f"{environment.folder}{os.sep}")


def test_stamp_tells_lock_and_python(made: Made) -> None:
    """No half stamp is beside it."""
    environment = made.shop.environment
    stamp = json.loads((environment.folder / STAMP).read_text())

    assert stamp == {"lock": lock_hash(environment.lock), "python": sys.version}
    assert list(environment.folder.glob("*.partial")) == []


def test_modules_are_compiled(made: Made) -> None:
    """A first check need not compile what it imports."""
    assert len(made.compiled) == 1


def test_older_lock_and_fetched_files_are_taken_away(made: Made) -> None:
    """The environment of an earlier lock and the wheels are gone."""
    assert not made.older.exists()
    assert not made.shop.environment.packages.exists()


def test_environment_that_stands_is_not_made_again(made: Made) -> None:
    """A second install tells nothing and touches nothing."""
    assert list(made.shop.steps()) == []


@pytest.mark.slow
def test_other_lock_makes_another_and_removal_leaves_nothing(shop: Shop) -> None:
    """A new lock forgets what was fetched for the old one; in the end the cache is gone."""
    list(shop.steps())
    before = shop.environment.folder
    shop.environment.lock.write_text(shop.environment.lock.read_text() + "# another\n")
    going = list(shop.steps())

    assert going[0].done == 0
    assert shop.environment.folders() == [shop.environment.folder] != [before]
    shop.environment.remove()
    assert not shop.environment.cache.exists()


def test_wrong_digest_is_refused_and_nothing_stands(shop: Shop) -> None:
    """A wheel that is not the one of the lock is not installed."""
    shop.lock(butter="1" * 64)
    with pytest.raises(BadInput, match="HASH") as told:
        list(shop.steps())

    assert "Packages could not be fetched. 0 of 6 are kept." in told.value.what
    assert shop.environment.folders() == []


@pytest.fixture
def four_kept(shop: Shop) -> Shop:
    """A shop whose first batch was fetched before."""
    packages = shop.environment.packages
    packages.mkdir(parents=True)
    kept = [f"lock:{lock_hash(shop.environment.lock)}", *(f"{name}==1.0" for name in NAMES[:4])]
    (packages / MARKS).write_text("\n".join(kept))
    return shop


@pytest.mark.slow
def test_no_network_is_what_pip_says(four_kept: Shop) -> None:
    """Where no wheel can be had, the last words of pip name it."""
    del four_kept.system["PIP_FIND_LINKS"]
    with pytest.raises(BadInput, match="4 of 6 are kept") as told:
        list(four_kept.steps())

    assert "tea" in told.value.what


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("WARNING: x\nERROR: no route\nnote: y\n", BadInput, "pip says: ERROR: no route"),
        ("a\nlast words\n", BadInput, "pip says: last words"),
        ("", BadInput, "pip says: nothing"),
        ("OSError: [Errno 28] No space left on device\n", DiskFull, "The disk became full"),
    ],
)
def test_fetching_that_fails_says_how_many_are_kept(
    four_kept: Shop,
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    kind: type[RoadworthyError],
    words: str,
) -> None:
    """The one line of pip that tells most is shown, and the mend is to run it again."""
    monkeypatch.setattr(Install, "_pip", lambda *_: said)
    with pytest.raises(kind, match="goes on where it was") as told:
        list(four_kept.steps())

    assert words in told.value.what
    assert "4 of 6 are kept." in told.value.what
    assert four_kept.environment.folders() == []


def test_disk_without_room_is_told_before_anything_is_fetched(shop: Shop) -> None:
    """An environment that does not fit is refused with both sizes."""
    shop.about(megabytes=10**9)
    with pytest.raises(DiskFull, match="2200000000 MB while it is made") as told:
        list(shop.steps())

    assert "ROADWORTHY_LABS" in told.value.mend
    assert not shop.environment.packages.exists()


@pytest.mark.parametrize(("start", "below"), [("3.98", "3.99"), ("3.9", "3.10"), ("3.9", HERE)])
def test_python_too_old_or_too_new_is_refused(shop: Shop, start: str, below: str) -> None:
    """The range is told beside what runs here; versions compare as numbers."""
    shop.about(python_from=start, python_below=below)
    with pytest.raises(Refused, match=f"Python {start} or later, below {below}") as told:
        list(shop.steps())

    assert f"this is {HERE}." in told.value.what
    assert not shop.environment.cache.exists()


def test_python_at_the_lower_end_fits(shop: Shop) -> None:
    """The oldest Python is included, and the first step is told."""
    shop.about(python_from=HERE, python_below=f"3.{sys.version_info[1] + 1}")

    assert next(shop.steps()).done == 0


@pytest.mark.parametrize("text", [None, "bread==1.0\n"])
def test_lock_that_cannot_be_used_is_bad_input(shop: Shop, text: str | None) -> None:
    """A lock that is gone or has no digest stops before anything is fetched."""
    lock = shop.environment.lock
    if text is None:
        lock.unlink()
    else:
        lock.write_text(text)

    with pytest.raises((BadInput, StoreTrouble)) as told:
        list(shop.steps())
    assert str(lock) in told.value.where


def test_cache_that_cannot_be_made_is_told_without_a_traceback(shop: Shop) -> None:
    """A file where the cache belongs is named."""
    shop.environment.cache.write_text("foreign")

    with pytest.raises(StoreTrouble, match="cannot be used") as told:
        list(shop.steps())
    assert told.value.where == str(shop.environment.cache)
