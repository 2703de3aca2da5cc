"""What a chronology for court says beside its events: where each is recorded, what is in it and not."""

from collections.abc import Collection

import polars as pl

from fcl_tui.definitions.event_kinds import KINDS


def with_sources(events: pl.LazyFrame) -> pl.LazyFrame:
    """Add where each event is recorded, in words.

    Returns:
        the rows of `client_summary.chronology` plus source_words (String): the source and the row of it
        ("SSD database, ssd_cp_visits, record 104"), "source not known" where neither is.
    """
    row = (
        pl.col("source_row")
        .str.replace("/row ", ", row ", literal=True)
        .str.replace(r"/([^/]+)$", ", record $1")
    )
    words = pl.concat_str(pl.col("source"), row, separator=", ", ignore_nulls=True)
    return events.with_columns(
        source_words=pl.when(words.str.len_chars() > 0).then(words).otherwise(pl.lit("source not known"))
    )


def in_words(kind: str) -> str:
    """A kind of events as it is said."""
    return kind.replace("_", " ")


def included(kinds: Collection[str] | None, *, everything: bool) -> dict[str, str]:
    """What a chronology holds and what it was made without: included, not_included ("" for nothing)."""
    if kinds is not None:
        named = ", ".join(in_words(kind) for kind in KINDS if kind in kinds)
        without = ", ".join(in_words(kind) for kind in KINDS if kind not in kinds)
        return {
            "included": f"Chosen kinds of event only: {named}.",
            "not_included": f"Kinds of event that were not chosen: {without}." if without else "",
        }
    if everything:
        return {"included": "Every event recorded, of all kinds.", "not_included": ""}
    return {
        "included": "Significant events of all kinds.",
        "not_included": "Visits, checks and other routine events, which are not in a chronology of "
        "significant events.",
    }
