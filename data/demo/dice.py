"""Chance that repeats itself: a draw is a function of the seed, what it is for, and whom it is for.

No generator is kept: every draw is SplitMix64 on whole numbers, written as Polars expressions, so that
the same child gets the same life whatever the order of the rows, the machine or the Polars version.
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

import polars as pl

_GOLDEN, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_MASK = (1 << 64) - 1
_SLOTS = 4000


def _word(value: int) -> pl.Expr:
    return pl.lit(value & _MASK, dtype=pl.UInt64)


def _mix(state: pl.Expr) -> pl.Expr:
    state = (state ^ (state // _word(1 << 30))) * _word(_MIX_1)
    state = (state ^ (state // _word(1 << 27))) * _word(_MIX_2)
    return state ^ (state // _word(1 << 31))


class Dice:
    """Draws of one seed. `what` names the draw, `whom` the whole-number columns it belongs to."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def share(self, what: str, *whom: str) -> pl.Expr:
        """A Float64 from 0 up to but not including 1."""
        start = (self._seed * 0x632BE59BD9B4E019 + crc32(what.encode()) * _GOLDEN) & _MASK
        state = _word(start)
        for place, column in enumerate(whom):
            # mixed once at the end: each mix triples the expression, and expressions are trees
            factor = (_GOLDEN * (2 * place + 1) ^ (_MIX_1 >> place)) | 1
            state = state + pl.col(column).cast(pl.UInt64) * _word(factor)
        state = _mix(state)
        return (state // _word(1 << 11)).cast(pl.Float64) / float(1 << 53)

    def chance(self, probability: float | pl.Expr, what: str, *whom: str) -> pl.Expr:
        """True in `probability` of the cases."""
        return self.share(what, *whom) < probability

    def between(self, low: int | pl.Expr, high: int | pl.Expr, what: str, *whom: str) -> pl.Expr:
        """A whole number from `low` to `high`, both included."""
        width = high - low + 1
        return (self.share(what, *whom) * width).floor().cast(pl.Int64) + low

    def waiting(self, mean: float | pl.Expr, longest: float, what: str, *whom: str) -> pl.Expr:
        """Whole days of an exponential wait, cut off at `longest`."""
        drawn = (1.0 - self.share(what, *whom)).log() * -mean
        return drawn.clip(0, longest).floor().cast(pl.Int64)

    def pick(self, choices: Mapping[str, float] | Sequence[str], what: str, *whom: str) -> pl.Expr:
        """One of `choices`, by weight if they have any."""
        return choose(self.share(what, *whom), choices)


def choose(share: pl.Expr, choices: Mapping[str, float] | Sequence[str]) -> pl.Expr:
    """The choice at `share` (0 up to 1) of the weights laid end to end."""
    if isinstance(choices, Mapping):
        slots: list[str] = []
        total, upto = sum(choices.values()), 0.0
        for value, weight in choices.items():
            upto += weight
            slots += [value] * (round(_SLOTS * upto / total) - len(slots))
    else:
        slots = list(choices)
    index = (share * len(slots)).floor().cast(pl.UInt32)
    return pl.lit(pl.Series(slots, dtype=pl.String)).gather(index)


def coded(column: pl.Expr, codes: Mapping[str, str], default: str | None = None) -> pl.Expr:
    """Swap the values of `column` by `codes`; what is not in it becomes `default`."""
    return column.replace_strict(dict(codes), default=default, return_dtype=pl.String)


def yes(flag: pl.Expr) -> pl.Expr:
    """Y or N; null stays null."""
    return pl.when(flag).then(pl.lit("Y")).when(flag.not_()).then(pl.lit("N"))


def repeated(frame: pl.DataFrame, times: pl.Expr, name: str) -> pl.DataFrame:
    """Each row as often as `times` says, numbered from 0 in the column `name`."""
    counted = frame.with_columns(times.cast(pl.Int64).clip(0).alias(name)).filter(pl.col(name) > 0)
    return counted.with_columns(pl.int_ranges(0, pl.col(name)).alias(name)).explode(name)
