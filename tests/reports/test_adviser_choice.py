"""Leaving care asks for personal advisers, not for every worker."""

from datetime import date

import pytest

from data.errors import DataError
from data.frames import collect
from fcl_tui.reports.catalogue import load
from fcl_tui.reports.question.query import Query
from fcl_tui.reports.question.resolve import resolve
from tests.asking import context
from tests.reports.by_hand import Authority, child, involved, referral
from tests.reports.test_leaving_care import leaver

SCAN = Authority(
    person=[child("1", "Ann", pers_dob=date(2007, 3, 1)), child("2", "Bo", pers_dob=date(2015, 3, 1))],
    care_leavers=[leaver("1")],
    cin_episodes=[referral("2", date(2025, 1, 6))],
    involvements=[involved("2", "Wendy Worker", date(2025, 1, 6))],
).scan


def test_only_personal_advisers_are_offered():
    parameter = load("leaving-care").parameter("worker")
    offered = collect(parameter.names(context(SCAN), Query("leaving-care", "people")))
    assert offered.to_dicts() == [{"value": "Pat", "note": "1 young people"}]
    assert "adviser" in parameter.question


def test_a_worker_who_is_none_is_refused():
    with pytest.raises(DataError, match="There is no adviser 'Wendy Worker'.*Pat"):
        resolve(load("leaving-care"), {"worker": "Wendy Worker"}, context(SCAN))
