"""A run for each archive of meter readings that arrives in the bucket."""

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
    if kind == FINALIZED and is_archive(data["name"]):
        start_archive("arrival", data["bucket"], data["name"], data["generation"])


def start_archive(cause, bucket, name, generation):
    """The one run for this version of an archive, whoever asks for it."""
    # A rename makes an object of a new name, and a corrected upload one of a new generation.
    # A redelivered event has the name and the generation that it had before.
    start(
        cause,
        f"archive {bucket}/{name}#{generation}",
        {"input": f"gs://{bucket}/{name}", "generation": str(generation)},
    )
