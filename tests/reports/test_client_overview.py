from datetime import date, timedelta

import polars as pl
import pytest

from data.frames import collect
from data.issues import model as issues
from fcl_tui.records.client_overview import COLUMNS, client_overview, left_out, totals
from tests.reports.by_hand import AS_AT, CALENDAR, Authority, child, involved, item, plan, referral

DAY = timedelta(days=1)
LONG_AGO = date(2020, 1, 6)
LAST = date(2026, 3, 2)


def two_children(**more):
    due = [
        item("1", "cin_visit", LAST, AS_AT - DAY),
        item("1", "health_review", LAST, AS_AT + 60 * DAY),
        item("1", "assessment_45wd", LAST, AS_AT + 7 * DAY, cycle=1, started_by="referral"),
        item("2", "cin_visit", LAST, AS_AT),
        item("2", "cp_review_later", LAST, AS_AT + 14 * DAY),
        item("2", "cp_visit", LAST, AS_AT + 20 * DAY, limit_date=AS_AT + 10 * DAY),
        item("2", "pathway_review", LAST, AS_AT - 9 * DAY, done_date=AS_AT),
        item("9", "cin_visit", LAST, AS_AT - DAY),
    ]
    return Authority(
        person=[child("1", "Ann", "Lee"), child("2", "[red]O'Brien[/]", "Zoe"), child("3", "Quiet", "Child")],
        cin_episodes=[referral("1", LONG_AGO), referral("2", LONG_AGO), referral("3", LONG_AGO)],
        involvements=[involved("1", "p1", LONG_AGO, invo_professional_team="Pod 1")],
        due=due,
        **more,
    )


def overview(authority, **how):
    return collect(client_overview(authority.scan, CALENDAR, AS_AT, **how))


def test_the_columns_of_both_forms_begin_alike():
    for by in ("item", "child"):
        assert tuple(overview(two_children(), by=by).columns[: len(COLUMNS)]) == COLUMNS


def test_items_are_soonest_first_and_what_is_not_required_last():
    rows = overview(two_children())
    assert rows.select("person_id", "rule", "state").rows() == [
        ("1", "cin_visit", "overdue"),
        ("2", "cin_visit", "due_soon"),
        ("1", "assessment_45wd", "due_soon"),
        ("2", "cp_review_later", "due_soon"),
        ("1", "health_review", "due"),
        ("2", "cp_visit", "not_required"),
    ]
    assert rows["item_id"].is_unique().all()


def test_the_last_date_is_blank_when_this_would_be_the_first():
    rows = overview(two_children()).filter(pl.col("person_id") == "1")
    assert dict(zip(rows["rule"], rows["last_date"], strict=True)) == {
        "cin_visit": LAST,
        "assessment_45wd": None,
        "health_review": LAST,
    }


def test_every_client_has_a_row_by_child_even_with_nothing_due():
    rows = overview(two_children(), by="child")
    assert rows["person_id"].to_list() == ["1", "2", "3"]
    assert rows["item"].to_list() == ["Child in need visit", "Child in need visit", "nothing due"]
    assert rows["state"].to_list() == ["overdue", "due_soon", None]
    assert rows["overdue"].to_list() == [1, 0, 0]
    assert rows["visit_due"].to_list() == [AS_AT - DAY, AS_AT, None]
    assert rows["review_due"].to_list() == [None, AS_AT + 14 * DAY, None]
    assert rows["other_item"].to_list() == ["Review health assessment", None, None]


def test_what_the_source_cannot_tell_is_not_shown_as_nothing_due():
    rows = overview(two_children(none_of=("cin_visits",)), by="child").filter(pl.col("person_id") == "3")
    assert rows["visit_state"].to_list() == ["not in this source"]
    assert rows["item"].to_list() == ["nothing due"]
    assert rows["not_known"].to_list() == ["visits: not in this source"]
    nothing = two_children(none_of=("cin_visits", "cin_plans", "cin_assessments"))
    assert overview(nothing, by="child")["item"].to_list()[-1] == "not in this source"


def test_a_child_without_a_name_is_there():
    authority = Authority(cp_plans=[plan("77", LONG_AGO)], due=[item("77", "cp_visit", LAST, AS_AT)])
    assert overview(authority)["name"].to_list() == [None]
    assert overview(authority, by="child")["person_id"].to_list() == ["77"]


