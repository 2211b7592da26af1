"""What there is to learn: the typed content of one certification."""
