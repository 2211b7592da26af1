from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from roadworthy.errors import PackBroken
from roadworthy.pack import compile as compiled
from roadworthy.pack.compile import KEPT, open_pack
from roadworthy.pack.load import Reading, read_pack
from roadworthy.pack.model import Pack


@pytest.fixture
def copy(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack to change."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "tiny"))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read in full, one entry a time."""
    done: list[Path] = []

    def read(folder: Path) -> Reading:
        done.append(folder)
        return read_pack(folder)

    monkeypatch.setattr(compiled, "read_pack", read)
    return done


def stored(cache: Path) -> list[Path]:
    """The compiled files."""
    return sorted((cache / "packs").iterdir())


def test_second_opening_reads_no_yaml(
    copy: Path, tmp_path: Path, reads: list[Path], tiny_pack: Pack
) -> None:
    """What comes from the cache equals what was read, in every field."""
    first = open_pack(copy, tmp_path / "cache", "g1")
    second = open_pack(copy, tmp_path / "cache", "g1")
    assert len(reads) == 1
    assert first == second == tiny_pack
    [file] = stored(tmp_path / "cache")
    assert file.name.startswith("tiny-") and file.suffix == ".json"


@pytest.mark.parametrize("what", ["content", "generator", "schema"])
def test_stale_cache_is_rebuilt(
    copy: Path, tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A change of content, generator or schema makes a new file."""
    open_pack(copy, tmp_path / "cache", "g1")
    if what == "content":
        (copy / "terms.yaml").write_text((copy / "terms.yaml").read_text() + "\n# more\n")
    if what == "schema":
        monkeypatch.setattr(compiled, "schema_hash", lambda: "another")
    open_pack(copy, tmp_path / "cache", "g2" if what == "generator" else "g1")
    assert len(reads) == 2
    assert len(stored(tmp_path / "cache")) == 2


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b"half"])
def test_broken_cache_is_rebuilt_without_a_word(
    copy: Path, tmp_path: Path, reads: list[Path], tiny_pack: Pack, damage: bytes
) -> None:
    """A file that is not whole is read over and written anew."""
    open_pack(copy, tmp_path / "cache", "g1")
    [file] = stored(tmp_path / "cache")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == b"half" else damage)
    assert open_pack(copy, tmp_path / "cache", "g1") == tiny_pack
    assert file.read_bytes() == whole
    assert len(reads) == 2


def test_file_renamed_to_another_key_is_not_believed(
    copy: Path, tmp_path: Path, tiny_pack: Pack
) -> None:
    """The key inside the file has to be the one asked for."""
    cache = tmp_path / "cache"
    open_pack(copy, cache, "g1")
    [old] = stored(cache)
    path = copy / "pack.yaml"
    path.write_text(path.read_text().replace("Certified", "Chartered"))
    open_pack(copy, cache, "g1")
    [new] = [file for file in stored(cache) if file != old]
    old.replace(new)
    assert open_pack(copy, cache, "g1").head.title == "Chartered Bread Courier"


def test_broken_pack_is_refused_with_all_problems(copy: Path, tmp_path: Path) -> None:
    """Nothing with an error is served or kept."""
    (copy / "article.yaml").unlink()
    (copy / "frames.yaml").unlink()
    with pytest.raises(PackBroken) as caught:
        open_pack(copy, tmp_path / "cache", "g1")
    assert [one.slug for one in caught.value.problems] == ["file-missing", "file-missing"]
    assert "2 problems" in str(caught.value)
    assert not (tmp_path / "cache").exists()


def test_cache_that_cannot_be_written_costs_only_time(
    copy: Path, tmp_path: Path, tiny_pack: Pack
) -> None:
    """A file where the folder should be, as a full disk, does not keep a pack from opening."""
    (tmp_path / "cache").write_text("in the way")
    assert open_pack(copy, tmp_path / "cache", "g1") == tiny_pack


def test_failed_rename_leaves_no_part(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that fails at the last moment leaves neither a half file nor a temporary one."""

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os, "replace", fail)
    open_pack(copy, tmp_path / "cache", "g1")
    assert stored(tmp_path / "cache") == []


def test_old_compiled_files_are_dropped(copy: Path, tmp_path: Path) -> None:
    """The cache keeps the newest few of a pack, and files of other packs."""
    cache = tmp_path / "cache"
    (cache / "packs").mkdir(parents=True)
    other = cache / "packs" / f"tiny-two-{'0' * 16}.json"
    other.write_text("{}")
    for number in range(KEPT + 3):
        open_pack(copy, cache, f"g{number}")
        for age, file in enumerate(sorted(stored(cache), key=lambda one: one.stat().st_mtime)):
            os.utime(file, (age, age))
    assert len(stored(cache)) == KEPT + 1
    assert other in stored(cache)
