"""A run for each archive of meter readings that arrives in the bucket."""

import os

from google.cloud import storage
from start import start

FINALIZED = "google.cloud.storage.object.v1.finalized"


def is_archive(name):
    """Whether an object is a day's archive. Uploads that are under way end in .csv.part."""
    return name.startswith("days/") and name.endswith(".csv")


def on_object(event_id, kind, data):
    """Start one run for a new archive, though the same event may come several times.

    `data`: the object as the storage describes it, with bucket, name, generation and md5Hash.
    An archive that is uploaded again with corrections is a new one.
    """
    if kind != FINALIZED or _seen(data["md5Hash"], event_id):
        return
    if is_archive(data["name"]):
        start(
            "arrival",
            event_id,
            {
                "input": f"gs://{data['bucket']}/{data['name']}",
                "generation": str(data["generation"]),
            },
        )


def _seen(content, event_id):
    """Whether this content was announced before; from now on it was."""
    bucket = storage.Client().bucket(os.environ["STATE_BUCKET"])
    mark = bucket.blob("seen/" + content.replace("/", "_"))
    if mark.exists():
        return True
    mark.upload_from_string(event_id)
    return False
