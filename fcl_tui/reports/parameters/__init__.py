"""What may be asked of a report, each parameter declared once."""
