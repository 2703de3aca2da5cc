"""What the Performance Board lists: its lines, series, events and registers."""
