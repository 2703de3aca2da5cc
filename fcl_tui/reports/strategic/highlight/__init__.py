"""The Monthly Highlight."""
