"""What is due, when, and why: rules kept as data, and the arithmetic that applies them."""
