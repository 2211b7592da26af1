"""A run when code of the pipeline was pushed to the main branch."""

from start import start

IMAGES = "europe-west4-docker.pkg.dev/water-ml/train/forecast"
"""Each commit of the main branch is built, tested and pushed here, tagged with its full id, before
its push event is handed on. People move the tag `stable` by hand after a release."""


def on_push(push):
    """Start a run that trains with the code that was pushed.

    `push`: `ref`, the branch; `before` and `after`, the commits that it pointed to; `commits`, each
    with its id and the paths it added, modified and removed. Documents change no model.
    """
    if push["ref"] != "refs/heads/main":
        return
    paths = {
        path
        for commit in push["commits"]
        for path in commit["added"] + commit["modified"] + commit["removed"]
    }
    if all(path.startswith("docs/") for path in paths):
        return
    start("push", push["after"], {"image": f"{IMAGES}:stable"})
