"""Events of a chronology."""
