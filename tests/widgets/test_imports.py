"""Widgets load quickly: the data library waits until there is data."""

import subprocess
import sys

MODULES = (
    "report_table, filter_bar, status_line, title_bar, menu, reader, detail_pane, charts, theme, rag, rows"
)


def test_no_widget_imports_polars_before_it_has_a_frame():
    loaded = "any(name in sys.modules for name in ('polars', 'sqlalchemy'))"
    code = f"import sys; from widgets import {MODULES}; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
