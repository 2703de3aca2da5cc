"""Looked-after children, adoption and care leavers over time: rows for every day asked for."""
