"""Moves an upload out of quarantine, to the bucket where it belongs."""

from cloud import QUARANTINE, SENSITIVE, TRAINING, bucket
from scan import findings


def settle(name):
    """Scan the upload and move it, unless there is an object of its name already."""
    upload = bucket(QUARANTINE).get_blob(name)
    if upload is None:
        return
    text = upload.download_as_text()
    moved = bucket(SENSITIVE if findings(text) else TRAINING).blob(name)
    if not moved.exists():
        moved.upload_from_string(text, content_type="application/x-ndjson")
    upload.delete()
