from datetime import date

import polars as pl
import pytest

from data.frames import collect
from fcl_tui.measures.assessments import BANDS
from fcl_tui.records.assessments import COLUMNS, default_period, left_out
from fcl_tui.reports.question.query import Drill
from tests.asking import ask
from tests.reports.by_hand import AS_AT, CALENDAR, Authority, child, involved, referral


def assessment(person, start, done=None, **more):
    row = {"cina_person_id": person, "cina_assessment_start_date": start, "cina_assessment_auth_date": done}
    return row | {"cina_assessment_team": "Pod 1", "cina_assessment_worker_id": "p1"} | more


def days_on(start, days):
    return pl.select(CALENDAR.add_working_days(pl.lit(start), days)).item()


def compared(authority, **how):
    return ask("assessments", authority.scan, **how).given


def behind(authority, view, measure, **group):
    """The assessments behind a figure."""
    return ask("assessments", authority.scan, drill=Drill(view, measure, group)).rows


START = date(2025, 6, 2)


@pytest.mark.parametrize(("days", "in_time"), [(44, 1), (45, 1), (46, 0)])
def test_the_forty_fifth_working_day_is_in_time(days, in_time):
    row = compared(Authority(cin_assessments=[assessment("1", START, days_on(START, days))])).to_dicts()[0]
    assert (row["completed"], row["in_time"], row["median_days"]) == (1, in_time, days)
    assert row["percent_in_time"] == 100.0 * in_time


def test_the_columns():
    assert tuple(compared(Authority()).columns[: len(COLUMNS)]) == COLUMNS
    assert compared(Authority()).height == 0


def test_the_first_assessment_of_a_referral_counts_from_the_referral_and_a_further_one_from_its_start():
    authority = Authority(
        cin_episodes=[referral("1", date(2025, 5, 1), cine_referral_id="r")],
        cin_assessments=[
            assessment("1", date(2025, 5, 6), date(2025, 6, 2), cina_referral_id="r"),
            assessment("1", date(2025, 9, 1), date(2025, 9, 30), cina_referral_id="r"),
        ],
    )
    rows = collect(authority.scan("assessments"))
    assert rows["clock_start"].to_list() == [date(2025, 5, 1), date(2025, 9, 1)]


def test_no_cases_is_null_and_not_nought():
    row = compared(Authority(cin_assessments=[assessment("1", date(2026, 3, 2))])).to_dicts()[0]
    assert (row["completed"], row["percent_in_time"], row["median_days"], row["difference"]) == (
        0,
        None,
        None,
        None,
    )
    months = compared(Authority(), by="month")
    assert months.height == 12
    assert months["percent_in_time"].null_count() == 12
    assert months["completed"].sum() == 0


def test_medians_and_nine_in_ten():
    spans = [10, 20, 30, 41, 50, 60, 70, 80, 90, 100]
    authority = Authority(
        cin_assessments=[
            assessment(str(n), date(2025, 6, 2), days_on(date(2025, 6, 2), span))
            for n, span in enumerate(spans)
        ]
    )
    row = compared(authority).to_dicts()[0]
    assert (row["median_days"], row["p90_days"], row["percent_in_time"]) == (55.0, 90.0, 40.0)


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "open_0_20"), (20, "open_0_20"), (21, "open_21_35"), (35, "open_21_35"), (36, "open_36_45"),
     (45, "open_36_45"), (46, "open_over_45")],
)  # fmt: skip
def test_open_ones_by_working_days_so_far(days, band):
    start = date(2025, 10, 1)
    authority = Authority(cin_assessments=[assessment("1", start)])
    row = compared(authority, as_at=days_on(start, days)).to_dicts()[0]
    assert row["open"] == 1
    assert [name for name in BANDS if row[name]] == [band]


def test_an_authorisation_after_the_day_is_not_yet_known():
    authority = Authority(cin_assessments=[assessment("1", date(2026, 2, 2), date(2026, 4, 1))])
    before, after = (
        compared(authority).to_dicts()[0],
        compared(authority, as_at=date(2026, 4, 1)).to_dicts()[0],
    )
    assert (before["completed"], before["open"]) == (0, 1)
    assert (after["completed"], after["open"]) == (1, 0)


def test_the_period_holds_both_its_days():
    assert default_period(AS_AT) == (date(2025, 4, 1), AS_AT)
    assert default_period(date(2024, 2, 29)) == (date(2023, 3, 1), date(2024, 2, 29))
    authority = Authority(
        cin_assessments=[
            assessment(str(n), date(2025, 2, 3), done)
            for n, done in enumerate(
                [date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), date(2025, 12, 5)], start=1
            )
        ]
    )
    assert compared(authority)["completed"].sum() == 3
    month = compared(authority, by="month", from_=date(2025, 12, 1), to_=date(2025, 12, 31))
    assert month.select("month", "completed").rows() == [(date(2025, 12, 1), 1)]


LEGAL = '{"OUTCOME_NFA_FLAG": "N", "OUTCOME_LEGAL_ACTION_FLAG": "Y"}'


def held(team, worker):
    return {"cina_assessment_team": team, "cina_assessment_worker_id": worker}


def several():
    return Authority(
        person=[child(str(n)) for n in range(1, 7)],
        department=[{"dept_team_id": "t2", "dept_team_name": "Pod 2"}],
        involvements=[
            involved("5", "p5", date(2025, 1, 1), invo_professional_team="t2"),
            involved("6", "p6", date(2025, 1, 1), date(2025, 7, 1), invo_professional_team="t2"),
            involved("6", "p7", date(2025, 7, 1), invo_professional_team="t2"),
        ],
        cin_assessments=[
            assessment("1", START, days_on(START, 45), cina_assessment_outcome_nfa="Y"),
            assessment(
                "2", START, days_on(START, 46), cina_assessment_outcome_json=LEGAL, **held("Pod 1", "p2")
            ),
            assessment("3", START, days_on(START, 30), **held("t2", None)),
            assessment("4", date(2026, 3, 2), None, **held(None, None)),
            assessment("5", date(2026, 1, 5), None, **held(None, None)),
            assessment("6", START, date(2025, 6, 30), **held(None, None)),
        ],
    )


def test_teams_side_by_side_and_the_workers_of_one():
    teams = compared(several())
    assert teams.select("team", "completed", "in_time", "open").rows() == [
        ("No team", 0, 0, 1),
        ("Pod 1", 2, 1, 0),
        ("Pod 2", 2, 2, 1),
    ]
    assert teams["percent_all_teams"].to_list() == [75.0, 75.0, 75.0]
    assert teams["difference"].to_list() == [None, -25.0, 25.0]
    workers = compared(several(), by="worker", team="Pod 2")
    assert workers.select("worker", "completed", "open", "percent_all_teams").rows() == [
        ("Unallocated", 1, 0, 75.0),
        ("p5", 0, 1, 75.0),
        ("p6", 1, 0, 75.0),
    ]


def test_outcomes_add_up():
    rows = compared(several(), by="outcome", known={"settings": {"assessment_target": 80.0}})
    assert rows.select("type", "count", "percent_of_total", "actual", "percent_of_target").rows() == [
        ("Not recorded", 2, 50.0, 100.0, 125.0),
        ("Legal action", 1, 25.0, 0.0, 0.0),
        ("No further action", 1, 25.0, 100.0, 125.0),
    ]
    assert rows["percent_of_total"].sum() == 100.0


def test_behind_every_figure_stand_as_many_assessments():
    authority = several()
    groups = {"team": ("team",), "worker": ("team", "worker", "worker_id")}
    for by, columns in groups.items():
        for row in compared(authority, by=by).to_dicts():
            group = {name: row[name] for name in columns}
            for figure in ("completed", "in_time", "open", "not_timed", *BANDS):
                assert behind(authority, by, figure, **group).height == row[figure], (group, figure)
    for row in compared(authority, by="outcome").to_dicts():
        assert behind(authority, "outcome", "count", type=row["type"]).height == row["count"]
    for row in compared(authority, by="month").to_dicts():
        assert behind(authority, "month", "completed", month=row["month"]).height == row["completed"]


def test_an_assessment_without_a_date_to_count_from_is_in_no_percentage_and_said_so():
    authority = Authority(cin_assessments=[assessment("1", None, date(2026, 1, 5)), assessment("2", None)])
    row = compared(authority).to_dicts()[0]
    assert (row["completed"], row["percent_in_time"], row["not_timed"], row["open"]) == (1, None, 1, 1)
    gone = collect(left_out(authority.scan, CALENDAR, AS_AT))
    assert gone["count"].to_list() == [1, 1]


@pytest.mark.parametrize(
    ("json", "codes"),
    [
        ('["10A", "2B", "1A"]', "1A, 2B, 10A"),
        ('{"2B": "Yes", "10A": "No", "20": "Y"}', "2B, 20"),
        ("2B, 1A", "1A, 2B"),
        (None, None),
    ],
)
def test_factors(json, codes):
    authority = Authority(
        cin_assessments=[assessment("1", START)],
        assessment_factors=[{"cinf_assessment_id": "1", "cinf_assessment_factors_json": json}],
    )
    assert collect(authority.scan("assessments"))["factors"].to_list() == [codes]


def test_months_before_the_first_assessment_of_a_partial_source_are_said():
    authority = Authority(cin_assessments=[assessment("1", date(2025, 10, 6), date(2025, 11, 3))])
    assert collect(left_out(authority.scan, CALENDAR, AS_AT)).height == 0
    partly = authority.frames["coverage"].with_columns(coverage=pl.lit("partial"))
    authority.frames["coverage"] = partly
    rows = collect(left_out(authority.scan, CALENDAR, AS_AT)).to_dicts()
    assert [(row["count"], row["what"]) for row in rows] == [(6, "months")]
    assert rows[0]["reason"].endswith("06/10/2025")


