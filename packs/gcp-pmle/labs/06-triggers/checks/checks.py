"""Whether each cause gets exactly one run, seen from outside: in the records of the service."""

from roadworthy_lab import expect
from world import world

IMAGES = "europe-west4-docker.pkg.dev/water-ml/train/forecast"


def starts(work):
    """An archive that arrives undisturbed makes one run, which trains on it."""
    here = world(work)
    blob = here.upload(here.name())
    here.send("on_object", here.event("finalized", blob))
    runs = here.runs()
    expect(len(runs) == 1, f"One archive came undisturbed, and {_runs(len(runs))} started.")
    found = here.runs_of(blob, blob.generation)
    expect(
        found,
        f"The run has the parameters {runs[0]['parameters']}. It should name the archive as input "
        f"gs://{blob.bucket.name}/{blob.name} with its generation {blob.generation}.",
    )
    work.run("play.py")  # shows the reader the table of runs, whatever it says
    return "One archive, one run; above, what play.py prints."


def retry(work):
    """Asking twice starts no second run: after a lost answer, or from two places at once."""
    here = world(work)
    blob = here.upload(here.name())
    here.trouble("lose")
    here.send("on_object", here.event("finalized", blob))
    count = len(here.runs_of(blob))
    expect(
        count == 1,
        f"The service started a run for {blob.name}, and its answer was lost. After the retry the "
        f"archive has {_runs(count)}; it should have one.",
    )
    push = _push(here)
    here.trouble("lose")
    here.send("on_push", here.message(push))
    count = len(here.runs()) - 1
    expect(
        count == 1,
        f"The service started a run for a push, and its answer was lost. After the retry the push "
        f"has {_runs(count)}; it should have one.",
    )
    before = len(here.runs())
    here.trouble("meet")
    here.deliver_at_once("on_push", here.message(_push(here)))
    count = len(here.runs()) - before
    expect(
        count == 1,
        "A push was told to two instances at the same moment, and neither knew of the other. "
        f"It has {_runs(count)}; it should have one.",
    )


def redelivered(work):
    """An event that comes again starts nothing, and a corrected archive is a new one."""
    here = world(work)
    blob = here.upload(here.name())
    first = here.event("finalized", blob)
    here.send("on_object", first)
    here.send("on_object", first)
    here.send("on_object", first, instance="b")
    count = len(here.runs_of(blob))
    expect(
        count == 1,
        f"The event of {blob.name} was delivered twice to one instance of the function and once "
        f"to a second instance. The archive has {_runs(count)}; it should have one.",
    )
    here.send("on_object", here.event("finalized", blob), instance="b")
    count = len(here.runs_of(blob))
    expect(
        count == 1,
        f"The storage announced {blob.name} once more, in a message with a new id. The archive "
        f"has {_runs(count)}; it should have one.",
    )
    new = here.upload(blob.name)
    corrected = here.event("finalized", new)
    here.send("on_object", corrected)
    here.send("on_object", first)
    here.send("on_object", corrected, instance="b")
    count = len(here.runs_of(new, new.generation))
    expect(
        count == 1,
        f"{blob.name} was uploaded again with corrections. Its new generation has {_runs(count)}; "
        "it should have one.",
    )
    count = len(here.runs_of(blob, blob.generation))
    expect(
        count == 1,
        f"An old event of {blob.name} came after the corrected upload. The first generation has "
        f"{_runs(count)}; it should have one.",
    )
    return "Four deliveries of one archive: one run. Its correction, told twice: one more."


