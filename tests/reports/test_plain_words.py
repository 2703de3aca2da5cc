"""Events and relationships as a reader would say them."""

from datetime import date

import polars as pl
import pytest

from data.frames import collect
from fcl_tui.records.child.plain_words import by_standing, in_plain_words


def said(event, detail, worker=None):
    frame = pl.LazyFrame(
        {"event": [event], "detail": [detail], "worker": [worker]},
        schema=dict.fromkeys(("event", "detail", "worker"), pl.String),
    )
    row = collect(in_plain_words(frame)).row(0, named=True)
    return row["event_shown"], row["told"]


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("protection plan made: yes; cp", "a protection plan was made; child protection"),
        ("protection plan made: no; services", "no protection plan was made; services"),
        ("no further action; no further action", "no further action"),
        ("no further action; no further action; child seen: no", "no further action; child not seen"),
        ("from Police; N1 abuse or neglect", "referred by Police; abuse or neglect"),
        ("interview offered: does not apply; accepted: does not apply", None),
        ("in touch: not in touch", "not in touch"),
        ("RC7 services stopped for another reason", "services stopped for another reason"),
        ("C2 full care order", "C2 full care order"),
        ("under 4", "child under four, not asked to attend"),
        ("a name with: yes", "a name with: yes"),
        (None, None),
    ],
)  # fmt: skip
def test_details_in_plain_words(detail, told):
    assert said("Something", detail) == ("Something", told)


def test_who_became_what():
    event = said("Worker began", "case worker; transfer as normal process", "Stanley Carter")
    assert event == ("Stanley Carter became case worker", "handed over")
    assert said("Worker ended", "case worker", "Ann") == ("Ann is no longer case worker", None)
    assert said("Worker began", "case worker", None) == ("Worker began", "case worker")
    assert said("Worker began", None, "Ann") == ("Worker began", None)


def test_who_it_is_now_stands_first_and_former_workers_say_until_when():
    rows = [
        ("mother", "M", None, None, True), ("family", "F", "family group 12", None, True),
        ("professional", "Former", "case worker", date(2025, 7, 11), False),
        ("professional", "Reviewer", "independent reviewing officer", None, True),
        ("professional", "Now", "case worker", None, True),
        ("professional", "Long ago", "case worker", None, False),
        ("professional", "Unsaid", None, None, False),
    ]  # fmt: skip
    schema = {
        "relation": pl.String, "name": pl.String, "detail": pl.String, "end": pl.Date, "current": pl.Boolean
    }  # fmt: skip
    found = collect(by_standing(pl.LazyFrame(rows, schema=schema, orient="row")))
    assert list(zip(found["name"], found["as_who"], strict=True)) == [
        ("Now", "case worker"),
        ("Reviewer", "independent reviewing officer"),
        ("M", "mother"),
        ("F", "same family"),
        ("Former", "until 11/07/2025: case worker"),
        ("Long ago", "until ?: case worker"),
        ("Unsaid", "former worker"),
    ]
