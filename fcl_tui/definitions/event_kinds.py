"""Which rows of which tables are events in a child's life, and how each is said."""

from collections.abc import Callable

import polars as pl

from data.dataclass import dataclass
from data.schema.codes import label_expr
from fcl_tui.definitions.wording.labels import answer, blank_to_null, code_and_label

KINDS = (
    "contact", "referral", "assessment", "section_47", "conference", "plan", "review", "visit",
    "legal", "placement", "care", "missing", "health", "education", "worker", "leaving_care",
    "early_help", "other",
)  # fmt: skip
"""Kinds of events, in the order a filter offers them."""


_FLAG_WORDS = {
    "nfa": "no further action",
    "prov of services": "services",
    "prov of sb care": "short breaks",
    "cla request": "request to look after",
    "s47": "section 47 enquiry",
    "return1m": "return to family within one month",
    "return6m": "return to family within six months",
    "returnev": "return to family in time",
    "remainsup": "remain with family, supported",
    "ltrelfr": "long-term placement with relatives or friends",
    "ltfost18": "long-term fostering until 18",
    "resplmt": "long-term residential placement",
    "suppliv": "supported living",
    "otherpln": "other plan",
}
"""The flags of outcomes and of permanence plans as a person would say them."""


_ENDS_FIRST = ("plan", "legal", "placement", "care", "worker")


def in_order() -> list[pl.Expr]:
    """Sort keys of events: by date (unknown first); within a day as work goes, and an end before a beginning.

    One placement ends and the next begins; an assessment begins and is authorised.
    """
    ends = pl.col("event").str.contains("ended|authorised|closed")
    first = pl.when(pl.col("kind").is_in(_ENDS_FIRST)).then(~ends).otherwise(ends)
    rank = pl.col("kind").replace_strict(
        {kind: place for place, kind in enumerate(KINDS)}, default=len(KINDS), return_dtype=pl.Int8
    )
    return [pl.col("date"), rank, first, pl.col("event"), pl.col("source_row")]


@dataclass(frozen=True)
class EventKind:
    """One event that a row of a table gives.

    `always` events stand for the row itself: each row gives one, dated or not. Others (an end, a decision)
    are given only by rows that hold their date.

    `undated` is for rows that may be there before, or without, what the event is named after (a review that
    is planned, an adoption not decided). Without the date such a row gives no event but this name, never
    significant, and only where none of the table's other events has a date.
    """

    table: str
    person: str
    date: str
    event: str
    kind: str
    detail: Callable[[], pl.Expr] | None = None
    significant: bool = True
    always: bool = True
    undated: str | None = None
    worker: str | None = None
    team: str | None = None
    where: Callable[[], pl.Expr] | None = None
    flags: str | None = None
    """A column of outcome flags: `detail` finds in it what `flags` says of it"""


def said(*parts: tuple[str, pl.Expr]) -> pl.Expr:
    """`label answer` for each part that is known, joined by semicolons."""
    texts = [pl.when(value.is_not_null()).then(pl.concat_str(pl.lit(label), value)) for label, value in parts]
    return blank_to_null(pl.concat_str(*texts, separator="; ", ignore_nulls=True))


def label(column: str, code_list: str) -> pl.Expr:
    """The code's meaning in words."""
    return label_expr(blank_to_null(pl.col(column)), code_list)


def coded(column: str, code_list: str) -> pl.Expr:
    """The code and its meaning."""
    return code_and_label(blank_to_null(pl.col(column)), code_list)


def yes(column: str) -> pl.Expr:
    """Y, N, U in words."""
    return answer(pl.col(column))


def text(column: str) -> pl.Expr:
    """The text, or null when it is blank."""
    return blank_to_null(pl.col(column))


def flags(column: str) -> pl.Expr:
    """What a JSON object of outcome flags says yes to, in words; other text as it is; null when nothing.

    `{"OUTCOME_NFA_FLAG": "N", "OUTCOME_LEGAL_ACTION_FLAG": "Y"}` becomes `legal action`.
    """
    raw = blank_to_null(pl.col(column))
    said_yes = raw.str.extract_all(r'(?i)"[^"]+"\s*:\s*(?:"(?:y|yes|true|t|1)"|true|1)\s*(?:,|\})')
    word = (
        pl.element()
        .str.extract(r'"([^"]+)"', 1)
        .str.replace_all(r"(?i)^OUTCOME_|_?FLAG$", "")
        .str.replace_all("_", " ")
        .str.to_lowercase()
        .str.strip_chars()
        .replace(_FLAG_WORDS)
    )
    return (
        pl.when(raw.str.starts_with("{"))
        .then(blank_to_null(said_yes.list.eval(word).list.join(", ")))
        .otherwise(raw)
    )


def with_flags(rows: pl.LazyFrame, column: str) -> pl.LazyFrame:
    """The rows, in their order, with what `flags` says of the column in its place.

    Systems write few different texts: each is read once, not once a row.
    """
    words = (
        rows.select(column).filter(pl.col(column).is_not_null()).unique().with_columns(_said=flags(column))
    )
    joined = rows.join(words, on=column, how="left", maintain_order="left")
    return joined.with_columns(pl.col("_said").alias(column)).drop("_said")


def only(column: str, words: str) -> pl.Expr:
    """The words where the column says Y, else nothing."""
    return pl.when(pl.col(column) == "Y").then(pl.lit(words))


def seen(prefix: str, *, bedroom: bool = True) -> pl.Expr:
    """What a visit's flags say."""
    parts = [("child seen: ", yes(f"{prefix}_seen")), ("alone: ", yes(f"{prefix}_seen_alone"))]
    if bedroom:
        parts.append(("bedroom: ", yes(f"{prefix}_bedroom")))
    return said(*parts)


def took_part(column: str) -> pl.Expr:
    """How the child took part in a review."""
    return label(column, "review_participation")
