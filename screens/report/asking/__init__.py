"""What is asked of a report on its screen."""
