"""Runs with the Python of a lab's environment, never inside the program; standard library only."""
