"""Frames made at load."""
