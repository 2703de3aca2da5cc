"""What is done with audits from their list."""
