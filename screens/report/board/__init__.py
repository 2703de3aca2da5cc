"""What is done on the Board from its screen."""
