"""Is the content true and fair? Rules that solve and generate, above what the loader checks."""
