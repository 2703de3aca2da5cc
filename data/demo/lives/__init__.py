"""What happened with the children of the demo authority."""
