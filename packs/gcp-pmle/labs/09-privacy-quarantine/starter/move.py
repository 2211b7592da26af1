"""Moves an upload out of quarantine, to the bucket where it belongs."""

from cloud import QUARANTINE, SENSITIVE, TRAINING, bucket
from scan import findings


def settle(name):
    """Scan the upload and move it: with findings to the sensitive bucket, else to training.

    The machine may stop at any moment. The event of the upload is then delivered again, and it
    may also come twice without a reason.
    """
    upload = bucket(QUARANTINE).blob(name)
    text = upload.download_as_text()
    target = SENSITIVE if findings(text) else TRAINING
    upload.delete()  # from here on, no second event can move it again
    bucket(target).blob(name).upload_from_string(text, content_type="application/x-ndjson")
