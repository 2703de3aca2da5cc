"""Random tests tell the same every time; FCL_ORACLE_EXAMPLES (a number) sets them looking for new cases."""

import gc
import os
import sys

if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) >= (os.cpu_count() or 1):
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # there is a worker for each processor already

import pytest
from hypothesis import settings

from tests import pilot_waits
from tests.long import pytest_addoption, pytest_collection_modifyitems
from tests.ready import ready

__all__ = ["pytest_addoption", "pytest_collection_modifyitems", "ready"]

settings.register_profile("same every time", derandomize=True, deadline=None)
settings.register_profile("looking", deadline=None)
settings.load_profile("looking" if "FCL_ORACLE_EXAMPLES" in os.environ else "same every time")

pilot_waits.install()

# Images of containers often forbid Python to keep what it has compiled. Then every run compiles every test
# again, which takes longer than importing it, and every command that a test starts all that it imports.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What collecting made stays to the end: looking through it for garbage took a fifth of each screen."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 20)
