"""The demo authority as the workbook an authority keeps ready for inspection: Annex A, eleven lists."""

from data.demo.annex_a.writer import write_annex_a

__all__ = ["write_annex_a"]
