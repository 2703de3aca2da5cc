"""SSD extracts: one CSV or Parquet file a table of the standard, in a folder or a zip."""

from data.sources.ssd_extracts.files import SUFFIXES
from data.sources.ssd_extracts.recognise import claims_a_table, extracts_among
from data.sources.ssd_extracts.source import LIMITS, SsdExtracts

__all__ = ["LIMITS", "SUFFIXES", "SsdExtracts", "claims_a_table", "extracts_among"]
