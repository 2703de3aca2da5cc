"""When spells end that have no end of their own."""

import polars as pl


def until(start: str, end: str, person: str) -> pl.Expr:
    """The day a spell is over (Date): its end; without one the start of the child's next spell that is open.

    Open means not ended: a spell that began later and has ended does not end the one before it. Null = open.
    The rows must be sorted by `person` and `start`.
    """
    next_open = pl.when(pl.col(end).is_null()).then(start).shift(-1).backward_fill()
    return pl.coalesce(end, next_open.over(person))
