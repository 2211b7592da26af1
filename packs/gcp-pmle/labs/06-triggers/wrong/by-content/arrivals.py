"""A run for each content of an archive."""

from start import start

FINALIZED = "google.cloud.storage.object.v1.finalized"


def is_archive(name):
    """Whether an object is a day's archive."""
    return name.startswith("days/") and name.endswith(".csv")


def on_object(event_id, kind, data):
    """Start one run for each content, which its hash tells apart."""
    if kind == FINALIZED and is_archive(data["name"]):
        uri = f"gs://{data['bucket']}/{data['name']}"
        start("arrival", data["md5Hash"], {"input": uri, "generation": str(data["generation"])})
