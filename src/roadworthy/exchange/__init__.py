"""Other programs' formats, in and out: what is the candidate's leaves with the candidate."""
