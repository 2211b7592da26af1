"""A run for each archive that this instance has not seen."""

from start import start

FINALIZED = "google.cloud.storage.object.v1.finalized"
_started = set()


def is_archive(name):
    """Whether an object is a day's archive."""
    return name.startswith("days/") and name.endswith(".csv")


def on_object(event_id, kind, data):
    """Start one run for each archive that is not in the set."""
    one = (data["bucket"], data["name"], data["generation"])
    if kind == FINALIZED and is_archive(data["name"]) and one not in _started:
        uri = f"gs://{data['bucket']}/{data['name']}"
        start("arrival", event_id, {"input": uri, "generation": str(data["generation"])})
        _started.add(one)
