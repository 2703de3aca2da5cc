"""Periods of care, placements and legal statuses as runs of episodes; what is not known is left blank."""

from datetime import date

import pytest

from tests.data.ssda903_by_hand import Read, write

HEADINGS = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"


def read(tmp_path, *episodes: str, **more: str) -> Read:
    """Episodes written as DECOM RNE LS PLACE DEC REC of child 1."""
    rows = []
    for text in episodes:
        decom, rne, legal, place, dec, rec = ("" if part == "-" else part for part in text.split())
        rows.append(f"1,{decom},{rne},{legal},N1,{place},PR1,{dec},{rec},,,,\n")
    return Read(write(tmp_path / "r", {"episodes": HEADINGS + "".join(rows), **more}))


def care(back: Read) -> list[tuple[object, ...]]:
    return back.rows("cla_episodes", "clae_cla_episode_start_date", "clae_cla_id", "clae_entered_care_date")


def test_a_gap_begins_another_period(tmp_path):
    back = read(
        tmp_path, "01/05/2024 S V2 U6 01/08/2024 E4A", "02/08/2024 S V2 U6 10/09/2024 E4A",
        "10/09/2024 S C1 U6 - -",
    )  # fmt: skip
    assert [row[2] for row in care(back)] == [date(2024, 5, 1), date(2024, 8, 2), date(2024, 9, 10)]
    assert len({row[1] for row in care(back)}) == 3


def test_care_that_began_before_the_return_has_no_first_day(tmp_path):
    back = read(tmp_path, "01/05/2024 P C2 U6 01/08/2024 X1", "01/08/2024 P C2 U4 - -")
    assert care(back) == [
        (date(2024, 5, 1), "903-C-1-2024-05-01", None), (date(2024, 8, 1), "903-C-1-2024-05-01", None)
    ]  # fmt: skip
    assert "care_began_earlier" in back.rules("warning")
    assert back.rows("legal_status", "lega_legal_status", "lega_legal_status_start_date") == [("C2", None)]
    assert "status_began_earlier" in back.rules("warning")
    assert back.rows("cla_placement", "clap_cla_placement_start_date") == [
        (date(2024, 5, 1),), (date(2024, 8, 1),),
    ]  # fmt: skip


def test_a_placement_that_began_before_the_return_has_no_first_day(tmp_path):
    back = read(tmp_path, "01/05/2024 L E1 A6 - -")
    assert back.rows("cla_placement", "clap_cla_placement_type", "clap_cla_placement_start_date") == [
        ("A6", None)
    ]
    assert back.rows("legal_status", "lega_legal_status", "lega_legal_status_start_date") == [
        ("E1", date(2024, 5, 1))
    ]
    assert "placement_began_earlier" in back.rules("warning")


def test_short_breaks_stand_from_the_first_day_known(tmp_path):
    back = read(tmp_path, "01/05/2024 P V4 K2 - -")
    assert back.rows("legal_status", "lega_legal_status_start_date") == [(date(2024, 5, 1),)]
    assert "status_began_earlier" not in back.rules()


def test_a_period_that_follows_an_ended_one_has_a_first_day(tmp_path):
    back = read(tmp_path, "01/05/2024 S V2 U6 01/06/2024 E4A", "01/07/2024 P C1 U6 - -")
    assert [row[2] for row in care(back)] == [date(2024, 5, 1), date(2024, 7, 1)]


def test_an_episode_missing_in_between_leaves_the_first_day_unknown(tmp_path):
    back = read(tmp_path, "01/05/2024 S V2 U6 01/06/2024 X1", "01/07/2024 P C1 U6 - -")
    assert [row[2] for row in care(back)] == [date(2024, 5, 1), None]
    assert {"no_next_episode", "care_began_earlier"} <= back.rules("warning")


