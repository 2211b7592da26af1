from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from roadworthy.errors import NotThere
from roadworthy.pack import find
from roadworthy.pack.find import find_pack, find_snapshot, named_pack, snapshot_pack
from roadworthy.pack.load import load_pack
from roadworthy.pack.model import Pack


def test_pack_of_the_repository_is_found() -> None:
    """An editable install reads packs/ of its repository."""
    assert find_pack("gcp-pmle") == Path(__file__).parents[2] / "packs" / "gcp-pmle"


def test_pack_of_the_wheel_is_found(
    tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed wheel reads roadworthy/_packs."""
    package = tmp_path / "site-packages" / "roadworthy"
    shutil.copytree(tiny_folder, package / "_packs" / "tiny")
    monkeypatch.setattr(find, "_PACKAGE", package)
    assert find_pack("tiny") == package / "_packs" / "tiny"


@pytest.mark.parametrize("pack_id", ["nope", "", "../packs/gcp-pmle", "gcp-pmle/../gcp-pmle", "."])
def test_unknown_pack_is_told_with_those_that_exist(pack_id: str) -> None:
    """No path gets through as an id."""
    with pytest.raises(NotThere, match="gcp-pmle"):
        find_pack(pack_id)


def test_snapshot_loads_as_the_same_content(
    tiny_folder: Path, tiny_pack: Pack, tmp_path: Path
) -> None:
    """A snapshot is found by the hash that events name, and gives the same pack."""
    folder = snapshot_pack(tiny_folder, tmp_path)
    assert folder == tmp_path / "packs" / f"tiny-{tiny_pack.hash}"
    assert find_snapshot("tiny", tiny_pack.hash, tmp_path) == folder
    assert load_pack(folder) == (tiny_pack, [])


def test_snapshot_is_made_once_and_whole(tiny_folder: Path, tmp_path: Path) -> None:
    """A second one changes nothing; no half copy is left beside it."""
    folder = snapshot_pack(tiny_folder, tmp_path)
    (folder / "kept").write_text("x")
    assert snapshot_pack(tiny_folder, tmp_path) == folder
    assert (folder / "kept").exists()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_lost_snapshot_is_told(tmp_path: Path) -> None:
    """The mend names the backup."""
    with pytest.raises(NotThere, match="backup"):
        find_snapshot("tiny", "0" * 16, tmp_path)


def test_folder_without_a_pack_is_no_snapshot(tmp_path: Path) -> None:
    """Nothing is copied from a folder that holds no pack."""
    with pytest.raises(NotThere, match="no pack"):
        snapshot_pack(tmp_path, tmp_path / "home")


def test_damaged_snapshot_is_made_anew(tiny_folder: Path, tmp_path: Path) -> None:
    """A snapshot that lost part of a file in a power cut is whole after the next."""
    folder = snapshot_pack(tiny_folder, tmp_path)
    (folder / "terms.yaml").write_text("")

    assert snapshot_pack(tiny_folder, tmp_path) == folder

    assert (folder / "terms.yaml").read_bytes() == (tiny_folder / "terms.yaml").read_bytes()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_snapshot_on_a_full_disk_leaves_nothing(
    tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that fails half-way gets no name, and the error of the disk comes through."""
    copied: list[Path] = []

    def fills_up(source: Path, target: Path) -> None:
        copied.append(target)
        if len(copied) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr(find.shutil, "copyfile", fills_up)

    with pytest.raises(OSError, match="No space left"):
        snapshot_pack(tiny_folder, tmp_path)

    assert list((tmp_path / "packs").iterdir()) == []


def test_pack_is_named_by_its_id_or_by_a_path(tiny_folder: Path, tmp_path: Path) -> None:
    """A text with a slash is a folder; one without a pack in it is told with its mend."""
    assert named_pack("gcp-pmle") == find_pack("gcp-pmle")
    assert named_pack(str(tiny_folder)) == tiny_folder
    with pytest.raises(NotThere, match="holds no pack"):
        named_pack(str(tmp_path))
