"""A period by its name: its days, the question, the saved view, and the period before."""

from datetime import date

import pytest

from data.errors import DataError
from fcl_tui.definitions.days.periods import before, named, offered
from fcl_tui.reports import catalogue
from fcl_tui.reports.parameters.period import spanned
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.resolve import resolve
from fcl_tui.reports.question.saved import state_of, values_of
from fcl_tui.reports.question.words import shown_words
from fcl_tui.reports.spec import Parameter, Report
from tests.asking import ask, context
from tests.reports.by_hand import Authority, child, referral

AS_AT = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("this-month", date(2026, 11, 1), AS_AT),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this-quarter", date(2026, 10, 1), AS_AT),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("year-to-date", date(2026, 4, 1), AS_AT),
        ("last-12-months", date(2025, 11, 29), AS_AT),
        ("2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("2026/27", date(2026, 4, 1), AS_AT),
    ],
)
def test_the_days_of_each_period(name, first, last):
    assert named(name, AS_AT) == (first, last)


def test_the_financial_year_begins_on_the_first_of_april():
    assert named("year-to-date", date(2026, 3, 31)) == (date(2025, 4, 1), date(2026, 3, 31))
    assert named("year-to-date", date(2026, 4, 1)) == (date(2026, 4, 1), date(2026, 4, 1))
    assert named("last-quarter", date(2026, 1, 5)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert named("last-month", date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize("name", ["2025-27", "2027-28", "yesterday", "", "0000-01"])
def test_what_is_no_period(name):
    assert named(name, AS_AT) is None


def test_all_that_is_offered_means_days():
    assert all(named(name, AS_AT) for name in offered(AS_AT))
    assert offered(date(2026, 3, 31))[-5] == "2025-26"


@pytest.mark.parametrize(
    ("first", "last", "name", "expected"),
    [
        (date(2026, 11, 1), AS_AT, "this-month", (date(2026, 10, 1), date(2026, 10, 28))),
        (date(2026, 10, 1), date(2026, 10, 31), "last-month", (date(2026, 9, 1), date(2026, 9, 30))),
        (date(2026, 10, 1), AS_AT, "this-quarter", (date(2026, 7, 1), date(2026, 8, 28))),
        (date(2026, 4, 1), AS_AT, "year-to-date", (date(2025, 4, 1), date(2025, 11, 28))),
        (date(2025, 11, 29), AS_AT, "last-12-months", (date(2024, 11, 29), date(2025, 11, 28))),
        (date(2025, 4, 1), date(2026, 3, 31), "2025-26", (date(2024, 4, 1), date(2025, 3, 31))),
        (date(2026, 1, 1), date(2026, 2, 28), None, (date(2025, 11, 1), date(2025, 12, 31))),
        (date(2026, 1, 5), date(2026, 1, 11), None, (date(2025, 12, 29), date(2026, 1, 4))),
    ],
)
def test_the_period_before_is_as_long_and_as_far_in(first, last, name, expected):
    assert before(first, last, name) == expected


def test_every_report_with_days_has_the_period_and_no_other():
    for entry in catalogue.every():
        report = catalogue.load(entry.key)
        has_days = report.parameter("from") is not None
        assert (report.parameter("period") is not None) == has_days
        names = [one.name for one in report.parameters]
        assert len(set(names)) == len(names)


def test_a_view_kept_of_last_quarter_is_last_quarter_on_any_day():
    report = catalogue.load("assessments")
    query = resolve(report, {"period": "last-quarter"}, context(Authority().scan, AS_AT))
    assert (query.day("from"), query.day("to")) == (date(2026, 7, 1), date(2026, 9, 30))
    kept = state_of(report, query)
    assert kept == {"by": "team", "period": "last-quarter"}
    later = context(Authority().scan, date(2027, 1, 4))
    again = resolve(report, values_of(report, {"view": kept}), later)
    assert (again.day("from"), again.day("to")) == (date(2026, 10, 1), date(2026, 12, 31))


def test_a_period_that_is_none_is_refused_with_those_there_are():
    report, told = catalogue.load("assessments"), context(Authority().scan, AS_AT)
    with pytest.raises(DataError, match="There is no period 'last week'.*last-month"):
        resolve(report, {"period": "last week"}, told)
    with pytest.raises(DataError, match="not both"):
        resolve(report, {"period": "last-month", "from": date(2026, 1, 1)}, told)
    assert resolve(report, {"period": "Last Month"}, told).text("period") == "last-month"
    assert "period" not in spanned(Query("assessments", "team", {"period": "of old"}), AS_AT).values


def test_the_heading_says_the_period_only_where_figures_follow_it():
    report = catalogue.load("caseload")
    query = spanned(Query("caseload", "movement", {"period": "last-month"}), AS_AT)
    assert shown_words(report, query)["period"] == "last month, 01/10/2026 to 31/10/2026"
    now = spanned(Query("caseload", "team", {"period": "last-month"}), AS_AT)
    assert "period" not in shown_words(report, now)


def test_the_period_before_is_said_beside_the_figures():
    def assessed(person, start, end):
        return {
            "cina_assessment_id": f"{person}{start}",
            "cina_person_id": person,
            "cina_assessment_start_date": start,
            "cina_assessment_auth_date": end,
            "cina_assessment_team": "Pod 7",
        }

    scan = Authority(
        person=[child("1", "Ann"), child("2", "Bo")],
        cin_episodes=[referral("1", date(2025, 5, 5)), referral("2", date(2025, 5, 5))],
        cin_assessments=[
            assessed("1", date(2025, 5, 5), date(2025, 5, 20)),
            assessed("2", date(2025, 5, 5), date(2025, 9, 20)),
            assessed("1", date(2025, 8, 4), date(2025, 8, 20)),
        ],
    ).scan
    day = date(2025, 10, 10)
    assert "Before" not in ask("assessments", scan, as_at=day).headline
    told = ask("assessments", scan, as_at=day, period="last-quarter").headline.split("\n")
    assert told[0].startswith("2 completed Jul 2025 to 30/09/2025")
    assert told[1] == "Before, 1 Apr to 30 Jun 2025: 1 completed, 100.0% in 45 working days"


def test_parameters_that_a_parameter_brings_are_declared_once():
    brought = Parameter(name="b", label="B", help="", kind="text")
    first = Parameter(name="a", label="A", help="", kind="text", brings=(brought,))
    assert [one.name for one in Report(key="k", parameters=(first,), views=()).parameters] == ["b", "a"]
    twice = Report(key="k", parameters=(first, brought), views=())
    assert [one.name for one in twice.parameters] == ["a", "b"]
