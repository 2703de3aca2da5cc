"""Text made comparable: names as they are looked for, whatever their accents, apostrophes and hyphens."""

import polars as pl

_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
}


def fold(text: pl.Expr) -> pl.Expr:
    """Make text comparable: lower case, no accents, no apostrophes, hyphens as spaces, one space each.

    `O’Brien` and `O'BRIEN` both become `obrien`; `Łucja Smith-Jones` becomes `lucja smith jones`.
    Control and invisible characters vanish. Null stays null.
    """
    return (
        text.str.normalize("NFKD")
        .str.to_lowercase()
        .str.replace_all(r"\p{M}|\p{Cf}|['’‘`´ʼʻ′＇]", "")
        .str.replace_many(list(_LETTERS), list(_LETTERS.values()))
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )
