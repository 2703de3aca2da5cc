"""Loading: from sources to the next snapshot."""
