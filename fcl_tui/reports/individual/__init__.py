"""Reports on one child."""
