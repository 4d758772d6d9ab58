"""What was done and looked at, by whom: an append-only log, sealed in batches."""
