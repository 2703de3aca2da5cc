"""The Performance Board."""
