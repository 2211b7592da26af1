"""How long a session may be, in minutes."""

FEWEST_MINUTES, MOST_MINUTES = 5, 120
