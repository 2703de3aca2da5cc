"""Widgets load quickly: the data library waits until there is data."""

import pkgutil
import subprocess
import sys

import widgets

MODULES = ", ".join(
    sorted(one.name for one in pkgutil.walk_packages(widgets.__path__, "widgets.") if not one.ispkg)
)


def test_no_widget_imports_polars_before_it_has_a_frame():
    loaded = "any(name in sys.modules for name in ('polars', 'sqlalchemy'))"
    code = f"import sys; import {MODULES}; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
