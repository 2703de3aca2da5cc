"""XML from strangers: what it is, read safely, and what is said of its faults."""
