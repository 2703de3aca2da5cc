"""Outcome flags that are read once for each different text say of every row what reading the row says."""

import polars as pl

from fcl_tui.definitions.event_kinds import flags, with_flags

TEXTS = [
    '{"OUTCOME_NFA_FLAG": "N", "OUTCOME_LEGAL_ACTION_FLAG": "Y"}',
    '{"NFA_FLAG": true, "CLA_REQUEST_FLAG": "1"}',
    '{"NFA_FLAG": "N"}',
    "  no flags, but words ",
    "   ",
    "",
    None,
]


def test_every_row_says_what_its_own_text_says_and_stays_where_it_is():
    rows = pl.LazyFrame({"number": range(70), "told": TEXTS * 10})
    each = rows.with_columns(told=flags("told")).collect()
    assert with_flags(rows, "told").collect().equals(each)
    assert each["told"].head(7).to_list() == [
        "legal action", "no further action, request to look after", None, "no flags, but words", None, None,
        None,
    ]  # fmt: skip
