"""The tables of the standard, their codes, dates and types."""
