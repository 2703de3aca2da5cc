"""In which order due items stand, and how late they say they are."""

from datetime import date, timedelta

from data.frames import collect
from fcl_tui.records.client_overview import client_overview
from tests.reports.by_hand import CALENDAR, RULES, Authority, child, item, referral

SATURDAY = date(2026, 11, 28)
DAY = timedelta(days=1)
LAST = date(2026, 9, 1)


def rows(*due, as_at=SATURDAY):
    authority = Authority(person=[child("1")], cin_episodes=[referral("1", LAST)], due=list(due))
    return collect(client_overview(authority.scan, CALENDAR, as_at))


def test_a_due_day_that_has_passed_is_never_today():
    friday = rows(item("1", "cin_visit", LAST, SATURDAY - DAY))
    assert friday.select("state", "days", "days_shown").row(0) == ("overdue", 0, "0 wd late")
    assert rows(item("1", "cin_visit", LAST, SATURDAY))["days_shown"].to_list() == ["today"]
    sunday = rows(item("1", "cin_visit", LAST, SATURDAY + DAY))
    assert sunday["days_shown"].to_list() == ["0 wd left"]


def test_visits_stand_before_older_health_checks_and_everything_overdue_before_what_is_due():
    found = rows(
        item("1", "health_review", LAST, SATURDAY - 300 * DAY),
        item("1", "cin_visit", LAST, SATURDAY - 9 * DAY),
        item("1", "cp_review_later", LAST, SATURDAY - 20 * DAY),
        item("1", "assessment_45wd", LAST, SATURDAY + DAY),
        item("1", "pa_contact", LAST, SATURDAY + 90 * DAY),
    )
    assert found["rule"].to_list() == [
        "cp_review_later", "cin_visit", "health_review", "assessment_45wd", "pa_contact",
    ]  # fmt: skip


def test_a_row_has_its_state_and_days_in_one_and_its_short_name():
    found = rows(item("1", "cin_visit", LAST, SATURDAY - 9 * DAY)).row(0, named=True)
    assert (found["standing"], found["item_short"]) == ("overdue|6 wd late", "CIN visit")
    assert found["item"] == next(name for key, name, *_ in RULES if key == "cin_visit")
