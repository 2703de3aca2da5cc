"""Functions that declarations name by module and name, imported when they are asked for."""

from importlib import import_module
from typing import Any


def function(name: str) -> Any:
    """The function of "module:function"."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
