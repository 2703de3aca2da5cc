"""The report table."""
