from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = [ROOT / name for name in ("src", "tools", "bench", "tests") if (ROOT / name).exists()]
Troubles = Callable[[Path], list[str]]
VAGUE_MODULES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc", "data"}
WORDS_OF_OTHERS = {"question", "card", "quiz", "attempt"}  # never in names
LONGEST_MODULE = 400


def python_files(folder: Path) -> Iterator[Path]:
    """All Python files below a folder of our own code."""
    return folder.rglob("*.py")


def module_name_troubles(path: Path) -> list[str]:
    """What is wrong with the name of a module or of its folder."""
    names = {path.stem, path.parent.name} & VAGUE_MODULES
    return [f"{path}: the name '{name}' explains nothing" for name in sorted(names)]


def size_troubles(path: Path) -> list[str]:
    """Whether a module is too long to have one name."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return [f"{path}: {lines} lines want two names"] if lines > LONGEST_MODULE else []


def word_troubles(path: Path) -> list[str]:
    """Identifiers that use another system's word for one of ours."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return [
        f"{path}:{line}: '{name}' (docs/glossary.md has our word)"
        for name, line in [(path.stem, 1), *identifiers(tree)]
        if words_of(name) & WORDS_OF_OTHERS
    ]


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names that this code gives: classes, functions, arguments, variables, attributes, fields."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr, node.lineno
            case ast.alias(asname=str(alias)):
                yield alias, node.lineno
            case _:
                pass


def words_of(name: str) -> set[str]:
    """The words of an identifier in the singular: ``oldQuizzes`` and ``OLD_QUIZ`` hold quiz."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {re.sub(r"(?<=quiz)zes$|s$", "", part.lower()) for part in parts}


@pytest.mark.parametrize("trouble", [module_name_troubles, size_troubles, word_troubles])
@pytest.mark.parametrize("folder", CODE, ids=lambda folder: folder.name)
def test_code_has_telling_names_and_short_modules(folder: Path, trouble: Troubles) -> None:
    """No module is vaguely named or over 400 lines; no identifier uses a word that is not ours."""
    assert [line for path in python_files(folder) for line in trouble(path)] == []


@pytest.mark.parametrize("name", ["utils.py", "common/thing.py", "base.py"])
def test_vague_module_name_is_red(tmp_path: Path, name: str) -> None:
    """A module or folder named for nothing is found."""
    assert module_name_troubles(tmp_path / name)


def test_long_module_is_red(tmp_path: Path) -> None:
    """A module of 401 lines is found, one of 400 is not."""
    (tmp_path / "short.py").write_text("pass\n" * 400)
    (tmp_path / "long.py").write_text("pass\n" * 401)

    assert size_troubles(tmp_path / "short.py") == []
    assert size_troubles(tmp_path / "long.py")


@pytest.mark.parametrize(
    "line",
    [
        "class QuestionBank: ...",
        "def grade(card): ...",
        "quizzes = 3",
        "self.last_attempt = 3",
        "import item as Question",
        "for old_cards in (): ...",
    ],
)
def test_word_of_others_is_red(tmp_path: Path, line: str) -> None:
    """Another system's word is found in every place where code gives a name."""
    module = tmp_path / "module.py"
    module.write_text(line)

    assert word_troubles(module)


@pytest.mark.parametrize("line", ["discarded = 1", "session = form = 2", "text = 'a question'"])
def test_our_words_are_green(tmp_path: Path, line: str) -> None:
    """Longer words, words of HTTP and HTML, and text for the candidate are free."""
    module = tmp_path / "module.py"
    module.write_text(line)

    assert word_troubles(module) == []
