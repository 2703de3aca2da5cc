"""Problems counted, listed and compared with the snapshot before."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.issues.model import COLUMNS, frame
from fcl_tui.definitions.problem_kinds import KINDS, TITLES
from fcl_tui.records.data_quality import DETAIL_COLUMNS, NO_CHILD, changed, discreet, headline, trend
from fcl_tui.reports.context import Earlier
from tests.asking import ask
from tests.reports.by_hand import Authority, child, involved, referral

TEAM = {"dept_team_id": "T1", "dept_team_name": "Pod One"}
WORKER = {"prof_professional_id": "W1", "prof_professional_name": "Mary Smith"}


def problem(rule="no_worker", person="1", severity="warning", **more):
    row = dict.fromkeys(COLUMNS) | {
        "source": "SSD",
        "place": "ssd_cin_episodes",
        "row": f"ssd_cin_episodes/{person}",
        "rule": rule,
        "severity": severity,
        "effect": "kept",
        "reason": "What is wrong; what to do.",
        "person_id": person,
        "ssd_table": "cin_episodes",
    }
    return row | more


@pytest.fixture(scope="module")
def scan():
    return Authority(
        person=[child("1"), child("2", "Bo", "Adams"), child("3", "Cy", "Old")],
        department=[TEAM],
        professionals=[WORKER],
        involvements=[
            involved("1", "W1", date(2025, 1, 1), invo_professional_team="T1"),
            involved("3", "W1", date(2020, 1, 1), date(2021, 1, 1), invo_professional_team="T1"),
        ],
        cin_episodes=[referral(one, date(2025, 1, 1)) for one in "12"],
    ).scan


PROBLEMS = frame(
    [
        problem(),
        problem(person="2"),
        problem("end_before_start", severity="error", column="cine_close_date", value="x"),
        problem("end_before_start", severity="error", person="3"),
        problem("unknown_team", person=None, row="ssd_cin_episodes/9", value="Pod [9]"),
        problem("orphan", person="99", source="Annex A"),
    ]
).lazy()


def asked(scan, issues=PROBLEMS, before=None, **typed):
    def with_issues(name):
        return issues if name == "issues" else scan(name)

    earlier = None if before is None else Earlier(lambda _: before, date(2026, 3, 1))
    return ask("data-quality", with_issues, known={"previous": lambda: earlier}, **typed)


def counted(scan, **typed):
    return asked(scan, **typed).rows


def detail(scan, issues=PROBLEMS, **typed):
    return asked(scan, issues, detail=True, **typed).rows


def test_kinds_with_the_most_serious_first(scan):
    found = counted(scan).select("severity", "kind", "rule", "issues", "children").rows()
    assert found == [
        ("error", "Ends before it starts", "end_before_start", 2, 2),
        ("warning", "Open case without a worker", "no_worker", 2, 2),
        ("warning", "Child not in the list of people", "orphan", 1, 1),
        ("warning", "Unknown team", "unknown_team", 1, 0),
    ]
    assert counted(scan)["new"].is_null().all(), "nothing to compare with is not zero"
    assert counted(scan)["advice"].str.len_chars().min() > 10


def test_teams_and_workers_as_other_reports_name_them(scan):
    teams = counted(scan, by="team").select("team", "errors", "warnings").rows()
    assert teams == [("No team", 1, 2), ("Pod One", 1, 1), (NO_CHILD, 0, 1)]
    workers = counted(scan, by="worker").select("worker", "team", "issues").rows()
    assert workers == [
        ("Unallocated", "No team", 3), ("Mary Smith", "Pod One", 2), (NO_CHILD, NO_CHILD, 1),
    ]  # fmt: skip


def test_severities_and_sources(scan):
    assert counted(scan, by="severity").select("severity", "issues").rows() == [("error", 2), ("warning", 4)]
    assert counted(scan, by="source").select("source", "issues").rows() == [("SSD", 5), ("Annex A", 1)]


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        ({"team": "Pod One"}, 2),
        ({"worker": "Mary Smith"}, 2),
        ({"team": NO_CHILD}, 1),
        ({"rule": "no_worker"}, 2),
        ({"severity": "error"}, 2),
        ({"source": "Annex A"}, 1),
        ({"client": "1"}, 2),
        ({"team": "Pod One", "severity": "error"}, 1),
    ],
)
def test_what_is_narrowed_is_counted_and_listed_alike(scan, scope, count):
    listed = detail(scan, **scope)
    assert listed.height == count
    for by in ("kind", "team", "worker", "severity", "source"):
        assert counted(scan, by=by, **scope)["issues"].sum() == count
        assert counted(scan, by=by, **scope)["row_key"].is_unique().all()


def test_the_list_is_in_the_order_a_team_works_through(scan):
    rows = detail(scan)
    assert tuple(rows.columns) == DETAIL_COLUMNS
    assert rows["row_key"].is_unique().all()
    assert rows.select("holder", "name", "severity").rows() == [
        ("No team: Unallocated", "Adams, Bo", "warning"),
        ("No team: Unallocated", "Old, Cy", "error"),
        ("No team: Unallocated", None, "warning"),
        ("Pod One: Mary Smith", "Lee, Ann", "error"),
        ("Pod One: Mary Smith", "Lee, Ann", "warning"),
        (NO_CHILD, None, "warning"),
    ]
    assert rows["known"].to_list() == [True, True, False, True, True, False]
    assert rows["date_of_birth"].dtype == pl.Date
    assert rows["file"].to_list()[2] == "Annex A"


def test_two_problems_alike_have_keys_of_their_own(scan):
    twice = frame([problem(), problem()]).lazy()
    assert detail(scan, twice)["row_key"].is_unique().all()


# What has changed


def told(now, before):
    rows = trend(frame(now).lazy(), frame(before).lazy()).collect()
    return {row["rule"]: (row["new"], row["gone"], row["still_there"]) for row in rows.to_dicts()}


def test_new_gone_and_still_there():
    assert told([problem()], [problem()]) == {"no_worker": (0, 0, 1)}
    assert told([problem()], []) == {"no_worker": (1, 0, 0)}
    assert told([], [problem()]) == {"no_worker": (0, 1, 0)}
    assert told([problem(person="2")], [problem()]) == {"no_worker": (1, 1, 0)}


def test_words_sources_and_severities_may_change_and_the_problem_is_the_same():
    reworded = problem(reason="said otherwise", severity="error", source="SSD 2", place="cin")
    assert told([reworded], [problem()]) == {"no_worker": (0, 0, 1)}


def test_a_row_of_a_database_has_its_number_for_ever_and_a_line_of_a_file_moves():
    a, b = problem(row="ssd_cin_episodes/7"), problem(row="ssd_cin_episodes/8")
    assert told([a], [b]) == {"no_worker": (1, 1, 0)}
    for line in ("List 6/row {}", "ssd_cin_episodes/row {}"):
        a, b = problem(row=line.format(7)), problem(row=line.format(8))
        assert told([a], [b]) == {"no_worker": (0, 0, 1)}


def test_of_several_alike_each_is_matched_once():
    line = problem(row="List 6/row 1")
    assert told([line] * 3, [line] * 2) == {"no_worker": (1, 0, 2)}
    assert told([line], [line] * 2) == {"no_worker": (0, 1, 1)}


ONE = st.builds(problem, rule=st.sampled_from(["a", "b"]), person=st.sampled_from(["1", "2", None]),
                row=st.sampled_from(["List 1/row 1", "ssd_x/1", None]))  # fmt: skip


@given(st.lists(ONE, max_size=8), st.lists(ONE, max_size=8))
def test_nothing_is_lost_or_made_up_between_two_snapshots(now, before):
    marked = changed(frame(now).lazy(), frame(before).lazy()).collect()["change"].to_list()
    assert marked.count("new") + marked.count("still_there") == len(now)
    assert marked.count("gone") + marked.count("still_there") == len(before)


def test_counts_say_what_has_changed_and_keep_a_kind_that_is_gone(scan):
    before = frame([problem(), problem("no_team")]).lazy()
    rows = counted(scan, before=before)
    found = {row["rule"]: (row["issues"], row["new"], row["gone"]) for row in rows.to_dicts()}
    assert found["no_worker"] == (2, 1, 0)
    assert found["no_team"] == (0, 0, 1)
    listed = detail(scan, before=before)
    assert listed.height == 6
    assert listed.filter(rule="no_worker")["change"].sort().to_list() == ["new", "still_there"]
    assert counted(scan, by="team", before=before).filter(team="Pod One")["gone"].to_list() == [1]


def test_the_line_over_it():
    sums = pl.DataFrame([{"issues": 3, "errors": 1, "warnings": 2000, "notes": 0, "new": 2, "gone": 1}])
    assert headline(sums, date(2026, 3, 1)) == (
        "!! 1 error  ! 2,000 warnings  0 notes   2 new, 1 gone since 01/03/2026"
    )
    assert "nothing earlier" in headline(sums, None)


def test_privacy_hides_what_a_value_would_tell(scan):
    said = "Another value is used: 29/02/2012, from SSD."
    rows = frame(
        [
            problem("sources_disagree", column="pers_dob", value="2012-02-28", reason=said),
            problem("sources_disagree", column="pers_surname", value="Lee", reason=said),
            problem("sources_disagree", column="pers_sex", value="F", reason="Another value is used: M."),
            problem("adult_open_as_child", value="born 2001-01-01"),
        ]
    )
    seen = discreet(detail(scan, rows.lazy())).sort("rule", "column", nulls_last=True)
    assert seen["value"].to_list() == ["(hidden)", "(hidden)", "F", "(hidden)"]
    assert not any("2012" in advice for advice in seen["advice"])
    assert seen["advice"].to_list()[2] == "Another value is used: M."


def test_every_kind_has_a_title_of_its_own_and_advice():
    titles = list(TITLES.values())
    assert len(set(titles)) == len(titles)
    assert all(advice.endswith(".") for _, advice in KINDS.values())
    assert max(map(len, titles)) <= 36, "the column on the screen"
    rows = frame([problem("a_rule_of_its_own")]).lazy()
    empty = Authority().scan
    (row,) = asked(empty, rows).rows.to_dicts()
    assert (row["kind"], row["advice"]) == ("A rule of its own", "What is wrong; what to do.")


def test_no_problems_at_all(scan):
    empty = frame().lazy()
    assert asked(scan, empty, before=empty).rows.is_empty()
    assert detail(scan, empty).is_empty()
    assert "0 errors" in asked(scan, empty).headline
