"""Loading data, and the snapshots that came of it."""
