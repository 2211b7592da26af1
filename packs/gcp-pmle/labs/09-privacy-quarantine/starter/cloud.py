"""The three buckets, as the service and its deployment see them. Nothing to mend here."""

import functools

from google.auth.credentials import AnonymousCredentials
from google.cloud import storage

QUARANTINE = "letters-quarantine"
SENSITIVE = "letters-sensitive"
TRAINING = "letters-training"


@functools.cache
def client():
    """The storage client. STORAGE_EMULATOR_HOST leads it to the emulator of this lab."""
    return storage.Client(project="lab", credentials=AnonymousCredentials())


def bucket(name):
    """A bucket by name; no request is sent yet."""
    return client().bucket(name)


def names(bucket_name):
    """The names of all objects that lie in a bucket now."""
    return sorted(blob.name for blob in client().list_blobs(bucket_name))
