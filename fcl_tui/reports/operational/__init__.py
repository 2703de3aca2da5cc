"""Reports that plan ongoing work."""
