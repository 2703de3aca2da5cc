"""The summary of one child."""
