"""What to do next: session, plan, policy, forecast."""