def test_an_item_without_a_due_date_is_shown_with_its_reason():
    authority = Authority(cp_plans=[plan("1", LONG_AGO)], due=[item("1", "cp_visit", LAST, None)])
    row = overview(authority).to_dicts()[0]
    assert (row["due_date"], row["state"]) == (None, None)
    assert row["reason"]
    assert overview(authority, by="child")["items"].to_list() == [1]
    gone = collect(left_out(authority.scan, CALENDAR, AS_AT)).to_dicts()
    assert [(one["count"], one["what"]) for one in gone] == [(1, "items")]


@pytest.mark.parametrize(
    ("how", "people"),
    [
        ({"team": "Pod 1"}, ["1"]),
        ({"worker": "p1"}, ["1"]),
        ({"worker": "Unallocated"}, ["2", "3"]),
        ({"team": "No team", "worker": "p1"}, []),
        ({"person_ids": ["3"]}, ["3"]),
        ({"overdue_only": True}, ["1"]),
    ],
)
def test_narrowing(how, people):
    assert overview(two_children(), by="child", **how)["person_id"].to_list() == people


def test_totals_hold_seven_days_within_fourteen_and_leave_out_what_is_not_required():
    rows = {row["kind"]: row for row in collect(totals(two_children().scan, CALENDAR, AS_AT)).to_dicts()}
    assert list(rows) == ["all", "visit", "review", "assessment", "other"]
    whole = rows["all"]
    assert (whole["clients"], whole["overdue"], whole["due_in_7"], whole["due_in_14"], whole["items"]) == (
        3,
        1,
        2,
        3,
        5,
    )
    assert sum(rows[kind]["items"] for kind in list(rows)[1:]) == whole["items"]
    none = collect(totals(two_children().scan, CALENDAR, AS_AT, team="Nowhere")).to_dicts()
    assert len(none) == 5
    assert all(row["clients"] == 0 and row["items"] == 0 for row in none)


def test_rows_that_yielded_to_another_source_are_not_told_as_problems():
    authority = Authority(person=[child("1")])
    rows = [{"effect": "row held", "rule": rule} for rule in ("superseded", "superseded", "duplicate_row")]
    authority.frames["issues"] = pl.DataFrame(rows, schema=issues.frame().schema).lazy()
    told = left_out(authority.scan, CALENDAR, AS_AT).collect()
    counts = {row["reason"]: row["count"] for row in told.iter_rows(named=True)}
    assert counts["held back when the data was loaded, because of a problem in the row"] == 1
    assert counts["not used: another source or return takes precedence"] == 2


def test_left_out_counts_open_items_of_children_who_are_not_open():
    gone = collect(left_out(two_children().scan, CALENDAR, AS_AT)).to_dicts()
    assert [(one["count"], one["what"]) for one in gone] == [(1, "items")]
    assert "no open referral" in gone[0]["reason"]


def test_a_visit_after_the_day_is_not_yet_known():
    authority = Authority(
        cp_plans=[plan("1", LONG_AGO)], due=[item("1", "cp_visit", LAST, AS_AT - DAY, done_date=AS_AT + DAY)]
    )
    assert overview(authority)["state"].to_list() == ["overdue"]
    later = collect(client_overview(authority.scan, CALENDAR, AS_AT + DAY))
    assert later.height == 0


def test_an_empty_authority_gives_empty_frames():
    empty = Authority()
    assert overview(empty).height == 0
    assert overview(empty, by="child").height == 0
    assert collect(left_out(empty.scan, CALENDAR, AS_AT)).height == 0


def test_open_referrals_with_no_further_action_are_told():
    """A census with it on every referral shows an empty overview: not in silence."""
    nothing = {"cine_referral_nfa": "Y"}
    authority = Authority(
        cin_episodes=[
            referral("1", LONG_AGO, **nothing),
            referral("2", LONG_AGO, AS_AT + DAY, **nothing),
            referral("3", LONG_AGO, AS_AT, **nothing),
            referral("4", AS_AT + DAY, **nothing),
            referral("5", LONG_AGO, **nothing),
            referral("5", LONG_AGO),
        ]
    )
    assert overview(authority, by="child")["person_id"].to_list() == ["5"]
    gone = collect(left_out(authority.scan, CALENDAR, AS_AT)).to_dicts()
    assert [(one["count"], one["what"]) for one in gone] == [(2, "referrals")]
    assert "no further action" in gone[0]["reason"]
    one = collect(left_out(authority.scan, CALENDAR, AS_AT, person_ids=["2"])).to_dicts()
    assert [row["count"] for row in one] == [1]