@pytest.mark.parametrize(
    ("rule", "episodes"),
    [
        ("episode_left_open", ["01/05/2024 S V2 U6 - -", "01/06/2024 P V2 U6 - -"]),
        ("episodes_overlap", ["01/05/2024 S V2 U6 09/06/2024 X1", "01/06/2024 P V2 U6 - -"]),
        ("same_start", ["01/05/2024 S V2 U6 09/06/2024 X1", "01/05/2024 S C1 K2 - -"]),
        ("no_next_episode", ["01/05/2024 S V2 U6 09/06/2024 X1"]),
        ("missing_date", ["- S V2 U6 09/06/2024 X1"]),
        ("reason_without_end", ["01/05/2024 S V2 U6 - E4A"]),
        ("placement_code_changed", ["01/05/2024 S V2 A4 09/06/2024 X1", "09/06/2024 L E1 A6 - -"]),
    ],
)
def test_what_cannot_be_right_is_said_and_no_episode_lost(tmp_path, rule, episodes):
    back = read(tmp_path, *episodes)
    assert rule in back.rules()
    assert back.tables["cla_episodes"].height == len(episodes)
    assert back.tables["cla_episodes"]["clae_cla_episode_id"].is_unique().all()


def test_a_reason_without_an_end_does_not_end_care(tmp_path):
    back = read(tmp_path, "01/05/2024 S V2 U6 - E4A")
    assert back.rows("cla_episodes", "clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason") == [
        (None, None)
    ]


def test_a_review_outside_care_belongs_to_no_period(tmp_path):
    back = read(
        tmp_path,
        "01/05/2024 S V2 U6 01/06/2024 E4A",
        reviews=f"{REVIEWS}1,,01/07/2024,PN1\n1,,01/06/2024,PN1\n",
    )
    assert back.rows("cla_reviews", "clar_cla_review_date", "clar_cla_id") == [
        (date(2024, 6, 1), "903-C-1-2024-05-01"), (date(2024, 7, 1), None),
    ]  # fmt: skip
    assert [value for _, _, value in back.told("outside_care")] == ["2024-07-01"]


def test_reviews_of_one_year_cannot_be_numbered(tmp_path):
    long_ago = read(tmp_path / "a", "01/05/2019 S C2 U6 - -", reviews=f"{REVIEWS}1,,01/07/2024,PN1\n")
    assert long_ago.coverage("cla_reviews")["latest_only"]
    from_the_start = read(tmp_path / "b", "01/05/2019 S C2 U6 - -", reviews=f"{REVIEWS}1,,20/05/2019,PN1\n")
    assert not from_the_start.coverage("cla_reviews")["latest_only"]
    began_before = read(tmp_path / "c", "01/05/2024 P C2 U6 - -", reviews=f"{REVIEWS}1,,02/05/2024,PN1\n")
    assert began_before.coverage("cla_reviews")["latest_only"]


def test_without_reasons_for_new_episodes_nothing_is_said_to_begin(tmp_path):
    text = "CHILD,DECOM,LS,PLACE,DEC\n1,01/05/2024,C2,U6,01/06/2024\n1,01/06/2024,C2,U6,\n"
    back = Read(write(tmp_path / "r", {"episodes": text}))
    assert back.tables["cla_episodes"]["clae_entered_care_date"].is_null().all()
    assert back.tables["cla_placement"].height == 1  # the same placement goes on
    assert back.coverage("cla_episodes")["coverage"] == "partial"
    assert ("episodes_2025.csv", "RNE", None) in back.told("missing_column")


def ends(back: Read) -> list[tuple[object, ...]]:
    placements = back.rows("cla_placement", "clap_cla_placement_type", "clap_cla_placement_end_date")
    return placements + back.rows("legal_status", "lega_legal_status", "lega_legal_status_end_date")


def test_an_episode_without_an_end_is_not_ended_by_a_later_one_that_has(tmp_path):
    back = read(tmp_path, "01/05/2024 S C1 U6 - -", "01/06/2024 L C1 U6 01/07/2024 X1")
    assert ends(back) == [("U6", None), ("C1", None)]


def test_an_episode_without_an_end_ends_with_the_next_without_one(tmp_path):
    back = read(tmp_path, "01/05/2024 S C1 U6 - -", "01/06/2024 B C2 U4 - -")
    assert ends(back) == [("U4", None), ("U6", date(2024, 6, 1)), ("C1", date(2024, 6, 1)), ("C2", None)]


def test_a_review_after_a_later_ended_episode_is_in_the_open_period(tmp_path):
    back = read(
        tmp_path, "01/05/2024 S C1 U6 - -", "01/06/2024 P C1 U4 01/07/2024 X1",
        reviews=REVIEWS + "1,01/01/2012,01/09/2024,PN1\n",
    )  # fmt: skip
    assert back.rows("cla_reviews", "clar_cla_id") == [("903-C-1-2024-05-01",)]
