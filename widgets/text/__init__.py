"""Text to read: panes, windows, and lines that fit their width."""
