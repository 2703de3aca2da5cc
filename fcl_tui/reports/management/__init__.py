"""Reports that add work up by worker and team."""
