"""Random tests tell the same every time; FCL_ORACLE_EXAMPLES (a number) sets them looking for new cases."""

import os

from hypothesis import settings

from tests import pilot_waits
from tests.ready import ready

__all__ = ["ready"]

settings.register_profile("same every time", derandomize=True, deadline=None)
settings.register_profile("looking", deadline=None)
settings.load_profile("looking" if "FCL_ORACLE_EXAMPLES" in os.environ else "same every time")

pilot_waits.install()
