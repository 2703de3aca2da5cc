"""What stands where on a report's screen."""
