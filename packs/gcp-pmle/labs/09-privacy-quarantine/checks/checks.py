"""What the mended flow does, seen from outside: on letters and people that nobody has seen."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
from roadworthy_lab import NotYet, expect
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from storage import QUARANTINE, SENSITIVE, TRAINING, Cloud
from world import claims, inputs, letters, secrets

QUASI = ["zip", "born", "sex"]
KINDS = ("an email", "a card number", "a member number")


def runs(work):
    """The program runs to its end, and the service answers an event."""
    draw = np.random.default_rng(work.hidden_seed + 7)
    with Cloud(work) as cloud:
        cloud.put("first/upload.jsonl", letters(4, draw, "R"))
        _answered(cloud.run("first/upload.jsonl"))
    work.run("main.py", PYTHONDONTWRITEBYTECODE="1")
    return "The service answered the event of a harmless upload. Above, what main.py prints."


def scan(work):
    """Personal data are found wherever they lie, and letters without any get through."""
    draw = np.random.default_rng(work.hidden_seed)
    uploads, planted = {}, {}
    for number, place in enumerate(
        ("message", "subject", "notes", "copied", "callback", "message")
    ):
        name, kind = f"scan/upload-{number}.jsonl", number % 3
        line = (0, 3, 5, 2, 8, 57)[number]
        text = secrets(draw)[kind]
        planted[name] = (f"{KINDS[kind]} in line {line + 1}, field `{place}`", text)
        uploads[name] = letters(60, draw, f"S{number}", [(line, place, text)])
    for number in range(3):
        uploads[f"scan/harmless-{number}.jsonl"] = letters(60, draw, f"H{number}")
    with Cloud(work) as cloud:
        for name, text in uploads.items():
            cloud.put(name, text)
        said = cloud.run(*uploads)
        _answered(said)
        leaked = [what for what, text in planted.values() if _seen(text, cloud.ever_training)]
        expect(
            not leaked,
            f"{len(leaked)} of {len(planted)} uploads with personal data reached the training "
            f"bucket, one with {leaked[-1] if leaked else ''}. None may, wherever the data lie.",
        )
        kept = [
            name
            for name in uploads
            if name not in planted and not _in(cloud, TRAINING, uploads, name)
        ]
        expect(
            not kept,
            f"{len(kept)} of 3 uploads without personal data did not reach the training bucket. "
            "A flow that lets nothing through leaves nothing to train on.",
        )
        lost = [name for name in planted if not _in(cloud, SENSITIVE, uploads, name)]
        expect(not lost, f"{len(lost)} uploads with findings are not in the sensitive bucket.")
    return f"{len(planted)} uploads with planted data kept out, 3 harmless ones let through."


def killed(work):
    """Whenever the service dies, nothing is lost or leaked, and the next event ends the work."""
    draw = np.random.default_rng(work.hidden_seed + 1)
    with Cloud(work) as cloud:
        uploads, hidden = {}, {}
        for after in range(1, 7):
            pair = {}
            for kind in ("harmless", "personal"):
                name = f"kill/{after}-{kind}.jsonl"
                hidden[name] = secrets(draw)[after % 3] if kind == "personal" else None
                plant = [(0, "message", hidden[name])] if hidden[name] else []
                pair[name] = letters(4, draw, f"K{after}{kind[0]}", plant)
                cloud.put(name, pair[name])
            uploads |= pair
            # Every other time, the one with personal data comes first.
            order = sorted(pair, reverse=after % 2 == 0)
            cloud.run(*order, kill_after=after)
            where = (
                f"Two uploads were on their way when the service was killed, after change {after}"
            )
            for name in uploads:
                expect(
                    any(
                        _in(cloud, one, uploads, name) for one in (QUARANTINE, SENSITIVE, TRAINING)
                    ),
                    f"{where}: one is in none of the three buckets now. It must be in at least one "
                    "at every moment.",
                )
            _none_leaked(cloud, hidden, where)
            if not cloud.killed:
                break
        expect(after > 1, "The service changed nothing in the buckets. Two uploads waited for it.")
        said = cloud.run(*uploads, *uploads)
        failed = [error for _, status, error in said if status >= 300]
        expect(
            not failed,
            f"After the kills, each event was delivered twice more, and the service failed on "
            f"{len(failed)} of {len(said)} deliveries{_first(failed)}. An event that fails comes "
            "back again and again.",
        )
        _settled(cloud, uploads, hidden, "After the kills and the second delivery")
        anew = {name: letters(4, draw, "anew") for name in uploads if not hidden[name]}
        name = min(anew)
        cloud.put(name, anew[name])
        _answered(cloud.run(name))
        expect(
            _in(cloud, TRAINING, anew, name),
            "A clinic uploaded other letters under the name of an earlier upload. The training "
            "bucket should hold them, and it does not.",
        )
    return (
        f"Killed at {after - 1} places; {len(uploads)} uploads and a later one are in their bucket."
    )


def early(work):
    """Uploads that came before the trigger are scanned and moved by the deployment."""
    draw = np.random.default_rng(work.hidden_seed + 2)
    uploads, hidden = {}, {}
    for number in range(4):
        name = f"early/{('a', 'b/deep', 'c', 'd')[number]}.jsonl"
        hidden[name] = secrets(draw)[number % 3] if number % 2 else None
        plant = [(1, "message", hidden[name])] if hidden[name] else []
        uploads[name] = letters(4, draw, f"E{number}", plant)
    with Cloud(work) as cloud:
        for name, text in uploads.items():
            cloud.put(name, text)
        _answered(cloud.run("--deploy"))
        waiting = len(cloud.lying(QUARANTINE))
        expect(
            not waiting,
            f"{waiting} of 4 uploads came before the trigger and still lie in quarantine after "
            "on_deploy has returned. None of them may be left there.",
        )
        _settled(cloud, uploads, hidden, "After on_deploy")
    return "4 uploads from before the trigger were scanned and moved, and no event was needed."


def join(work):
    """Tokens join our own tables, and nobody without the key can make them."""
    people = claims(3_000, work.hidden_seed + 3).member.tolist()
    key = f"hidden {work.hidden_seed}".encode()
    ours = [work.call(work.load("tokens.py").token, one, key) for one in people]
    again = work.load("tokens.py").token
    other = _tokens_of_another_process(work, people, key)
    same = sum(a == b for a, b in zip(ours, other, strict=True))
    expect(
        same == len(people),
        f"A second run of Python gave {len(people) - same} of {len(people)} members another token. "
        "The tables no longer match each other.",
    )
    shared = len(people) - len(set(ours))
    expect(
        shared <= 3,
        f"{shared} of {len(people)} members share a token with another one. Rows of different "
        "people would be joined.",
    )
    for guess in (b"", b"guessed", key[::-1]):
        theirs = [work.call(again, one, guess) for one in people]
        known = set(theirs)
        found = sum(one in known for one in ours)
        expect(
            found <= 3,
            f"A public list of members was turned into tokens without the key, and {found} of "
            f"{len(people)} rows were found in the shared table. Without the key, none may be.",
        )
        near = sum(_alike(a, b) for a, b in zip(ours, theirs, strict=True))
        expect(
            near < 0.02 * len(people),
            f"{near} of {len(people)} tokens keep a long piece when the key changes. Such a piece "
            "joins them with a public list.",
        )
    plain = sum(
        one[3:7] in mine or one[8:12] in mine for one, mine in zip(people, ours, strict=True)
    )
    expect(plain < 0.02 * len(people), f"{plain} tokens contain four digits of their own member.")
    moved = [(_number(mine) - _number(one)) % 10**8 for one, mine in zip(people, ours, strict=True)]
    most = max(moved.count(one) for one in set(moved))
    expect(
        most <= 3,
        f"{most} tokens lie equally far from their own member. Whoever knows one member and its "
        "token finds the others.",
    )
    return f"{len(people)} tokens match over two runs; without the key, hardly one was found."


def forms(work):
    """Tokens and masked cards keep the form that the old loader checks, and no digit too many."""
    module = work.load("tokens.py")
    people = claims(300, work.hidden_seed + 4).member.tolist()
    wrong = [
        got
        for got in (work.call(module.token, one, b"any key") for one in people)
        if not re.fullmatch(r"MB-\d{4}-\d{4}", str(got))
    ]
    expect(
        not wrong,
        f"{len(wrong)} of {len(people)} tokens look like {wrong[0] if wrong else ''!r}. The old "
        "loader takes MB, four digits and four digits.",
    )
    for card, hidden in (
        ("4012 8888 8888 1881", "**** **** **** 1881"),
        ("5105-1051-0510-5100", "****-****-****-5100"),
        ("378282246310005", "***********0005"),
    ):
        got = work.call(module.mask_card, card)
        expect(got == hidden, f"A card was masked as {got!r}. {hidden!r} is the form agreed on.")


def groups(work):
    """Whoever knows zip code, birth and sex is left with k rows, and the table is of use."""
    publish = work.load("groups.py").publish
    lines = []
    for k, least in ((5, 0.6), (9, 0.5)):
        table = claims(5_000, work.hidden_seed + k)
        shared = work.call(publish, table.copy(), k)
        missing = [one for one in table.columns if one not in shared.columns]
        extra = [one for one in shared.columns if one not in table.columns]
        expect(not missing, f"Column {missing[0] if missing else ''} is no longer there.")
        expect(not extra, f"Column {extra[0] if extra else ''} is new: it may tell people apart.")
        sizes = shared.groupby(QUASI, dropna=False).size()
        sizes = sizes[sizes > 0]
        small = int(sizes[sizes < k].sum())
        expect(
            not small,
            f"With k = {k}, {small} rows are in groups of fewer than {k}; the smallest group has "
            f"{sizes.min()}. A public register with the same three columns names them, or nearly.",
        )
        expect(
            len(shared) >= least * len(table),
            f"With k = {k}, {len(shared):,} of {len(table):,} rows are left. At least "
            f"{least:.0%} can be shared.",
        )
        expect(
            len(sizes) >= 30,
            f"With k = {k}, {len(sizes)} groups are left of zip code, birth and sex together. "
            "There is little left to learn from them; at least 30 are possible.",
        )
        real = table.loc[shared.index]
        others = [one for one in table.columns if one not in QUASI]
        expect(
            real[others].equals(shared[others]),
            "A column beside the three has changed, or rows have got another index.",
        )
        wrong = sum(map(_untrue, shared.zip.astype(str), real.zip))
        expect(not wrong, f"{wrong} zip codes are not true of their own row.")
        _bands(shared.born.astype(str), real.born)
        lines.append(
            f"k = {k}: {len(shared):,} of {len(table):,} rows, smallest group {sizes.min()}"
        )
    return "; ".join(lines) + "."


def influence(work):
    """One row moves a step by no more than its clip allows."""
    train = work.load("private.py").train
    draw = np.random.default_rng(work.hidden_seed + 5)
    rows = 200
    for clip in (1.0, 0.4):
        full, narrow, one, _ = _moved(work, train, clip, 0.5, 1)
        x = draw.normal(0, 1, (rows, 6))
        y = draw.integers(0, 2, rows).astype(float)
        settings = {"clip": clip, "noise": 0.5, "rate": 1.0, "steps": 1, "seed": 3}
        before, _ = work.call(train, x, y, **settings)
        changed, label = x.copy(), y.copy()
        changed[7], label[7] = 50_000 * draw.choice([-1.0, 1.0], 6), 1.0
        after, _ = work.call(train, changed, label, **settings)
        moved = float(np.linalg.norm(np.asarray(after) - np.asarray(before)))
        # What the clip of a row comes to in weights: by the noise, which is half of it, or by a
        # row's share of the largest step, if the noise was made smaller. All on 400 rows.
        allowed = max(one / 0.5, min(full, narrow) / 400) * 400 / rows
        times = moved / allowed  # exchanging a row removes one and adds one: two clips
        expect(
            times <= 2.2,
            f"With a clip of {clip}, one row of {rows} was exchanged and moved a step by "
            f"{times:.1f} times what the clip allows a row. Exchanging a row may move it by at "
            "most 2 times the clip.",
        )
    return (
        f"Exchanging one row of {rows} moved a step by {times:.2f} times the clip; 2 are allowed."
    )


def budget(work):
    """The reported epsilon matches the noise and the steps that were really taken."""
    from dp_accounting import GaussianDpEvent, PoissonSampledDpEvent
    from dp_accounting.rdp import RdpAccountant

    train = work.load("private.py").train
    for noise in (0.8, 3.0):
        full, _, one, many = _moved(work, train, 1.0, noise, 16)
        seen = one / full * 400
        expect(
            0.8 * noise < seen < 3 * noise,  # rows that are shortened beforehand come to twice
            f"The noise of one step is {seen:.2f} times a row's share of the largest step that 400 "
            f"rows can make. It should be {noise} times that.",
        )
        expect(
            3.2 < many / one < 4.9,
            f"Sixteen steps carry {many / one:.1f} times the noise of one; 4 times is right.",
        )
    table = claims(3_000, work.hidden_seed + 6)
    x, y = inputs(table), table.appealed.to_numpy().astype(float)
    for noise, rate, steps in ((1.1, 0.05, 150), (1.6, 0.1, 60)):
        weights, told = work.call(train, x, y, 1.0, noise, rate, steps, 11)
        account = RdpAccountant()
        account.compose(PoissonSampledDpEvent(rate, GaussianDpEvent(noise)), steps)
        real = account.get_epsilon(1e-5)
        expect(
            0.8 * real < told < 2 * real,
            f"{steps} steps at noise {noise} and rate {rate} are told to cost an epsilon of "
            f"{told:.2f}. The accountant comes to {real:.2f}.",
        )
        best = LogisticRegression().fit(x, y).decision_function(x)
        ours, free = roc_auc_score(y, x @ np.asarray(weights)), roc_auc_score(y, best)
        expect(
            ours > 0.5 + 0.8 * (free - 0.5),
            f"The model ranks with an area of {ours:.3f}; without noise, {free:.3f} is reached.",
        )
    return f"Epsilon {told:.2f}, area {ours:.3f}; without privacy {free:.3f}."


def _moved(work, train, clip, noise, steps):
    """(largest step of 400 rows in all columns, in one, noise of one step, of `steps`)."""
    columns = 400
    strong = np.full((400, columns), 10_000.0)
    quiet = np.full((400, columns), 1e-9)
    ones = np.ones(400)
    weights, _ = work.call(train, strong, ones, clip, noise, 1.0, 1, 5)
    # All rows pull the same way, in all columns alike; the noise does not.
    full = abs(float(np.sum(weights))) / columns**0.5
    strong[:, 1:] = 0.0
    narrow = abs(float(work.call(train, strong, ones, clip, noise, 1.0, 1, 5)[0][0]))
    runs = [
        np.concatenate(
            [work.call(train, quiet, ones, clip, noise, 1.0, count, seed)[0] for seed in range(6)]
        )
        for count in ((1, steps) if steps > 1 else (1,))
    ]
    return full, narrow, float(np.std(runs[0])), float(np.std(runs[-1]))


def _answered(said):
    """Each step of the service must have ended well."""
    for asked, status, error in said:
        expect(
            status and status < 300,
            f"The service failed on {asked}: {error or f'it answered with {status}'}. "
            + ("The event would come again and again." if status else "It should return."),
        )


def _first(errors):
    """The first of some errors, for a message."""
    return next((f", first with {one}" for one in errors if one), "")


def _tokens_of_another_process(work, people, key):
    """The tokens that a new process makes, with another seed for Python's own hashes."""
    try:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("again.py")), work.folder],
            cwd=work.folder,
            env={**os.environ, "PYTHONHASHSEED": "1905", "PYTHONDONTWRITEBYTECODE": "1"},
            input=json.dumps({"key": key.hex(), "members": people}),
            text=True,
            timeout=70,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.TimeoutExpired:
        raise NotYet("A second run of Python made no tokens within 70 s.") from None
    lines = done.stdout.strip().splitlines() or ["it said nothing"]
    if done.returncode:
        raise NotYet(f"tokens.py failed in a second run of Python: {lines[-1]}")
    return json.loads(lines[-1])


