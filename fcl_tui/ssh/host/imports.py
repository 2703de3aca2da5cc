"""Everything a session imports, imported once; and not one thread: a process with threads cannot be forked.

Polars begins a thread when it is imported (it clears up after queries that did not fit into memory), and its
allocator two. The allocator can be told not to; the thread begins in the one call by which Polars makes
itself known to its own library, so that call is put off until a session runs. Nothing here reads any data.
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

from data.errors import DataError

OURS = ("data", "widgets", "fcl_tui", "screens")
NOT_IN_A_SESSION = ("fcl_tui.cli", "fcl_tui.start", "data.office.migrations")
THEIRS = (
    "curses",
    "textual.drivers.linux_driver",
    "textual.layouts.factory",
    "textual.layouts.horizontal",
    "textual.layouts.stream",
    "textual.pilot",
    "textual.scrollbar",
)
"""Of other libraries, what they import when it is first used"""
RUNTIMES = ("_polars_runtime_compat", "_polars_runtime_64", "_polars_runtime_32")
"""Polars' own library, in the order in which it looks for it"""
REGISTER = "__register_startup_deps"
ALLOCATOR = "_RJEM_MALLOC_CONF"


def everything() -> Callable[[], None]:
    """Import it all; the result is what each session has to call first.

    Raises:
        DataError: a thread runs nevertheless.
    """
    os.environ["TEXTUAL_FPS"] = "120"  # as `launch` has it; Textual reads it once
    settle = _polars()
    for name in OURS:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not found.name.startswith(NOT_IN_A_SESSION):
                importlib.import_module(found.name)
    for name in THEIRS:
        importlib.import_module(name)
    if threads() != 1:
        raise DataError(
            "A library begins a thread when it is imported, so no session can be forked from here. Sessions "
            "open without a host; stop its unit."
        )
    return settle


def threads() -> int:
    """Threads of this process, those of libraries too."""
    return len(list(Path("/proc/self/task").iterdir()))


def _polars() -> Callable[[], None]:
    """Import Polars, and put off what begins its thread."""
    # nobody would give memory back later: that is what its threads do
    os.environ[ALLOCATOR] = "dirty_decay_ms:0,muzzy_decay_ms:0,background_thread:false"
    for name in RUNTIMES:
        try:
            runtime = importlib.import_module(f"{name}._polars_runtime")
        except ModuleNotFoundError:
            continue
        break
    else:
        raise DataError("This version of Polars is not known well enough to fork sessions from it.")
    known = vars(runtime)
    if REGISTER not in known or "polars" in sys.modules:
        raise DataError("Polars cannot be imported without its thread here. Sessions open without a host.")
    register, put_off = known[REGISTER], []
    known[REGISTER] = lambda *told: put_off.append(told)
    importlib.import_module("polars")
    known[REGISTER] = register

    def settle() -> None:
        for told in put_off:
            register(*told)

    return settle
