"""Moves an upload out of quarantine, to the bucket where it belongs."""

from cloud import QUARANTINE, SENSITIVE, TRAINING, bucket
from google.api_core.exceptions import NotFound
from scan import findings


def settle(name):
    """Scan the upload and move it: with findings to the sensitive bucket, else to training.

    The machine may stop at any moment. The event of the upload is then delivered again, and it
    may also come twice without a reason. So the original goes last, and one that is gone is done.
    """
    upload = bucket(QUARANTINE).blob(name)
    try:
        text = upload.download_as_text()
        target = SENSITIVE if findings(text) else TRAINING
        # What was scanned is what is written: an upload that changed meanwhile stays outside.
        bucket(target).blob(name).upload_from_string(text, content_type="application/x-ndjson")
        upload.delete(if_generation_match=upload.generation)
    except NotFound:
        print(f"{name} has left quarantine before")
