"""Measurements: each compares with a named peer in the same run and prints the ratio."""
