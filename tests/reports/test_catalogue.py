import pytest

from data.errors import DataError
from fcl_tui.reports import catalogue
from fcl_tui.reports.catalogue import REPORTS, guidance, of_tier, report
from fcl_tui.reports.framework import TIERS


def test_the_four_tiers_hold_every_report_of_the_framework():
    assert [tier.number for tier in TIERS] == [1, 2, 3, 4]
    assert len({tier.colour for tier in TIERS}) == 4
    assert [one for tier in TIERS for one in of_tier(tier.number)] == list(REPORTS)
    assert [len(of_tier(number)) for number in (1, 2, 3, 4)] == [2, 4, 7, 8]
    assert len({one.key for one in REPORTS}) == len(REPORTS)


def test_front_line_staff_see_the_first_two_tiers_and_managers_all():
    assert "social worker" in report("client-overview").audience
    assert "business support officer" in report("leaving-care").audience
    assert "social worker" not in report("assessments").audience
    assert all("senior manager" in one.audience and "front-line manager" in one.audience for one in REPORTS)


@pytest.mark.parametrize("one", REPORTS, ids=lambda one: one.key)
def test_guidance_says_whom_what_how_and_what_it_cannot_know(one):
    text = guidance(one.guidance)
    assert text.startswith(f"# {one.title}")
    assert "**Who it is for:**" in text
    assert "## What it cannot know" in text
    assert "## Keys" in text


def test_every_report_of_the_framework_is_declared_under_its_key():
    assert [catalogue.load(one.key).key for one in catalogue.every()] == [
        one.key for one in catalogue.every()
    ]
    assert catalogue.guidance().startswith("# About these reports")
    with pytest.raises(KeyError):
        report("no-such-report")
    with pytest.raises(DataError, match="There are: client-summary"):
        catalogue.load("no-such-report")
