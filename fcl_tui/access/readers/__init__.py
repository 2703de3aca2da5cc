"""Who may come in, in which role, and which children are theirs."""
