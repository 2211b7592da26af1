"""What the triggers call: one function for each kind of event. Nothing to mend here."""

import base64
import json

import arrivals
import breaches
import functions_framework
import pushes
import sweeps


@functions_framework.cloud_event
def on_object(event):
    """Something happened to an object in a bucket; Eventarc hands on the event of the storage."""
    arrivals.on_object(event["id"], event["type"], event.data)


@functions_framework.http
def on_tick(request):
    """A call of the nightly cron job, which asks again unless it is answered."""
    sweeps.on_tick(request.headers["X-CloudScheduler-ScheduleTime"])
    return "done"


@functions_framework.cloud_event
def on_incident(event):
    """A notification of the alerting policy on the model's error, by way of a topic."""
    breaches.on_incident(event.data["message"]["messageId"], _message(event)["incident"])


@functions_framework.cloud_event
def on_push(event):
    """Commits were pushed to the repository, by way of a topic."""
    pushes.on_push(_message(event))


def _message(event):
    return json.loads(base64.b64decode(event.data["message"]["data"]))
