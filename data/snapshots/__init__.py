"""Snapshots: written whole, read for ever, kept beside each other."""
