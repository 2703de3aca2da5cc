"""The Standard Safeguarding Dataset as a source: databases and extracts."""
