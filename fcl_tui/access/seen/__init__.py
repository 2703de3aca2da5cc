"""What a reader sees of a snapshot: whose rows, and what stands in place of a restricted record."""
