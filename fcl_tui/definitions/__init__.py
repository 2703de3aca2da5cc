"""Meanings that reports share, each defined once."""
