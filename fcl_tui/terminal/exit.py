"""Leaving the process at once, with nothing left undone."""

import atexit
import os
import sys
import threading
from typing import NoReturn


def leave_process(code: int) -> NoReturn:
    """End without taking the interpreter apart, which takes longer than all else and saves nothing.

    Threads that may still be writing are waited for, what was registered for the end is run, and what was
    printed is written out; files and locks are the operating system's to close.
    """
    for thread in threading.enumerate():
        # Textual joins its own two; where the line has dropped they never end, and hold nothing to keep
        if thread is not threading.current_thread() and not thread.daemon and thread.name[:8] != "textual-":
            thread.join()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 1  # the line has dropped
    os._exit(code)
