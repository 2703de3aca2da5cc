"""The day's work: what to chase, how the chasing stands, and what changed."""
