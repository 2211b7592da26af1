"""A run when the measured error of the model is above its limit: one for each incident."""

from start import start


def on_incident(message_id, incident):
    """Take a notification of the alerting policy, and start a run.

    `incident`: its incident_id and policy_name; `state`, which is "open" or "closed"; `started_at`.
    While an incident is open, the policy sends a reminder each hour.
    """
    start(
        "breach",
        message_id,
        {"policy": incident["policy_name"], "incident": incident["incident_id"]},
    )
