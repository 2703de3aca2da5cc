"""Names as they are written, and names as they are looked for."""

import polars as pl

from data.schema.codes import label_expr, labels
from data.text import fold

NOT_THEN = "not known on that day"
NOT_HERE = "not in this source"
"""Said wherever the source at hand cannot carry an answer: nothing known is not the same as nothing."""

RESTRICTED, OUTSIDE = "Restricted", "Outside your remit"
"""In the place of a name: a record not open to the reader, and a relative whom the reader does not see."""

STATUS_NAMES = {
    "looked_after": "Looked after",
    "child_protection": "Child protection plan",
    "care_leaver": "Care leaver",
    "child_in_need": "Child in need",
    "short_break": "Short breaks",
    "closed": "Closed",
}
"""A status as a person would say it."""


ROLE_NAMES = {"CW": "case worker", "IRO": "independent reviewing officer", "PA": "personal adviser"}
"""Codes of a worker's role in a case; systems that write words are left as they are."""


def folded(text: str) -> str:
    """`fold` for one piece of text, such as what a person typed."""
    return str(pl.select(fold(pl.lit(text))).item() or "")


def blank_to_null(text: pl.Expr) -> pl.Expr:
    """Text without surrounding space; null when nothing is left."""
    trimmed = text.str.strip_chars()
    return pl.when(trimmed != "").then(trimmed)


def full_name(forename: pl.Expr, surname: pl.Expr) -> pl.Expr:
    """`Surname, Forename`; the one that is known when only one is; null when neither is."""
    name = pl.concat_str(blank_to_null(surname), blank_to_null(forename), separator=", ", ignore_nulls=True)
    return blank_to_null(name)


def code_and_label(code: pl.Expr, code_list: str) -> pl.Expr:
    """`C2 full care order`: the code people know and what it means; the code alone when it has no label."""
    label = label_expr(code, code_list)
    return pl.when(label != code).then(pl.concat_str(code, label, separator=" ")).otherwise(code)


def without_code(text: pl.Expr, *code_lists: str) -> pl.Expr:
    """`Abuse or neglect` for `N1 abuse or neglect`, as `code_and_label` writes it: what people read.

    Text that no code of these lists begins stays as it is.
    """
    told = {f"{code} {label}": _sentence(label) for one in code_lists for code, label in labels(one).items()}
    return text.replace(told)


def label_as_sentence(code: pl.Expr, code_list: str) -> pl.Expr:
    """`Foster, other carer, other`: what a code means, beginning with a capital; the code without a label."""
    label = label_expr(code, code_list)
    return pl.concat_str(label.str.slice(0, 1).str.to_uppercase(), label.str.slice(1))


def _sentence(label: str) -> str:
    return label[:1].upper() + label[1:]


def role_name(column: str) -> pl.Expr:
    """A worker's role in a case in words; null when it is blank."""
    return blank_to_null(pl.col(column)).replace(ROLE_NAMES)


def status_name(status: pl.Expr) -> pl.Expr:
    """The status in words."""
    return status.replace(STATUS_NAMES)


def answer(code: pl.Expr) -> pl.Expr:
    """Y, N and U as yes, no and not known; null stays null."""
    return code.replace({"Y": "yes", "N": "no", "U": "not known"})
