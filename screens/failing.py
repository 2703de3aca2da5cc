"""What a screen says when something it asked for in a thread failed."""

import logging

LOG = logging.getLogger("fcl_tui")


def sentence_for(error: Exception, otherwise: str) -> str:
    """The sentence of a DataError; else `otherwise`, and in the log the type of the error, not its values."""
    from data.errors import DataError

    if isinstance(error, DataError):
        return str(error)
    LOG.warning("%s: %s", otherwise, type(error).__name__)
    return otherwise
