"""A run for each archive that has no mark yet."""

import os

from google.cloud import storage
from start import start

FINALIZED = "google.cloud.storage.object.v1.finalized"


def is_archive(name):
    """Whether an object is a day's archive."""
    return name.startswith("days/") and name.endswith(".csv")


def on_object(event_id, kind, data):
    """Start one run for each archive, then mark it."""
    if kind != FINALIZED or not is_archive(data["name"]):
        return
    bucket = storage.Client().bucket(os.environ["STATE_BUCKET"])
    mark = bucket.blob(f"seen/{data['name']}-{data['generation']}")
    if not mark.exists():
        uri = f"gs://{data['bucket']}/{data['name']}"
        start("arrival", event_id, {"input": uri, "generation": str(data["generation"])})
        mark.upload_from_string(event_id)
