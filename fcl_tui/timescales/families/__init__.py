"""The rules of each kind of work."""