def _seen(text, contents):
    return any(text in one for one in contents)


def _in(cloud, bucket, uploads, name):
    """Whether an upload lies in a bucket, whole."""
    return uploads[name].strip() in {one.strip() for one in cloud.lying(bucket).values()}


def _none_leaked(cloud, hidden, when):
    planted = [text for text in hidden.values() if text]
    leaked = sum(_seen(text, cloud.ever_training) for text in planted)
    expect(
        not leaked,
        f"{when}: personal data of {leaked} of {len(planted)} uploads lay in the training bucket, "
        "if only for a moment. None may ever lie there.",
    )


def _settled(cloud, uploads, hidden, when):
    """Every upload is in its own bucket and in no other."""
    _none_leaked(cloud, hidden, when)
    for bucket, personal in ((TRAINING, False), (SENSITIVE, True)):
        mine = [name for name in uploads if bool(hidden[name]) == personal]
        there = sum(_in(cloud, bucket, uploads, name) for name in mine)
        expect(
            there == len(mine),
            f"{when}, {there} of {len(mine)} uploads {'with' if personal else 'without'} personal "
            f"data lie in {bucket}. All of them belong there.",
        )
    left = len(cloud.lying(QUARANTINE))
    expect(not left, f"{when}, {left} uploads still lie in quarantine. All were scanned.")


