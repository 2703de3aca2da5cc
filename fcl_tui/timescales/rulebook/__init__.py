"""The rules as data: what a rule is, how rules are read, and which are in force."""
