"""The weeks ahead of a caseload."""
