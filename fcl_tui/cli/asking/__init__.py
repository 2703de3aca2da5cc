"""Questions on the command line, and their answers."""
