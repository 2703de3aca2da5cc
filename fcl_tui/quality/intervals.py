"""How sure a share of a few cases is."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054


def interval(numerator: int, denominator: int) -> tuple[float, float] | None:
    """The 95% interval of a share, in per cent, after Wilson (1927); None without a case.

    53 cases of which 75% are Good give about 12 points either way.
    """
    if denominator <= 0:
        return None
    share = numerator / denominator
    middle = share + Z * Z / (2 * denominator)
    half = Z * sqrt(share * (1 - share) / denominator + Z * Z / (4 * denominator * denominator))
    below = 1 + Z * Z / denominator
    return 100 * max(0.0, (middle - half) / below), 100 * min(1.0, (middle + half) / below)