def _number(text):
    """The digits of a text as one number."""
    return int("".join(one for one in text if one.isdigit()) or "0")


def _alike(one, two):
    """Whether two tokens have a piece of seven characters in common, at any place."""
    pieces = {one[start : start + 7] for start in range(len(one) - 6)}
    return any(two[start : start + 7] in pieces for start in range(len(two) - 6))


def _bands(labels, years):
    """Raise NotYet where the label of a band does not fit the years that it stands for."""
    for label, own in years.groupby(labels.to_numpy()):
        low, high = int(own.min()), int(own.max())
        named = [int(one) for one in re.findall(r"\d{4}", label)]
        prefix = re.fullmatch(r"(\d+)[^\d]+", label)
        if len(named) > 1:  # such as 1950-1959
            fits = min(named) - 1 <= low and high <= max(named) + 1
        elif named:  # such as 1950s: a band, or its middle
            fits = high - low < 50 and named[0] - 50 < low and high < named[0] + 50
        else:  # such as 195*, or *
            fits = not prefix or all(str(one).startswith(prefix[1]) for one in own)
        expect(
            fits,
            f"{len(own)} rows share {label!r} in the column `born`, for people born from {low} to "
            f"{high}. A band must be true of each of its rows.",
        )


def _untrue(coarse, exact):
    """Whether the digits that are left of a zip code do not begin the exact one."""
    return not exact.startswith(coarse.rstrip("*"))
