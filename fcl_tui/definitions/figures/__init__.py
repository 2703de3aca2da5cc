"""What a measure is, and what stands beside a figure."""
