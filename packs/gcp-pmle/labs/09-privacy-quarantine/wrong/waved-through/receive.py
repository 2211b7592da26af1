"""The service behind the trigger: what runs on a new upload, and once at its deployment."""

import functions_framework
from cloud import QUARANTINE, SENSITIVE, TRAINING, bucket, names
from move import settle


@functions_framework.cloud_event
def on_upload(event):
    """Called by the trigger for each object that is finalized in the quarantine bucket."""
    settle(event.data["name"])


def on_deploy():
    """Called once, right after the trigger is in place: what waited before launch goes on."""
    for name in (QUARANTINE, SENSITIVE, TRAINING):
        if not bucket(name).exists():
            bucket(name).create()
    waiting = bucket(QUARANTINE)
    for name in names(QUARANTINE):
        waiting.copy_blob(waiting.blob(name), bucket(TRAINING), name)
        waiting.blob(name).delete()
