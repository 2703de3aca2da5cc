"""Visits over time, for the official figures: rows for every day asked for."""
