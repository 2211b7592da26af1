"""The terminal's face: parse, call, render; no rules."""
