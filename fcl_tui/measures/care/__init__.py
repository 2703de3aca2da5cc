"""Measures of children in care, adoption and care leavers, under their official keys."""
