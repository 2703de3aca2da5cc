"""Who lives in the demo authority."""
