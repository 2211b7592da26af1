"""Moves an upload out of quarantine, to the bucket where it belongs."""

from cloud import QUARANTINE, SENSITIVE, TRAINING, bucket
from scan import findings


def settle(name):
    """Scan the upload and move it: with findings to the sensitive bucket, else to training.

    The machine may stop at any moment. The event of the upload is then delivered again, and it
    may also come twice without a reason. So the original goes last, and one that is gone is done.
    """
    upload = bucket(QUARANTINE).get_blob(name)
    if upload is None:
        return
    text = upload.download_as_text()
    target = SENSITIVE if findings(text) else TRAINING
    # What was scanned is what is written, and only what was scanned is deleted.
    bucket(target).blob(name).upload_from_string(text, content_type="application/x-ndjson")
    upload.delete(if_generation_match=upload.generation)
