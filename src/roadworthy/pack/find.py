"""Where packs lie: in the repository, in the wheel, and as snapshots in the home folder.

A snapshot ``home/packs/<id>-<hash>/`` holds the content that journal events name, so that an old
response can be replayed after the pack has moved on.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from roadworthy.errors import NotThere
from roadworthy.pack.fingerprint import content_files, pack_hash
from roadworthy.pack.marks import read_marked

_PACKAGE = Path(__file__).resolve().parents[1]
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")


def named_pack(name: str) -> Path:
    """The folder of a pack that a settings file names: by its id, or by a path with a slash.

    By a path an author studies a pack before it is released. Raises ``NotThere``.
    """
    if "/" not in name:
        return find_pack(name)
    own = Path(name).expanduser()
    if (own / "pack.yaml").is_file():
        return own
    raise NotThere(
        "This folder holds no pack.", where=name, mend="Name the folder in which pack.yaml lies."
    )


def find_pack(pack_id: str) -> Path:
    """The folder of a pack that came with the program; raises ``NotThere``.

    An editable install reads ``packs/`` of its repository, a wheel ``roadworthy/_packs``.
    """
    shelves = (_PACKAGE.parents[1] / "packs", _PACKAGE / "_packs")
    for shelf in shelves:
        folder = shelf / pack_id
        if _ID.fullmatch(pack_id) and (folder / "pack.yaml").is_file():
            return folder
    known = sorted({one.parent.name for shelf in shelves for one in shelf.glob("*/pack.yaml")})
    raise NotThere(
        f"There is no pack '{pack_id}'.",
        where=str(next((shelf for shelf in shelves if shelf.is_dir()), shelves[-1])),
        mend=f"Use one of: {', '.join(known)}." if known else "Install Roadworthy again.",
    )


def snapshot_pack(pack_folder: Path, home: Path) -> Path:
    """Copy the content of a pack to ``home/packs/<id>-<hash>/``, once; returns that folder.

    A whole snapshot is left as it is; one that lost or changed a file is made anew. It gets its
    name when it is complete. Labs are left out: they never change what an item says. Raises
    ``NotThere`` when the folder holds no pack, ``OSError`` when the home folder cannot be written.
    """
    pack_id = _id_of(pack_folder)
    target = _snapshot_folder(pack_id, pack_hash(pack_folder), home)
    if _is_whole(target):
        return target
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=".part-"))
    try:
        copy = part / "copy"
        for path in content_files(pack_folder):
            one = copy / path.relative_to(pack_folder)
            one.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, one)
        # Named by what was copied: an author may save a file while it is read.
        target = _snapshot_folder(pack_id, pack_hash(copy), home)
        if target.exists() and not _is_whole(target):
            target.rename(part / "broken")
        copy.rename(target)
    except OSError:
        if not _is_whole(target):  # another process may have been faster
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _snapshot_folder(pack_id: str, content_hash: str, home: Path) -> Path:
    return home / "packs" / f"{pack_id}-{content_hash}"


def _is_whole(snapshot: Path) -> bool:
    """Whether the content of a snapshot is what its name says."""
    try:
        return snapshot.is_dir() and snapshot.name.endswith(f"-{pack_hash(snapshot)}")
    except OSError:
        return False


def _id_of(pack_folder: Path) -> str:
    path = pack_folder / "pack.yaml"
    try:
        value = read_marked(path.read_text(encoding="utf-8"), path.as_posix())[0].value
    except (OSError, UnicodeDecodeError):
        value = None
    pack_id = value.get("id") if isinstance(value, dict) else None
    if isinstance(pack_id, str) and _ID.fullmatch(pack_id):
        return pack_id
    raise NotThere(
        "This folder holds no pack.", where=str(path), mend="Name a folder with a pack.yaml."
    )


def find_snapshot(pack_id: str, content_hash: str, home: Path) -> Path:
    """The snapshot that an event names; raises ``NotThere`` when the home folder lost it."""
    name = f"{pack_id}-{content_hash}"
    folder = home / "packs" / name
    if re.fullmatch(r"[a-z0-9_.-]+", name) and (folder / "pack.yaml").is_file():
        return folder
    raise NotThere(
        f"The content '{name}' that your journal names is not in the home folder.",
        where=str(home / "packs"),
        mend="Restore it from a backup, which holds packs beside the journal.",
    )
