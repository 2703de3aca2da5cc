"""SSD extracts: one CSV or Parquet file a table of the standard, in a folder or a zip."""

from data.sources.ssd_extracts.files import table_of_file
from data.sources.ssd_extracts.source import SsdExtracts

__all__ = ["SsdExtracts", "table_of_file"]
