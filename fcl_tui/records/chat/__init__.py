"""The blocks of a page of ChAT."""
