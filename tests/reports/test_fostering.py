"""The Fostering Overview: who counts as fostered, with whom, how settled, and how placements ended."""

from datetime import date, timedelta

import pytest

from fcl_tui.reports.question.query import Drill
from tests.asking import ask
from tests.reports.by_hand import AS_AT, Authority, child, episode, involved

DAY = timedelta(days=1)
IN_CARE = date(2020, 5, 7)
FIRST = date(2025, 4, 1)
"""The first of the twelve months to the as-at day"""


def place(start, end=None, kind="U6", number="p1", person="1", **more):
    return {
        "clap_cla_placement_id": number, "clap_person_id": person, "clap_cla_placement_start_date": start,
        "clap_cla_placement_end_date": end, "clap_cla_placement_type": kind,
        "clap_cla_placement_provider": "PR1",
    } | more  # fmt: skip


def fostered(*placements, **rows):
    given = {"person": [child("1")], "cla_episodes": [episode("1", IN_CARE)]} | rows
    return Authority(cla_placement=list(placements), **given).scan


def children(*placements, **rows):
    return ask("fostering-overview", fostered(*placements, **rows), by="children").rows.to_dicts()


@pytest.mark.parametrize(
    ("kind", "provider", "expected"),
    [
        ("U1", "PR1", "Connected person"),
        ("U3", None, "Connected person"),
        ("U2", "PR1", "Fostering for adoption"),
        ("U5", "PR4", "Fostering for adoption"),
        ("U4", "PR1", "In-house"),
        ("U6", "PR4", "Agency"),
        ("U6", "PR5", "Agency"),
        ("U6", "PR2", "Another authority"),
        ("U6", "PR3", "Other public body"),
        ("U6", None, "Provider not recorded"),
        ("u6 ", " pr1", "In-house"),
        ("A3", "PR1", None),
        ("K2", "PR1", None),
        ("T0", "PR1", None),
    ],
)
def test_with_whom_a_child_lives(kind, provider, expected):
    rows = children(place(IN_CARE, kind=kind, clap_cla_placement_provider=provider))
    assert [row["kind_name"] for row in rows] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("start", "end", "counted"),
    [
        (AS_AT, None, True),
        (AS_AT + DAY, None, False),
        (IN_CARE, AS_AT, False),
        (IN_CARE, AS_AT + DAY, True),
        (None, None, True),
    ],
)
def test_a_placement_counts_from_its_first_day_until_the_day_it_ends(start, end, counted):
    assert bool(children(place(start, end))) is counted


def test_of_several_open_the_latest_begun_counts_once():
    rows = children(place(IN_CARE, kind="U1", number="a"), place(AS_AT - DAY, kind="U6", number="b"))
    assert [(row["person_id"], row["kind_name"], row["days"]) for row in rows] == [("1", "In-house", 1)]


def test_who_is_not_looked_after_is_in_no_figure_but_told():
    scan = fostered(place(IN_CARE), cla_episodes=[episode("1", IN_CARE, AS_AT)])
    found = ask("fostering-overview", scan, by="children")
    assert found.rows.is_empty()
    told = [(row["count"], row["reason"][:27]) for row in found.left_out.to_dicts()]
    assert told == [(1, "with an open foster placeme")]
    breaks = [{"lega_person_id": "1", "lega_legal_status": "V4", "lega_legal_status_start_date": IN_CARE}]
    assert not children(place(IN_CARE), legal_status=breaks)


def test_a_temporary_placement_and_none_are_told():
    scan = fostered(place(IN_CARE, kind="T1"))
    assert ask("fostering-overview", scan).left_out["count"].to_list() == [1]
    assert "temporary" in ask("fostering-overview", scan).left_out["reason"][0]
    assert "without an open placement" in ask("fostering-overview", fostered()).left_out["reason"][0]


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], 1),
        ([place(IN_CARE, FIRST, number="a")], 1),  # it ended on the first day: it was not open on it
        ([place(IN_CARE, FIRST + DAY, number="a")], 2),
        ([place(FIRST, FIRST, number="a")], 2),  # it began in the twelve months, if only for the day
        ([place(FIRST, FIRST + 3 * DAY, kind="T4", number="a")], 1),
        ([place(FIRST, AS_AT - DAY, number="a", clap_cla_placement_change_reason="PLACE")], 1),
        ([place(FIRST, AS_AT - DAY, number="a"), place(FIRST, FIRST + 9 * DAY, "K2", "b")], 3),
    ],
)
def test_placements_in_twelve_months(earlier, expected):
    (row,) = children(*earlier, place(AS_AT - DAY, number="z"))
    assert row["placements_12m"] == expected
    figures = ask("fostering-overview", fostered(*earlier, place(AS_AT - DAY, number="z"))).rows.row(
        0, named=True
    )
    assert figures["foster_three_or_more"] == (expected >= 3)


