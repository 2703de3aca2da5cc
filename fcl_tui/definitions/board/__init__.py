"""What the words of the Performance Board mean."""
