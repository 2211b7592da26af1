"""What happened: append-only events. Everything that the program knows is a fold over them."""
