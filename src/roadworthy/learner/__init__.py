"""What the candidate knows: a fold over the journal, and what follows from it."""
