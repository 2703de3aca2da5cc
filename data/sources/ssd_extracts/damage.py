"""What is said of a file that cannot be read to its end."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator

from data.errors import DataError
from data.quiet import hushed, is_panic


@contextlib.contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn whatever a damaged file leads to into one sentence."""
    import polars as pl

    try:
        with hushed():
            yield
    except (OSError, EOFError, ValueError, zlib.error, pl.exceptions.PolarsError) as error:
        why = getattr(error, "strerror", None) or "it is damaged or cut short"
        raise DataError(f"{name} could not be read: {why}. Export or copy it again.") from error
    except BaseException as error:
        if not is_panic(error):
            raise
        raise DataError(f"{name} could not be read: it is damaged. Export or copy it again.") from error
