"""What records over time share."""