@pytest.mark.parametrize(
    ("flags", "nothing_more", "outcome"),
    [
        (None, "Y", "No further action"),
        (None, "N", "Further action, kind not recorded"),
        (None, None, "Not recorded"),
        ('{"OUTCOME_OTHER_ACTIONS_FLAG": "Y"}', "N", "Other"),
        (
            '{"OUTCOME_NFA_FLAG": "Y", "OUTCOME_STRATEGY_DISCUSSION_FLAG": "Y"}',
            "N",
            "Strategy discussion or section 47",
        ),
    ],
)
def test_the_main_outcome(flags, nothing_more, outcome):
    told = {"cina_assessment_outcome_json": flags, "cina_assessment_outcome_nfa": nothing_more}
    authority = Authority(cin_assessments=[assessment("1", START, days_on(START, 5), **told)])
    assert collect(authority.scan("assessments"))["outcome"].to_list() == [outcome]


@pytest.mark.parametrize("others", [{"cine_close_date": date(2025, 8, 1)}, {}])
def test_another_childs_referral_gives_an_assessment_neither_its_number_nor_its_dates(others):
    authority = Authority(
        cin_episodes=[
            referral("2", date(2025, 5, 1), cine_referral_id="r2", **others),
            referral("1", date(2025, 5, 2), cine_referral_id="r1", cine_close_date=date(2025, 9, 9)),
        ],
        cin_assessments=[
            assessment(
                "1", date(2025, 6, 2), date(2025, 7, 2), cina_referral_id="r2", cina_assessment_id="a"
            ),
            assessment(
                "1", date(2025, 6, 3), date(2025, 7, 2), cina_referral_id="r1", cina_assessment_id="b"
            ),
            assessment(
                "1", date(2025, 6, 4), date(2025, 7, 2), cina_referral_id="gone", cina_assessment_id="c"
            ),
        ],
    )
    rows = collect(authority.scan("assessments")).sort("assessment_id")
    assert rows["referral_id"].to_list() == [None, "r1", "gone"]
    assert rows["referral_closed"].to_list() == [None, date(2025, 9, 9), None]
    assert rows["clock_start"].to_list()[0] == date(2025, 6, 2)


def test_a_number_that_two_children_have_is_each_ones_own_referral():
    authority = Authority(
        cin_episodes=[
            referral("2", date(2025, 5, 1), cine_referral_id="r", cine_close_date=date(2025, 8, 1)),
            referral("1", date(2025, 5, 2), cine_referral_id="r", cine_close_date=date(2025, 9, 9)),
        ],
        cin_assessments=[
            assessment(one, date(2025, 6, 2), date(2025, 7, 2), cina_referral_id="r") for one in ("1", "2")
        ],
    )
    rows = collect(authority.scan("assessments")).sort("person_id")
    assert rows["referral_id"].to_list() == ["r", "r"]
    assert rows["referral_closed"].to_list() == [date(2025, 9, 9), date(2025, 8, 1)]


def test_under_ten_cases_nothing_is_good_or_bad_and_the_number_is_said():
    from fcl_tui.records.assessments import beside_all

    groups = pl.LazyFrame(
        {
            "team": ["A", "B", "C"],
            "completed": [10, 9, 0],
            "in_time": [10, 1, 0],
            "percent_in_time": [100.0, 100 / 9, None],
            "not_timed": [0, 0, 0],
            "late": [0, 8, 0],
            "median_days": [35.0, 50.0, None],
            "p90_days": [35.0, 50.0, None],
            "open": [3, 0, 0],
            "open_0_20": [1, 0, 0],
            "open_21_35": [1, 0, 0],
            "open_36_45": [0, 0, 0],
            "open_over_45": [1, 0, 0],
        }
    )
    records = pl.LazyFrame({"completed": [True], "in_time": [True]})
    rows = beside_all(groups, records, 90.0, workers=False).collect()
    assert rows["met"].to_list() == ["on_target", "too_few", "no_figure"]
    assert rows["met_shown"].to_list() == ["on_target|100%", "too_few|9 only", "no_figure"]
    assert rows["open_bands"][0] == "1 1 0 1"
    assert beside_all(groups, records, 90.0, workers=False, fewest=9).collect()["met"][1] == "below_target"


def test_a_trend_is_of_twelve_whole_months_one_figure_each():
    from fcl_tui.records.assessment_trend import full_months, trend

    assert full_months(date(2026, 11, 28)) == (date(2025, 11, 1), date(2026, 10, 31))
    assert full_months(date(2026, 3, 31)) == (date(2025, 4, 1), date(2026, 3, 31))
    records = pl.LazyFrame(
        {
            "team": ["A", "A", "A", "B"],
            "month": [date(2025, 11, 1), date(2025, 11, 1), date(2026, 10, 1), None],
            "completed": [True, True, True, False],
            "in_time": [True, False, True, None],
        }
    )
    rows = dict(trend(records, ("team",), full_months(date(2026, 11, 28))).collect().iter_rows())
    assert rows["A"].split() == ["50", *["-"] * 10, "100"]
    assert rows["B"].split() == ["-"] * 12
