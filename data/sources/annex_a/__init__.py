"""Annex A: the eleven child-level lists an authority keeps ready for inspection, in one workbook."""

from data.sources.annex_a.source import AnnexA, looks_like

__all__ = ["AnnexA", "looks_like"]
