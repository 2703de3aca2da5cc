"""A report for publication: small counts, and what would give one away, stand as c."""
