"""ChAT, the field's analysis of Annex A."""
