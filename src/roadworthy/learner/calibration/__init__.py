"""Item curves from many people's answers."""
