from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = [
    "roadworthy/__init__.py",
    "roadworthy/_packs/gcp-pmle/pack.yaml",
    "roadworthy/_packs/gcp-pmle/labs/environments/tabular.lock",
    "roadworthy/_pip/pip-26.3-py3-none-any.whl",
    "roadworthy/web/templates/today.html",
    "roadworthy/web/static/style.css",
    "roadworthy-0.1.0.dist-info/METADATA",
]


@pytest.fixture(scope="module")
def check_wheel() -> ModuleType:
    """tools/check_wheel.py, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("check_wheel", ROOT / "tools" / "check_wheel.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wheel_with(names: list[str], folder: Path) -> Path:
    """A wheel that holds empty files of these names."""
    path = folder / "made.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return path


def test_whole_wheel_passes(check_wheel: ModuleType, tmp_path: Path) -> None:
    """A wheel with pack, templates and static files is what we ship."""
    assert check_wheel.check_content(wheel_with(WHOLE, tmp_path)) == WHOLE


@pytest.mark.parametrize("lacking", WHOLE[2:6])
def test_wheel_that_lacks_a_folder_is_red(
    check_wheel: ModuleType, tmp_path: Path, lacking: str
) -> None:
    """A wheel without the labs' locks, pip, the templates or the static files is refused."""
    names = [name for name in WHOLE if name != lacking]

    with pytest.raises(check_wheel.NotHolding, match="is not in it"):
        check_wheel.check_content(wheel_with(names, tmp_path))


@pytest.mark.parametrize("stranger", ["tests/test_a.py", "roadworthy/__pycache__/a.pyc"])
def test_wheel_with_a_stranger_is_red(
    check_wheel: ModuleType, tmp_path: Path, stranger: str
) -> None:
    """Tests, tools and compiled files do not belong in the wheel."""
    with pytest.raises(check_wheel.NotHolding, match="does not belong"):
        check_wheel.check_content(wheel_with([*WHOLE, stranger], tmp_path))


def test_locked_names_are_read_once(check_wheel: ModuleType, tmp_path: Path) -> None:
    """A package that is locked in two versions, for two Pythons, is one package."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("numpy==1 ; a \\\n    --hash=sha256:aa\nnumpy==2 ; b\nidna==3\n    # via x\n")

    assert check_wheel.locked_names(lock) == ["idna", "numpy"]