def rename(work):
    """A renamed archive has one run, under its final name, and so has one with equal readings."""
    here = world(work)
    for order in ("copy first", "delete first", "part last"):
        name = here.name()
        part = here.upload(f"{name}.part")
        came = here.event("finalized", part)
        whole, gone = here.rename(part, name)
        made = here.event("finalized", whole)
        events = {
            "copy first": (came, made, gone, made),
            "delete first": (came, gone, made, gone),
            "part last": (gone, made, came),
        }[order]
        for number, event in enumerate(events):
            here.send("on_object", event, instance="ab"[number % 2])
        count = len(here.runs_of(whole))
        expect(
            count == 1,
            f"{name}.part was uploaded, then renamed to {name} by a copy and a delete. "
            f"The archive has {_runs(count)}; it should have one.",
        )
        count = len(here.runs_of(part))
        expect(
            not count,
            f"{name}.part was an upload under way, and it has {_runs(count)}. Only the archive "
            "under its final name should be trained on.",
        )
    text = f"meter,liters\n{here.word()},0\n"
    equal = [here.upload(here.name(), text) for _ in range(2)]
    for blob in equal:
        here.send("on_object", here.event("finalized", blob))
    count = len(here.runs_of(equal[1]))
    expect(
        count == 1,
        f"{equal[1].name} came with the same readings as {equal[0].name}, another day. It has "
        f"{_runs(count)}; it should have one of its own.",
    )
    return "Three renames in three orders, and two days with equal readings: one run each."


def crash(work):
    """A run is neither lost nor doubled where the service or the function fails midway."""
    here = world(work)
    blob = here.upload(here.name())
    event = here.event("finalized", blob)
    here.trouble("refuse")
    acknowledged = here.deliver("on_object", event)
    here.trouble("")
    if not acknowledged:
        here.send("on_object", event, instance="b")
    count = len(here.runs_of(blob))
    expect(
        count == 1,
        f"The pipeline service was down when {blob.name} came"
        + (", and the event was acknowledged all the same. " if acknowledged else ". ")
        + f"After it was back, the archive has {_runs(count)}; it should have one.",
    )
    blob = here.upload(here.name())
    here.trouble("die")
    here.send("on_object", here.event("finalized", blob))
    count = len(here.runs_of(blob))
    expect(
        count == 1,
        f"The instance was killed right after the service had started a run for {blob.name}, and "
        f"the event came again. The archive has {_runs(count)}; it should have one.",
    )


def others(work):
    """Deleted and changed objects, uploads under way and other folders start nothing."""
    here = world(work)
    cases = [
        ("deleted", here.name(), "was deleted"),
        ("metadataUpdated", here.name(), "got other metadata"),
        ("archived", here.name(), "became an old version"),
        ("finalized", here.name() + ".part", "is an upload under way"),
        ("finalized", here.name().replace("days/", "reports/"), "lies in another folder"),
    ]
    for kind, name, story in cases:
        blob = here.upload(name)
        here.send("on_object", here.event(kind, blob))
        count = len(here.runs())
        expect(not count, f"{name} {story}, and {_runs(count)} started. None should.")


def sweep(work):
    """The nightly sweep starts a run for each archive that has none, and for no other."""
    here = world(work)
    announced = [here.upload(here.name()) for _ in range(3)]
    for blob in announced:
        here.send("on_object", here.event("finalized", blob))
    silent = [here.upload(here.name()) for _ in range(2)]
    here.upload(here.name() + ".part")
    first, second = (here.tick(f"2026-11-{day}T02:00:00Z") for day in (24, 25))
    here.send("on_tick", first)
    _each_once(here, announced, "was announced and trained on, then the nightly sweep came")
    _each_once(here, silent, "was never announced, and the nightly sweep came")
    here.send("on_tick", first, instance="b")
    here.send("on_tick", second)
    _each_once(here, silent, "was never announced, and the nightly sweep came three times")
    here.send("on_object", here.event("finalized", silent[0]))
    _each_once(here, silent, "was swept up, and its event came late")
    corrected = here.upload(announced[0].name)
    here.send("on_tick", here.tick("2026-11-26T02:00:00Z"))
    count = len(here.runs_of(corrected, corrected.generation))
    expect(
        count == 1,
        f"A correction of {corrected.name} was never announced, and the nightly sweep came. It "
        f"has {_runs(count)}; it should have one.",
    )
    count = len(here.runs())
    expect(count == 6, f"Six archives came, and {_runs(count)} were started in all.")
    return "Six archives, four sweeps, one late event: six runs."


