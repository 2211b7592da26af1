"""Labs in a browser without script: every state of the list and of a lab's page."""

from __future__ import annotations

import html
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.labs.tiny_labs import HALF_MENDED, LAB, RULES, add_labs, let_stand, mend

from roadworthy.errors import BadInput
from roadworthy.labs.install import Progress
from roadworthy.labs.running import Runs

Visitor = Any  # the class of conftest.py, which tests cannot import
POSTS = ("start", "check", "stop", "hint", "reset", "remove", "items", "later")
LONG = 20.0  # seconds that a test waits for what never takes so long


@pytest.fixture
def tiny_folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny pack with one lab, for all desks of this module."""
    return add_labs(Path(shutil.copytree(tiny_folder, tmp_path / "tiny")))


@pytest.fixture
def at_labs(visitor: Visitor) -> Visitor:
    """A candidate who has answered nothing, at a lab that is not installed, in one open tab."""
    visitor.enrol()
    visitor.desk.pack = replace(visitor.desk.pack, labs=visitor.desk.labs.labs)
    token = visitor.token()
    visitor.token = lambda: token
    return visitor


@pytest.fixture
def installed(at_labs: Visitor) -> Visitor:
    """Its packages stand."""
    let_stand(at_labs.desk.labs.environment_named("tiny"))
    return at_labs


@pytest.fixture
def started(installed: Visitor) -> Visitor:
    """Its files were copied."""
    assert installed.post("/labs/tiny/start").headers["location"] == "/labs/tiny"
    return installed


def check(visitor: Visitor) -> None:
    """Press Check and wait for the end."""
    answer = visitor.post("/labs/tiny/check")
    assert (answer.status_code, answer.headers["location"]) == (303, "/labs/tiny#checks")
    visitor.desk.lab_runs.wait(LONG)


@pytest.fixture
def failed(started: Visitor) -> Visitor:
    """The starter was checked."""
    check(started)
    return started


@pytest.fixture
def passed(started: Visitor) -> Visitor:
    """The mended lab was checked."""
    mend(started.desk.labs)
    check(started)
    return started


def words(visitor: Visitor, path: str = "/labs/tiny") -> str:
    """The words of a page between its landmarks, without tags, spaces folded."""
    text = visitor.get(path)
    inner = text[text.index("<main") : text.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inner)).split())


def presses(visitor: Visitor) -> list[str]:
    """Where the forms of the lab's page lead."""
    return re.findall(r'<form method="post" action="/labs/tiny/(\w+)"', visitor.get("/labs/tiny"))


def kinds(visitor: Visitor, *wanted: str) -> list[dict[str, Any]]:
    """The payloads of some kinds of events."""
    return [event.payload for event in visitor.desk.course.of_kinds(*wanted)]


def test_list_says_state_and_disk(at_labs: Visitor) -> None:
    """Each lab with minutes and state, its packages with size; what is installed is measured."""
    text = words(at_labs, "/labs")
    assert "A scale that weighs double 20 min · not started" in text
    assert "about 1 MB, not installed" in text
    let_stand(at_labs.desk.labs.environment_named("tiny"))
    at_labs.post("/labs/tiny/start")
    text = words(at_labs, "/labs")
    assert "20 min · started" in text
    assert "0 MB, installed" in text
    check(at_labs)
    assert "1 of 3 checks hold" in words(at_labs, "/labs")
    mend(at_labs.desk.labs)
    check(at_labs)
    text = words(at_labs, "/labs")
    assert "passed Tuesday 24 November" in text
    assert "1 of 1 passed." in text


def test_list_of_a_pack_without_labs(visitor: Visitor, tiny_folder: Path) -> None:
    """It says so, and leads to what there is."""
    shutil.rmtree(tiny_folder / "labs")
    assert "The content has no labs yet." in words(visitor, "/labs")


def test_page_before_the_install_says_what_it_takes(at_labs: Visitor) -> None:
    """Size and place are told before anything is fetched; there is nothing to check yet."""
    text = words(at_labs)

    assert "about 1 MB, installed once into" in text
    assert presses(at_labs) == ["start"]
    assert "Install and start" in text
    assert "not run yet" not in text


