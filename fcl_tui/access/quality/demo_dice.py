"""Throws for the demo authority that come out the same for the same seed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any


class Dice:
    """Throws that come out the same each time, by what they are for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def throw(self, *about: object) -> float:
        """From 0 to below 1."""
        text = "\x1f".join(map(str, (self._seed, *about)))
        return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16) / 16**12

    def pick(self, of: Sequence[Any], *about: object) -> Any:
        """One of them."""
        return of[int(self.throw(*about) * len(of))]
