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

    Labs are left out: they never change what an item says. Raises ``NotThere`` when the folder
    holds no pack, ``OSError`` when the home folder cannot be written.
    """
    target = home / "packs" / f"{_id_of(pack_folder)}-{pack_hash(pack_folder)}"
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=".part-"))
    try:
        for path in content_files(pack_folder):
            copy = part / path.relative_to(pack_folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        part.rename(target)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)
        if not target.is_dir():  # another process may have been faster
            raise
    return target


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
