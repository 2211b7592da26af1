"""A run when the measured error of the model is above its limit: one for each beginning."""

from start import start


def on_incident(message_id, incident):
    """Start a run where an incident opened, with the second of its beginning as the key."""
    if incident["state"] == "open":
        start(
            "breach",
            f"{incident['policy_name']} {incident['started_at']}",
            {"policy": incident["policy_name"], "incident": incident["incident_id"]},
        )
