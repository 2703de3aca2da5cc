"""The commands for the Performance Board and its figures."""
