from __future__ import annotations

import json

import pytest
from bench.__main__ import main
from bench.rows import Row, json_text, not_run, options, table

ROWS = [
    Row("lkt-all", "roadworthy", "log_loss", 0.45678912, 0.007),
    Row("lkt-all", "roadworthy", "auc", float("nan")),
    not_run("lkt-all", "bkt", "log_loss", "no .venv-bkt"),
]


def test_json_has_exactly_the_agreed_keys() -> None:
    """A row has case, model, metric, value, se; what is missing or not finite is null."""
    told = json.loads(json_text("predict", ROWS))
    assert set(told) == {"bench", "rows"}
    assert [set(row) for row in told["rows"]] == [{"case", "model", "metric", "value", "se"}] * 3
    assert told["rows"][0]["value"] == pytest.approx(0.456789)
    assert [row["value"] for row in told["rows"][1:]] == [None, None]


def test_json_of_no_rows_is_json() -> None:
    """A measurement without rows still prints an object."""
    assert json.loads(json_text("speed", [])) == {"bench": "speed", "rows": []}


def test_a_peer_that_did_not_run_says_why() -> None:
    """The reason stands in the row itself, in JSON as in the table."""
    assert "bkt (not run: no .venv-bkt)" in json_text("predict", ROWS)
    assert "bkt (not run: no .venv-bkt)" in table(ROWS)


def test_table_fits_in_80_columns() -> None:
    """Metrics that don't fit beside each other go into a further block."""
    many = [Row("case", "a model", f"metric_{n}", 1234.5, 0.25) for n in range(9)]
    text = table([*many, not_run("case", "peer", "metric_0", "because " * 20)])
    assert max(len(line) for line in text.splitlines()) <= 80
    assert all(f"metric_{n}" in text for n in range(9))


@pytest.mark.parametrize("name", ["predict", "pass"])
def test_real_data_must_be_given(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --data predict and pass print one line on stderr and exit with 2."""
    with pytest.raises(SystemExit) as stop:
        main([name, "--json"])
    assert stop.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "--data" in told.err


@pytest.mark.parametrize("arguments", [[], ["nothing"]])
def test_unknown_measurement_is_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """No name or a wrong one gives one line with the names, and 2."""
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "predict,pass,calibrate,policy,readiness,speed" in told


def test_data_must_be_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that does not exist is refused before anything runs."""
    with pytest.raises(SystemExit) as stop:
        options("predict", ["--data", "/no/such/folder"], needs_data=True)
    assert stop.value.code == 2
    assert "/no/such/folder" in capsys.readouterr().err
