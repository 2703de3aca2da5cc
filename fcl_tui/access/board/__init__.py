"""The Board and what it keeps, as a reader may see it and act on it."""
