"""What a chronology for court says beside its events: where each is recorded, what is in it and not."""

from collections.abc import Collection

import polars as pl

from fcl_tui.definitions.event_kinds import KINDS

PLAIN = {
    "protection plan made: yes": "a child protection plan was made",
    "protection plan made: no": "no child protection plan was made",
    "cp": "",
    "cp conference": "child protection conference to be held",
    "child seen: yes": "child seen",
    "child seen: no": "child not seen",
    "plan continues: yes": "the plan continues",
    "plan continues: no": "the plan does not continue",
    "quorate: yes": "quorate",
    "quorate: no": "not quorate",
    "absent, sent views another way": "the child did not attend and sent views another way",
    "attended and spoke": "the child attended and spoke",
    "transfer as normal process": "routine transfer",
}
"""Parts of an event's detail as a court reads them; the annex has each as it was recorded"""
CODE = r"^[A-Z]{1,2}[0-9]{1,2}[A-Z]? "
"""A code of the statutory returns before its words: N1 abuse or neglect"""


def numbered(events: pl.LazyFrame) -> pl.LazyFrame:
    """Number the events of `client_summary.chronology` from 1, and say where each is recorded.

    Returns:
        its rows plus number (Int64), place (String: the table or list, "source not known" where neither a
        source nor a row is given) and record (String: what the row is known by there).
    """
    row = pl.col("source_row")
    place = pl.concat_str(
        pl.col("source"), row.str.replace("/[^/]*$", "", literal=False), separator=", ", ignore_nulls=True
    )
    return events.with_columns(
        number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64),
        place=pl.when(place.str.len_chars() > 0).then(place).otherwise(pl.lit("source not known")),
        record=row.str.extract("/([^/]*)$").str.strip_prefix("row "),
    )


def in_plain_words(events: pl.LazyFrame) -> pl.LazyFrame:
    """The numbered events as a court reads them.

    Returns:
        one row per event, but one for all that changed among the workers on a day: date, event, detail (a
        sentence or none), worker, numbers (String: "7" or "7, 8", the numbers of `numbered`), in order.
    """
    of_worker = pl.col("kind") == "worker"
    parts = pl.col("detail").str.split("; ")
    said = parts.list.eval(pl.element().replace(PLAIN).str.replace(CODE, ""))
    said = said.list.eval(pl.element().filter(pl.element() != "")).list.unique(maintain_order=True)
    detail = said.list.join("; ")
    detail = detail.str.slice(0, 1).str.to_uppercase() + detail.str.slice(1)
    others = events.filter(of_worker.fill_null(value=False).not_()).select(
        "date",
        "event",
        detail=pl.when(detail.str.len_chars() > 0).then(detail),
        worker="worker",
        numbers=pl.col("number").cast(pl.String),
        first="number",
    )
    verb = (
        pl.when(pl.col("event").str.contains("ended"))
        .then(pl.lit("was no longer"))
        .otherwise(pl.lit("became"))
    )
    sentence = pl.concat_str(
        pl.col("worker").fill_null("A worker who is not named"),
        verb,
        parts.list.first().fill_null("worker"),
        separator=" ",
    )
    changes = (
        events.filter(of_worker)
        .group_by("date", maintain_order=True)
        .agg(
            event=pl.lit("Change of worker"),
            detail=sentence.unique(maintain_order=True).str.join(". ") + ".",
            worker=pl.lit(None, pl.String),
            numbers=pl.col("number").cast(pl.String).str.join(", "),
            first=pl.col("number").first(),
        )
    )
    return pl.concat([others, changes]).sort("first").drop("first")


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
