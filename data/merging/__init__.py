"""Several sources into one set of tables."""