def test_page_tells_story_steps_and_parts(at_labs: Visitor) -> None:
    """Terms have their names, Markdown is set, each part has its source, no solution is there."""
    text = words(at_labs, "/labs/1")

    assert "Crumbline Dispatch (formerly Crumb Desk) waits for your answer." in text
    assert "<strong>one file</strong>" in at_labs.get("/labs/tiny")
    assert "{@" not in at_labs.get("/labs/tiny")
    assert "There: A scale that reports to Crumbline Dispatch." in text
    assert "This cannot show: What rain does to a scale." in text
    assert 'href="https://example.org/dispatch/manual"' in at_labs.get("/labs/tiny")
    for hidden in ("PER_KILO", "doubled what lay", "Return the grams"):
        assert hidden not in text


def test_installed_lab_can_be_started(installed: Visitor) -> None:
    """Starting copies the files; the packages can be removed."""
    assert presses(installed) == ["start", "remove"]
    installed.post("/labs/tiny/start")

    text = words(installed)
    assert presses(installed) == ["check", "reset", "remove"]
    assert f"Your files: {installed.desk.labs.home / 'labs' / 'tiny'}" in text
    assert text.count("not run yet") == 3


def test_install_goes_on_behind_the_page(at_labs: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page tells how far it is and asks again by itself; in the end the lab is started."""
    seen: list[str] = []

    def install(lab: Any, system: Any) -> Iterator[Progress]:
        yield Progress(4, 9, "Fetching crumbs")
        seen.append(at_labs.get("/labs/tiny"))
        let_stand(at_labs.desk.labs.environment(lab))

    monkeypatch.setattr(at_labs.desk.labs, "install", install)
    at_labs.post("/labs/tiny/start")
    at_labs.desk.lab_runs.wait(LONG)

    assert '<progress max="9" value="4"' in seen[0]
    assert "4 of 9 packages" in seen[0]
    assert '<meta http-equiv="refresh"' in seen[0]
    assert presses(at_labs) == ["check", "reset", "remove"]


def test_install_that_failed_says_why(at_labs: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What, where and the mend are on the page, and it can be begun again."""

    def install(lab: Any, system: Any) -> Iterator[Progress]:
        yield Progress(0, 9, "Fetching crumbs")
        raise BadInput("No shop is open.", where="the street", mend="Go on Monday.")

    monkeypatch.setattr(at_labs.desk.labs, "install", install)
    at_labs.post("/labs/tiny/start")
    at_labs.desk.lab_runs.wait(LONG)

    text = words(at_labs)
    for said in ("No shop is open.", "Go on Monday.", "the street", "Install and start"):
        assert said in text


def test_running_checks_are_shown_and_can_be_stopped(failed: Visitor) -> None:
    """What runs is told with its lines; a second check is a conflict; Stop keeps nothing."""
    endless = "import threading\nthreading.Event().wait()\n"
    mend(failed.desk.labs, f"open('gate', 'w').close()\n{endless}")
    gate = failed.desk.home / "labs" / "tiny" / "gate"
    os.mkfifo(gate)
    failed.post("/labs/tiny/check")
    gate.read_text()  # comes back when the check has opened it
    page = failed.get("/labs/tiny")
    assert presses(failed) == ["stop", "reset", "remove"]
    assert 'hx-trigger="every 1s"' in page
    assert '<meta http-equiv="refresh"' in page
    assert "running The report is written" in words(failed)
    assert failed.post("/labs/tiny/check").status_code == 409
    assert failed.post("/labs/tiny/remove").status_code == 400
    assert failed.post("/labs/tiny/stop").status_code == 303

    assert presses(failed) == ["check", "reset", "remove"]
    assert words(failed).count("not run yet") == 3
    assert len(kinds(failed, "lab_checked")) == 1
    assert failed.desk.labs.environment_named("tiny").stands()


def test_failed_check_shows_what_was_seen_and_offers_a_hint(failed: Visitor) -> None:
    """The words of the check, what it printed, and one hint for it; none for one that waits."""
    text = words(failed)

    assert "holds The report is written" in text
    assert "does not hold A loaf weighs what it weighs A loaf of 400 g weighs 800 g." in text
    assert "waits A loaf costs what the list says It waits for: A loaf weighs" in text
    assert "a loaf of 400 g shows 800" in text
    assert presses(failed) == ["check", "hint", "reset", "remove"]
    assert "A hint: where to look" in text
    assert "Yours beside ours" not in text


def test_state_is_there_after_a_new_start_of_the_program(failed: Visitor) -> None:
    """Without any run in this process the page shows the newest of the journal."""
    failed.desk.lab_runs = Runs(time.monotonic)

    text = words(failed)
    assert "does not hold A loaf weighs what it weighs A loaf of 400 g weighs 800 g." in text
    assert "Check again" in text


def test_passed_lab_shows_solution_faults_and_items(passed: Visitor) -> None:
    """The diff with its reason, what was planted, and the round of items."""
    mend(passed.desk.labs, HALF_MENDED)
    text = words(passed)

    assert "All checks have held" in text
    assert "Afterwards: 5 items on the same rules" in text
    assert "The scale doubled what lay on it" in text
    assert "-    return PER_KILO * grams / 100" in html.unescape(passed.get("/labs/tiny"))
    assert "<strong>what it was given</strong>" in passed.get("/labs/tiny")
    assert presses(passed) == ["check", "items", "reset", "remove"]


def test_form_without_a_good_token_does_nothing(started: Visitor) -> None:
    """Another site cannot press any button: refused, and nothing is kept or removed."""
    edited = mend(started.desk.labs, "mine\n")
    before = len(list(started.desk.course.events()))
    for action in POSTS:
        for token in ({}, {"token": ""}, {"token": "forged"}):
            fields = {"check": "weight", "degree": "1", **token}
            answer = started.client.post(
                f"/labs/tiny/{action}", data=fields, follow_redirects=False
            )
            assert answer.status_code == 403, (action, token)

    assert len(list(started.desk.course.events())) == before
    assert started.desk.lab_runs.newest("tiny") is None
    assert started.desk.labs.environment_named("tiny").stands()
    assert edited.read_text() == "mine\n"


def test_unknown_lab_is_404(started: Visitor) -> None:
    """The page and every button, whatever stands in place of the id."""
    sent = {"token": started.token()}
    for name in ("tinny", "02", "..%2f..%2fetc", "%00", "x" * 300):
        assert started.client.get(f"/labs/{name}").status_code == 404
        for action in POSTS:
            answer = started.client.post(f"/labs/{name}/{action}", data=sent)
            assert answer.status_code == 404, (name, action)


def test_hint_of_an_unknown_check_is_404(started: Visitor) -> None:
    """Nothing is kept."""
    for asked in ("wieght", "", "x" * 300):
        assert started.post("/labs/tiny/hint", check=asked, degree="1").status_code == 404
    assert kinds(started, "hint_used") == []


def test_press_before_the_start(installed: Visitor) -> None:
    """What needs the candidate's files says that the lab was not started; Stop does nothing."""
    found = {
        action: installed.post(f"/labs/tiny/{action}").status_code
        for action in ("check", "reset", "stop")
    }

    assert found == {"check": 404, "reset": 404, "stop": 303}
    assert kinds(installed, "lab_checked") == []


def test_hint_opens_once_for_a_double_press(failed: Visitor) -> None:
    """The same form sent twice opens one degree; the next degree has a form of its own."""
    for _ in range(2):
        answer = failed.post("/labs/tiny/hint", check="weight", degree="1")
        assert answer.headers["location"] == "/labs/tiny#check-weight"
    assert kinds(failed, "hint_used") == [{"lab": "tiny", "check": "weight", "degree": 1}]
    text = words(failed)
    assert "Where to look Look at weigh in scale.py." in text
    assert "A hint: what is wrong" in text
    assert "It doubles" not in text
    for degree in ("3", "0", "x", "2", "3", "4"):
        failed.post("/labs/tiny/hint", check="weight", degree=degree)

    assert [one["degree"] for one in kinds(failed, "hint_used")] == [1, 2, 3]
    assert "hint" not in presses(failed)
    assert "It doubles what lies on Crumbline Dispatch" in words(failed)


def test_reset_says_where_the_edits_are(started: Visitor) -> None:
    """The place that the page names holds them."""
    mend(started.desk.labs, "mine\n")
    place = started.post("/labs/tiny/reset").headers["location"]

    assert "What you had edited is kept beside them, in tiny.kept-20261124T190000" in words(
        started, place
    )
    kept = started.desk.home / "labs" / "tiny.kept-20261124T190000" / "scale.py"
    assert kept.read_text() == "mine\n"
    place = started.post("/labs/tiny/reset").headers["location"]
    assert "kept beside them, in" not in words(started, place)


def test_remove_keeps_what_was_edited(started: Visitor) -> None:
    """The packages are gone, the files are not, and installing them again is offered."""
    edited = mend(started.desk.labs, "mine\n")
    place = started.post("/labs/tiny/remove").headers["location"]

    text = words(started, place)
    assert "The packages are removed." in text
    assert not started.desk.labs.environment_named("tiny").cache.exists()
    assert edited.read_text() == "mine\n"
    assert presses(started) == ["start", "reset"]


def test_check_is_journaled_and_moves_no_forecast(studying: Visitor) -> None:
    """Readiness is the same to the last bit before and after a lab that was checked and passed."""
    desk = studying.desk
    let_stand(desk.labs.environment_named("tiny"))
    studying.post("/labs/tiny/start")
    before = desk.readiness()
    check(studying)
    studying.post("/labs/tiny/hint", check="weight", degree="1")
    mend(desk.labs)
    check(studying)

    assert before.p is not None
    assert repr(desk.readiness()) == repr(before)
    checked = kinds(studying, "lab_checked")
    assert [one["passed"] for one in checked] == [False, True]
    assert [one["state"] for one in checked[0]["checks"]] == ["passed", "failed", "waits"]


def test_items_afterwards_are_on_the_rules_of_the_lab(passed: Visitor) -> None:
    """The form starts a session of five items; sent twice it is one session."""
    page = passed.get("/labs/tiny")
    found = re.search(r'name="session" value="([^"]+)"', page)
    assert found is not None
    places = {passed.post("/labs/tiny/items", session=found[1]).headers["location"] for _ in "12"}

    assert places == {f"/session/{found[1]}-tiny"}
    [session] = kinds(passed, "session_started")
    assert (session["purpose"], session["target"]) == ("lab", "tiny")
    assert "On what you mended." in passed.client.get(places.pop()).text
    course, asked = passed.desk.course, []
    while (position := course.advance(session["session"], now=passed.clock.now)).shown:
        asked.append(position.shown.purpose)
        course.answer(
            position.shown.presentation, chosen=position.shown.item.key,
            confidence=2, milliseconds=50_000, now=passed.clock.now,
        )  # fmt: skip
    assert len(asked) == 5
    assert set(asked) <= {f"lab:{rule}" for rule in RULES}


def test_items_with_a_session_that_is_no_name_are_refused(passed: Visitor) -> None:
    """Nothing is started."""
    assert passed.post("/labs/tiny/items", session="../x").status_code == 400
    assert kinds(passed, "session_started") == []


def test_broken_lab_says_so_without_a_traceback(visitor: Visitor, tiny_folder: Path) -> None:
    """A pack whose labs cannot be used gives a page with words, not a fault."""
    (tiny_folder / LAB / "lab.yaml").write_text("schema: 1\n")
    answer = visitor.client.get("/labs")

    assert answer.status_code == 500
    assert "The labs of this pack cannot be used." in answer.text


def test_a_lab_can_be_put_off_for_a_week_and_taken_back(at_labs: Visitor) -> None:
    """A double press keeps one event; the page says until when, and how to take it back."""
    for undo, said in (("", 1), ("", 1), ("1", 0)):
        at_labs.post("/labs/tiny/later", undo=undo)
        assert words(at_labs).count("The plan names this lab again from") == said
    assert [one["later"] is None for one in kinds(at_labs, "lab_put_off")] == [False, True]
