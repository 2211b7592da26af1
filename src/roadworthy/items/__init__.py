"""Decision + seed -> item with a derived key and a reason for every option."""