@pytest.mark.parametrize(
    ("end", "reason", "kind", "unplanned"),
    [
        (FIRST, "CREQB", "U6", 1),
        (FIRST - DAY, "CREQB", "U6", 0),
        (AS_AT, "ALLEG", "U6", 1),
        (AS_AT, "CARPL", "U6", 0),
        (AS_AT, None, "U6", 0),
        (AS_AT, "CREQB", "K2", 0),
    ],
)
def test_unplanned_ends_of_a_child_and_of_the_period(end, reason, kind, unplanned):
    gone = place(IN_CARE, end, kind, "a", clap_cla_placement_change_reason=reason)
    scan = fostered(gone, place(AS_AT, number="z"))
    (row,) = ask("fostering-overview", scan, by="children").rows.to_dicts()
    assert row["unplanned_12m"] == unplanned
    ends = ask("fostering-overview", scan, by="ends").rows
    assert ends["foster_unplanned"].sum() == unplanned


def test_the_share_of_unplanned_ends_is_out_of_those_with_a_reason():
    rows = [
        place(IN_CARE, AS_AT, number="a", clap_cla_placement_change_reason="CREQB"),
        place(IN_CARE, AS_AT, number="b", clap_cla_placement_change_reason="CARPL"),
        place(IN_CARE, AS_AT, number="c"),
        place(IN_CARE, AS_AT, number="d", clap_cla_placement_change_reason="PLACE"),
        place(IN_CARE, AS_AT + DAY, number="e", clap_cla_placement_change_reason="CREQB"),
    ]
    found = ask("fostering-overview", fostered(*rows), by="ends").rows
    by_reason = {row["reason"]: row for row in found.to_dicts()}
    assert {reason: row["foster_ends"] for reason, row in by_reason.items()} == {
        "Carer asked, because of the child's behaviour": 1,
        "Care plan": 1,
        "Not recorded": 1,
    }
    assert by_reason["Not recorded"]["foster_unplanned_percent"] is None
    line = ask("fostering-overview", fostered(*rows), by="ends").headline
    assert line == (
        "01/04/2025 to 31/03/2026: 3 foster placements ended, 1 unplanned (50.0% of those with a reason)"
    )
    behind = ask(
        "fostering-overview", fostered(*rows), by="ends", drill=Drill("ends", "foster_unplanned", {})
    )
    assert behind.rows["row_key"].to_list() == ["a|1|cla_placement/1"]


@pytest.mark.parametrize(("miles", "far"), [(20.0, 0), (20.1, 1), (None, 0)])
def test_far_is_more_than_twenty_miles(miles, far):
    scan = fostered(place(IN_CARE, clap_cla_placement_distance=miles))
    row = ask("fostering-overview", scan).rows.row(0, named=True)
    assert (row["foster_far"], row["foster_no_distance"]) == (far, int(miles is None))


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (AS_AT, "Under 3 months"),
        (date(2026, 1, 1), "Under 3 months"),
        (date(2025, 12, 31), "3 to 12 months"),
        (date(2025, 4, 1), "3 to 12 months"),
        (date(2025, 3, 31), "1 to 2 years"),
        (date(2024, 3, 31), "2 years or more"),
        (None, "Start not recorded"),
    ],
)
def test_how_long(start, length):
    assert children(place(start))[0]["length"] == length


def test_what_is_due_is_the_soonest_visit_and_review():
    def item(rule, due, cycle=1):
        return {
            "item_id": f"1|{rule}|{cycle}", "person_id": "1", "rule": rule, "kind": "visit", "cycle": cycle,
            "started": IN_CARE, "due_date": due, "unit": "d", "started_by": "last visit",
        }  # fmt: skip

    due = [item("cla_visit", AS_AT - DAY), item("cla_visit", AS_AT + DAY, 2), item("cla_review_later", AS_AT)]
    scan = fostered(place(IN_CARE), due=due)
    (row,) = ask("fostering-overview", scan, by="children").rows.to_dicts()
    assert (row["visit_due"], row["visit_state"]) == (AS_AT - DAY, "overdue")
    assert (row["review_due"], row["review_state"] == "overdue") == (AS_AT, False)
    figures = ask("fostering-overview", scan).rows.row(0, named=True)
    assert (figures["foster_visit_overdue"], figures["foster_review_overdue"]) == (1, 0)


def test_what_the_source_lacks_is_not_none():
    scan = fostered(place(IN_CARE), lacking={"cla_placement": "clap_cla_placement_distance"})
    found = ask("fostering-overview", scan)
    assert found.rows["foster_far"].to_list() == [None]
    assert "not in this source: distances" in found.left_out["reason"].to_list()
    none = ask("fostering-overview", fostered(none_of=("cla_placement",)))
    assert none.headline == "Placements: not in this source"


def test_a_team_keeps_its_own():
    rows = {
        "involvements": [involved("1", "w1", IN_CARE, invo_professional_team="t1")],
        "department": [{"dept_team_id": "t1", "dept_team_name": "Pod 7"}],
        "professionals": [{"prof_professional_id": "w1", "prof_professional_name": "Sam Carter"}],
    }
    scan = fostered(place(IN_CARE), **rows)
    assert ask("fostering-overview", scan, by="team").rows["team"].to_list() == ["Pod 7"]
    assert ask("fostering-overview", scan, by="children", worker="sam carter").rows.height == 1
    assert ask("fostering-overview", scan, by="children", kind="agency").rows.is_empty()
