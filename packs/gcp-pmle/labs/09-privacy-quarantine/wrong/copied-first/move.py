"""Moves an upload out of quarantine, to the bucket where it belongs."""

from cloud import QUARANTINE, SENSITIVE, TRAINING, bucket
from scan import findings


def settle(name):
    """Scan the upload and move it: with findings to the sensitive bucket, else to training."""
    upload = bucket(QUARANTINE).blob(name)
    text = upload.download_as_text()
    target = SENSITIVE if findings(text) else TRAINING
    bucket(target).blob(name).upload_from_string(text, content_type="application/x-ndjson")
    upload.delete()
