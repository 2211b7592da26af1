"""How all triggers start a training run: once, for a failed event comes again by itself."""

import uuid

import pipeline


def start(cause, key, parameters):
    """Start a run."""
    pipeline.submit(f"{cause}-{uuid.uuid4().hex[:12]}", cause, parameters)
