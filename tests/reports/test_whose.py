"""A name that stands in several rows of workers says whose it is."""

import polars as pl
import pytest

from fcl_tui.reports.catalogue import load
from fcl_tui.reports.management.whose import SHOWN, WHO, with_whose


def test_the_unallocated_and_a_name_of_two_teams_say_the_team_and_no_other():
    rows = pl.LazyFrame(
        {
            "worker": ["Unallocated", "Grace Kim", "Jo Reed", "Jo Reed", "Nobody"],
            "team": ["Pod 7", "Pod 7", "Pod 7", "Pod 8", None],
        }
    )
    assert with_whose(rows).collect()[SHOWN].to_list() == [
        "Unallocated, Pod 7", "Grace Kim", "Jo Reed, Pod 7", "Jo Reed, Pod 8", "Nobody",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "view"),
    [
        ("visits", "now-worker"),
        ("visits", "period-worker"),
        ("caseload", "worker"),
        ("missing-children", "worker"),
        ("chasing", "worker"),
    ],
)
def test_workers_side_by_side_are_named_so_and_files_have_worker_and_team(report, view):
    declared = load(report).view(view)
    assert declared.columns[0] == WHO
    assert SHOWN in declared.hidden
    assert "team" in [column.key for column in declared.columns]
