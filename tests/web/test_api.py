from __future__ import annotations

import pytest

from .conftest import Visitor


def test_today_as_json(studying: Visitor) -> None:
    """The steps with minutes that sum to what is left, and the losses."""
    answer = studying.client.get("/api/today").json()
    assert answer["date"] == "2026-11-25" and answer["days_to_exam"] == 19
    assert sum(step["minutes"] for step in answer["steps"]) == answer["minutes_left"] == 45
    assert {"title", "cost", "returns"} <= set(answer["left_out"][0])
    more = studying.client.get("/api/today?more=15").json()
    assert more["minutes_left"] == 60


def test_readiness_as_json(studying: Visitor) -> None:
    """The forecast with range and assumptions; the same numbers as the page."""
    answer = studying.client.get("/api/readiness").json()
    forecast = studying.desk.readiness()
    assert answer["readiness"]["p"] == pytest.approx(forecast.p)
    low, p, high = (answer["readiness"][name] for name in ("low", "p", "high"))
    assert 0 <= low <= p <= high <= 1
    assert answer["pass_mark"] == pytest.approx(0.7) and answer["lacking"]
    assert answer["model"] and answer["weights"] and answer["pack"] == studying.desk.pack.hash


def test_readiness_before_a_forecast(settled: Visitor) -> None:
    """Null instead of a number that nothing supports."""
    answer = settled.client.get("/api/readiness").json()
    assert answer["readiness"] is None and answer["if_plan_followed"] is None
    assert answer["causes"] == [] and answer["lacking"]


def test_plan_as_json(studying: Visitor) -> None:
    """Every day from today to the exam, with blocks that fill its minutes."""
    answer = studying.client.get("/api/plan").json()
    assert answer["days"][0]["date"] == "2026-11-25"
    assert answer["days"][-1]["kind"] == "exam" and answer["days"][-1]["date"] == "2026-12-14"
    assert [day["kind"] for day in answer["days"]].count("off") == 3
    for day in answer["days"]:
        assert sum(block["minutes"] for block in day["blocks"]) == day["minutes"]


@pytest.mark.parametrize("path", ["today", "readiness", "plan"])
def test_no_course_is_said_in_the_one_shape(visitor: Visitor, path: str) -> None:
    """404 with what, where and mend."""
    answer = visitor.client.get(f"/api/{path}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"error", "what", "where", "mend"}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/nothing", 404), ("/api/today?more=-1", 400), ("/api/today?more=x", 400)],
)
def test_faults_have_one_shape(studying: Visitor, path: str, status: int) -> None:
    """An unknown path and a value out of range answer like every other fault."""
    answer = studying.client.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "what", "where", "mend"}


def test_the_description_covers_all_paths(visitor: Visitor) -> None:
    """OpenAPI lists the three answers with their shapes, and no page."""
    described = visitor.client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/today", "/api/readiness", "/api/plan"}
    for path in described["paths"].values():
        answers = path["get"]["responses"]
        assert answers["404"]["content"]["application/json"]["schema"]["$ref"].endswith("Fault")
