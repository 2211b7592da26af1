"""The face in the browser: parse, call, render; no rules of study live here."""
