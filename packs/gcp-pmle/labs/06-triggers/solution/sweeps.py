"""Each night: a run for archives that no event announced.

An archive that came before the trigger was created has no event, nor has one whose event was given
up after a day of failures.
"""

import os

from arrivals import is_archive, start_archive
from google.cloud import storage


def on_tick(scheduled):
    """Look through the bucket. `scheduled`: when the tick was due, such as 2026-11-24T02:00:00Z."""
    for blob in storage.Client().list_blobs(os.environ["DATA_BUCKET"], prefix="days/"):
        if is_archive(blob.name):
            start_archive("sweep", blob.bucket.name, blob.name, blob.generation)
