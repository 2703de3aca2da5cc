"""What the form of an audit says."""

NO_ONE = "Only y says yes; esc goes back."
READ_ONLY = "This audit is read only now"
KEPT = "kept"
