"""Roadworthy: a local-first study system for certification exams."""

__version__ = "0.1.0"
