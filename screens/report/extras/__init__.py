"""What one report alone can do."""
