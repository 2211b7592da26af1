"""Blind reading: which items to read, and what the answers of readers say of the keys."""
