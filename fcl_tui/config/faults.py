"""Unexpected errors: what is shown and logged, never with data values.

A traceback prints values, and the values are children's. Only the kind of error and its place in our
own code are kept.
"""

import traceback
from pathlib import Path

UNREADABLE = ("ComputeError", "PanicException", "UnicodeDecodeError")
"""What Polars, or Python with its texts, raises on a file that is not as it was written."""

ROOMS = ("fcl_tui", "screens", "widgets", "data")


def place(error: BaseException) -> str:
    """The last line of our own code the error passed through: `room/module.py:12`."""
    ours = [
        f"{Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if any(room in Path(frame.filename).parts for room in ROOMS)
    ]
    return ours[-1] if ours else "outside fcl-tui"


def tell(error: BaseException) -> str:
    """One sentence for the person at the keyboard, without a value in it."""
    if isinstance(error, OSError) and error.strerror:
        where = f": {error.filename}" if error.filename else ""
        return f"The system refused: {error.strerror}{where}. Nothing was changed; fix this and try again."
    if type(error).__name__ in UNREADABLE:
        return (
            f"A file of the snapshot could not be read ({type(error).__name__} at {place(error)}). To find "
            "out which: fcl-tui snapshots verify. To go back to an older one: fcl-tui snapshots restore ID"
        )
    return (
        f"Something failed inside fcl-tui ({type(error).__name__} at {place(error)}). "
        "Nothing was changed. Please report it with these words; they hold nothing about any child."
    )
