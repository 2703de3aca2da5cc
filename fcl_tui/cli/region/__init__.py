"""Figures of many authorities: asked where each authority's snapshot is, brought back as aggregates only."""
