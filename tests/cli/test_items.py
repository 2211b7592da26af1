from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from roadworthy.cli.main import run

FIELDS = {
    "id", "situation", "decision", "kind", "section", "objective", "topics", "rules", "facts",
    "goal", "stem", "decisive", "options",
}  # fmt: skip
OPTION_FIELDS = {"text", "correct", "rationale", "rules", "source", "strength"}


@pytest.fixture
def sampled(tiny_folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs ``items sample`` on the tiny pack and gives exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["items", "sample", "--pack", str(tiny_folder), *arguments])
        return code, *capsys.readouterr()

    return call


def test_json_lines_have_exactly_the_published_fields(sampled: Any) -> None:
    """What programs rely on is there, an item a line, and nothing else."""
    code, out, _ = sampled("--count", "12", "--seed", "4", "--json")
    items = [json.loads(line) for line in out.splitlines()]

    assert code == 0
    assert len(items) == 12
    for item in items:
        assert set(item) == FIELDS
        assert [set(option) for option in item["options"]] == [OPTION_FIELDS] * 4
        assert [option["strength"] is None for option in item["options"]] == [
            option["correct"] for option in item["options"]
        ]
        words = item["stem"].split()
        assert all(0 <= start < end <= len(words) for start, end in item["decisive"])


def test_same_seed_same_lines(sampled: Any) -> None:
    """The output follows from its arguments; another seed gives others."""
    first = sampled("--count", "8", "--seed", "4", "--json")

    assert sampled("--count", "8", "--seed", "4", "--json") == first
    assert sampled("--count", "8", "--seed", "5", "--json") != first


@pytest.mark.parametrize("length", ["brief", "exam"])
@pytest.mark.parametrize("mode", ["practice", "mock"])
def test_decision_mode_and_length_are_kept(sampled: Any, mode: str, length: str) -> None:
    """Only the asked decision, in the asked length, from the asked situations."""
    arguments = ("--decision", "delivery-route", "--length", length, "--json", "--count", "6")
    items = [json.loads(line) for line in sampled(*arguments, "--mode", mode)[1].splitlines()]
    other = "mock" if mode == "practice" else "practice"
    others = [json.loads(line) for line in sampled(*arguments, "--mode", other)[1].splitlines()]

    assert {item["decision"] for item in items} == {"delivery-route"}
    assert all((len(item["stem"].split()) > 45) == (length == "exam") for item in items)
    assert not {i["situation"] for i in items} & {i["situation"] for i in others}


def test_readable_items_keep_to_80_columns(sampled: Any) -> None:
    """Without --json an item is text, with the key starred and a reason for each option."""
    code, out, _ = sampled("--count", "4")

    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert out.count("--- ") == 4
    assert out.count("*  ") == 4
    assert out.count("Key: ") == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--count", "-1"], "--count is negative"),
        (["--decision", "no-such"], "There is no decision 'no-such'"),
        (["--mode", "exam"], "--mode knows no `exam`"),
        (["--length", "long"], "--length knows no `long`"),
    ],
)
def test_bad_argument_is_one_line(sampled: Any, arguments: list[str], said: str) -> None:
    """What cannot be used is named in one line on stderr, and the exit code is 2."""
    code, out, err = sampled(*arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_folder_without_a_pack_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that holds no pack is named, and the exit code is 2."""
    assert run(["items", "sample", "--pack", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert str(tmp_path) in err
    assert err.count("\n") == 1


def test_too_few_items_are_printed_and_told(sampled: Any) -> None:
    """A decision that has fewer items than asked for gives them all, says so, and exits with 1."""
    code, out, err = sampled(
        "--decision", "new-oven", "--length", "brief", "--count", "250", "--json"
    )

    assert code == 1
    assert f"no more than {len(out.splitlines())} different items" in err


def test_nothing_is_printed_for_none(sampled: Any) -> None:
    """Zero items are a fair wish."""
    assert sampled("--count", "0") == (0, "", "")


def test_reader_that_goes_away_is_one_line(tiny_folder: Path) -> None:
    """With ``| head`` there is no traceback, one line says why it ended, and the code is 2."""
    command = ["-m", "roadworthy.cli.main", "items", "sample", "--count", "400", "--json"]
    program = subprocess.Popen(
        [sys.executable, *command, "--pack", str(tiny_folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    err = program.stderr.read()
    program.stderr.close()

    assert program.wait() == 2
    assert err.startswith("roadworthy: The program that read the output closed it")
    assert err.count("\n") == 1
