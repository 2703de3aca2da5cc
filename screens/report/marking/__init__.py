"""Marks and notes on rows, and what the reader saw last."""
