"""A run when the measured error of the model is above its limit: at most one a day."""

from start import start


def on_incident(message_id, incident):
    """Start the run of the day on which the incident began."""
    start(
        "breach",
        f"incident of day {incident['started_at'] // 86_400}",
        {"policy": incident["policy_name"], "incident": incident["incident_id"]},
    )