def breach(work):
    """An incident has exactly one run, however many notifications are sent about it."""
    here = world(work)
    policy = "Error of the demand forecast"
    incidents = [
        {"incident_id": f"0.{here.word()}", "policy_name": policy, "started_at": 1_795_000_000 + n}
        for n in (0, 1, 1, 2)
    ]
    names = (
        "An incident",
        "A second incident, on the same day,",
        "A third incident, which began in the same second as the second,",
    )
    for which, incident in zip(names, incidents, strict=False):
        before = len(here.runs())
        opened = here.message({"incident": incident | {"state": "open"}})
        closed = here.message({"incident": incident | {"state": "closed"}})
        here.send("on_incident", opened)
        here.send("on_incident", opened, instance="b")
        for _ in range(3):
            here.send("on_incident", here.message({"incident": incident | {"state": "open"}}))
        count = len(here.runs()) - before
        expect(
            count == 1,
            f"{which} was notified four times, once of them twice. It has {_runs(count)}; it "
            "should have one.",
        )
        here.send("on_incident", closed)
        count = len(here.runs()) - before
        expect(
            count == 1,
            f"{which} was closed, and it has {_runs(count)} since. It should have the one that "
            "its opening started.",
        )
    before = len(here.runs())
    incident = incidents[3]
    closed = here.message({"incident": incident | {"state": "closed"}})
    here.send("on_incident", closed)
    here.send("on_incident", here.message({"incident": incident | {"state": "open"}}))
    here.send("on_incident", closed)
    count = len(here.runs()) - before
    expect(
        count == 1,
        f"The end of an incident was notified before its beginning. It has {_runs(count)}; it "
        "should have one.",
    )
    return "Four incidents, 21 deliveries: four runs."


def push(work):
    """A push of code trains once, with the code of that push; documents train nothing."""
    here = world(work)
    old = here.word(40)
    pushes = [_push(here, old), _push(here)]
    pushes[1]["before"] = pushes[0]["after"]
    ids = [commit["id"] for one in pushes for commit in one["commits"]]
    seen = 0
    for number in (1, 0):  # the second push is heard of first
        one = pushes[number]
        here.send("on_push", here.message(one))
        seen += 1
        runs = here.runs()
        trained = [_commit(run, old, ids) for run in runs]
        code = (
            f"the run trains with the code of {_said(trained, one, old)}" if runs else "no run came"
        )
        expect(
            one["after"] in trained,
            f"Commit {one['after'][:8]} was pushed, and {code}. A run should train with what was "
            "pushed.",
        )
        here.send("on_push", here.message(one), instance="b")
        count = len(here.runs())
        expect(
            count == seen,
            f"{'Two pushes' if seen > 1 else 'A push'} changed code, each told twice, and "
            f"{_runs(count)} started. Each should have one.",
        )
    documents = _push(here, paths=("docs/runbook.md", "docs/trigger/plan.md"))
    here.send("on_push", here.message(documents))
    count = len(here.runs()) - seen
    expect(not count, f"A push changed documents only, and {_runs(count)} started. None should.")
    branch = _push(here) | {"ref": "refs/heads/main-rework"}
    here.send("on_push", here.message(branch))
    count = len(here.runs()) - seen
    expect(not count, f"Another branch was pushed, and {_runs(count)} started. None should.")
    return "Two pushes told twice: two runs, each with its own code."


def _push(here, before=None, paths=("docs/runbook.md", "train/model.py", "README.md")):
    """A push of as many commits as paths; `after` is the last of them."""
    commits = [
        {"id": here.word(40), "added": [], "modified": [path], "removed": []} for path in paths
    ]
    return {
        "ref": "refs/heads/main",
        "before": before or here.word(40),
        "after": commits[-1]["id"],
        "commits": commits,
    }


def _commit(run, released, known):
    """The commit whose code a run trains with, as the registry would resolve its image."""
    image = str(run["parameters"].get("image", ""))
    tag = image.removeprefix(f"{IMAGES}:")
    if tag == image:
        return ""
    return {one: one for one in known}.get(tag, released if tag == "stable" else "")


def _said(trained, one, old):
    others = [commit["id"] for commit in one["commits"][:-1]]
    if any(commit in others for commit in trained):
        return "an earlier commit of the same push"
    if old in trained:
        return f"{old[:8]}, the last release"
    return "an image that nobody has built"


def _each_once(here, blobs, story):
    for blob in blobs:
        count = len(here.runs_of(blob))
        expect(count == 1, f"{blob.name} {story}. It has {_runs(count)}; it should have one.")


def _runs(count):
    return {0: "no run", 1: "one run"}.get(count, f"{count} runs")
