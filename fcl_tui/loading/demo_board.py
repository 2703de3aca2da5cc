"""What the demo authority's Board keeps: two years of values, targets, comparators, and what was done.

Nothing of it is of a real authority; the levels are near published ones, so that the Board looks plausible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from fcl_tui.access.board.rows import event
from fcl_tui.definitions.board import indicators, periods
from fcl_tui.loading.demo_levels import ENGLAND, LEVELS, MISSING, NEIGHBOURS, NOT_PUBLISHED, OWNERS

DEMO = "demo"


def periods_of(one: indicators.Indicator, as_at: date) -> list[periods.Period]:
    """The periods of an indicator that are due on a day, of the last two years and a bit, oldest first."""
    kind = periods.kinds_of(one.frequency, one.calendar)[0]
    newest = periods.newest_due(one.frequency, one.calendar, one.lag_days, as_at)
    if kind == "month":
        return periods.months_to(newest.last, 26)
    if kind == "quarter":
        return periods.quarters_to(newest.last, 9)
    if kind == "rolling":
        names = [f"R12@{each.last:%Y-%m}" for each in periods.quarters_to(newest.last, 9)]
        return [each for each in map(periods.period, names) if each is not None]
    found = [newest]
    while len(found) < (7 if kind == "term" else 3):
        before = found[-1].first - timedelta(days=1)
        found.append(periods.newest_due(one.frequency, one.calendar, 0, before))
    return found[::-1]


def values(as_at: date, seed: int, *, without: Sequence[int] = ()) -> list[dict[str, Any]]:
    """Values of every indicator that is entered by people, as rows of `data.office.board`.

    Args:
        without: numbers that the case data gives.
    """
    made: list[dict[str, Any]] = []
    for no, (level, slope, out_of) in LEVELS.items():
        newest = indicators.of(no)[-1]
        if no in without:
            continue
        chance = Random(f"{seed} {no}")
        listed = periods_of(newest, as_at)
        for step, period in enumerate(listed[: -1 if no in MISSING else None]):
            one = indicators.on(no, period.last)
            if period.name in NOT_PUBLISHED.get(no, ()):
                made.append(_row(one, period, status="not_published", source=one.source_name))
                continue
            spread = max(abs(level) * 0.025, 0.05)
            value = level + slope * step + chance.gauss(0, spread)
            made.append(_row(one, period, **_figures(one, value, out_of, chance), source=one.source_name))
    return made


def _figures(one: indicators.Indicator, value: float, out_of: int | None, chance: Random) -> dict[str, Any]:
    if one.unit == "percent" and out_of is not None:
        lower = max(2, round(out_of * chance.uniform(0.94, 1.06)))
        upper = min(lower, max(0, round(value / 100 * lower)))
        return {"value": upper * 100 / lower, "numerator": float(upper), "denominator": float(lower)}
    if one.unit == "number":
        return {"value": float(max(0, round(value)))}
    return {"value": round(value, one.decimals)}


def _row(one: indicators.Indicator, period: periods.Period, **told: Any) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("value", "numerator", "denominator", "published_on", "note", "file_sha256", "file_row"), None
    )
    return {
        "no": one.no,
        "definition_version": one.version,
        "period": period.name,
        "period_end": period.last,
        "status": "final",
        "origin": "typed",
        "source": None,
        **blank,
        **told,
    }


def targets(as_at: date, seed: int) -> list[dict[str, Any]]:
    """Targets of this year and the two before: some met, some nearly, some not; a few have none."""
    made: list[dict[str, Any]] = []
    for no, (level, slope, _) in LEVELS.items():
        one = indicators.of(no)[-1]
        if no in (17, 20, 21, 46) or one.polarity not in ("high", "low"):
            continue
        chance = Random(f"{seed} target {no}")
        better = 1 if one.polarity == "high" else -1
        step = max(abs(level) * 0.05, 0.1)
        aim = level + slope * 6 + better * step * chance.choice((-0.8, -0.5, -0.2, 0.1, 0.4, 1.5))
        if no == 48:
            aim, step = 9.0, 1.0
        places = {"percent": 1, "weeks": 1, "score": 2}.get(one.unit, 0)
        calendar = "academic" if one.calendar == "academic" else "financial"
        for back in range(4):
            year = periods.newest_due("annual", calendar, 0, date(as_at.year - back + 1, as_at.month, 1))
            green = _within(one, round(aim - better * step * 0.1 * back, places))
            amber = _within(one, round(green - better * step, places))
            made.append(
                {
                    "no": no,
                    "year": year.name,
                    "period": None,
                    "green": green,
                    "amber": amber,
                    "rationale": "The newest published comparator, or our own result where that is better",
                    "benchmark_used": "England" if no in ENGLAND else None,
                    "approved_by": "Policy committee",
                }
            )
    return made


def _within(one: indicators.Indicator, value: float) -> float:
    if one.unit == "percent":
        return min(100.0, max(0.0, value))
    return value if one.unit == "score" else max(0.0, value)


def benchmarks() -> list[dict[str, Any]]:
    """Published values of England and of statistical neighbours, where they are known."""
    areas = {"england": ENGLAND, "statistical_neighbours": NEIGHBOURS}
    return [
        {
            "no": no, "period": "2024-25FY", "geography": area, "value": value, "published_on": None,
            "source": "DfE, year to 31 March 2025", "file_sha256": None, "file_row": None,
        }
        for area, known in areas.items()
        for no, value in known.items()
    ]  # fmt: skip


def events(as_at: date) -> list[dict[str, Any]]:
    """Exception reports as they can stand, notes of thanks, comments, owners."""
    quarter = periods.last_quarter(as_at)
    after = [periods.quarter_of(quarter.last + timedelta(days=30 + 90 * step)).name for step in range(2)]
    soon, past = (as_at + timedelta(days=12)).isoformat(), (as_at - timedelta(days=6)).isoformat()
    answer = {
        "figures": "The share of the quarter, with its rows",
        "cause": "Two posts were vacant from May to July, and one pod held its cases",
        "cause_known": "known",
        "done": "Both posts are filled; the backlog is shared out by the pod managers",
        "actions": "Weekly look at plans over 15 weeks (pod managers, from now on)",
        "trajectory": f"{after[0]}=60; {after[1]}=66",
        "risks": "Children wait longer for help in school",
        "asked": "None",
    }
    ways: Mapping[int, Sequence[tuple[str, Mapping[str, str]]]] = {
        16: (("requested", {"reason": "Red, and higher than a year before", "due": soon}),),
        40: (
            ("requested", {"reason": "Red for the third quarter", "due": past, "owner": "k.morgan"}),
            ("acknowledged", {}),
        ),
        41: (
            ("requested", {"reason": "Red with exceptions left out too", "due": soon, "owner": "k.morgan"}),
            ("submitted", answer),
        ),
        12: (
            ("requested", {"reason": "Amber and worse twice", "due": past}),
            ("submitted", answer),
            ("more_wanted", {"review": "Which schools, and what they were told"}),
        ),
        23: (
            ("requested", {"reason": "A change that is no chance", "due": past}),
            ("submitted", answer),
            ("accepted", {}),
            ("monitoring", {"review": "Watch it for two quarters"}),
        ),
        44: (
            ("requested", {"reason": "Red", "due": past}),
            ("submitted", answer),
            ("accepted", {}),
            ("closed", {"review": "Two years back in green"}),
        ),
    }
    made: list[dict[str, Any]] = []
    for no, steps in ways.items():
        first = event("exception", "requested", steps[0][1], no=no, period=quarter.name)
        made.append(first)
        subject = str(first["subject"])
        made += [
            event("exception", what, body, subject=subject, no=no, period=quarter.name)
            for what, body in steps[1:]
        ]
    note = {"to_whom": "Early years team", "words": "The best quarter of the last eight. Thank you."}
    told = event("thanks", "worded", note, no=2, period=quarter.name)
    signed = {"signed_by": "Executive director"}
    made += [told, event("thanks", "signed", signed, subject=str(told["subject"]), no=2)]
    why = {"why": "More requests than in any quarter before"}
    made.append(event("comment", "said", why, no=40, period=quarter.name))
    owned = [(name, no) for name, numbers in OWNERS.items() for no in numbers]
    made += [event("owner", "said", {"owner": name}, no=no) for name, no in owned]
    return made


def items(as_at: date) -> list[dict[str, Any]]:
    """Lines of the standing registers."""

    def line(
        register: str, number: int, title: str, *, received: int, due: int | None, done: int | None
    ) -> Any:
        def day(back: int | None) -> date | None:
            return None if back is None else as_at - timedelta(days=back)

        return {
            "register": register, "reference": f"{register[:2].upper()}{number:03}", "title": title,
            "owner": "Performance team", "received": day(received), "due": day(due), "done": day(done),
            "rating": None, "note": None, "file_sha256": None, "file_row": None,
        }  # fmt: skip

    return [
        line("plans", 1, "Family hubs open in every area", received=200, due=-60, done=None),
        line("plans", 2, "Recruit ten foster carers", received=200, due=14, done=None),
        line("requests", 1, "Spend on agency staff", received=40, due=None, done=20),
        line("requests", 2, "Exclusions by school", received=45, due=None, done=5),
        line("requests", 3, "Transport policy", received=12, due=None, done=None),
        line("enquiries", 1, "School place in year", received=9, due=None, done=2),
        line("enquiries", 2, "Short breaks", received=30, due=None, done=None),
        line("equality", 1, "Early help offer", received=90, due=-20, done=None),
        line("audit", 1, "Reconcile placement invoices monthly", received=150, due=30, done=None),
        line("audit", 2, "Record consent before direct payments", received=150, due=60, done=70),
        line("feedback", 1, "Complaint, stage 1: change of worker", received=25, due=None, done=14),
        line("schools", 1, "Review of a school causing concern", received=60, due=-15, done=None),
    ]


def meetings(as_at: date) -> tuple[dict[str, Any], dict[str, Any], date]:
    """The meeting that was held over the quarter before, the next one, and the day of the first."""
    before = periods.last_quarter(periods.last_quarter(as_at).first - timedelta(days=1))
    day = before.last + timedelta(days=65)
    told = {"forum": "Performance Board", "chair": "Executive director"}
    held = event("meeting", "open", told | {"day": day.isoformat()}, period=before.name)
    following = as_at + timedelta(days=18)
    quarter = periods.last_quarter(following)
    then = told | {"day": following.isoformat()}
    return held, event("meeting", "open", then, period=quarter.name), day


def revised(made: Sequence[Mapping[str, Any]], quarter: str) -> list[dict[str, Any]]:
    """Two values of a quarter as they became known later."""
    return [
        dict(row) | {"value": row["value"] - 1.3, "numerator": None, "denominator": None, "status": "revised",
                     "note": "Two returns came after the meeting"}
        for row in made
        if row["no"] in (14, 23) and row["period"] == quarter and row["value"] is not None
    ]  # fmt: skip


def not_there(rows: Sequence[Mapping[str, Any]], known: set[tuple[int, str]]) -> list[Mapping[str, Any]]:
    """The values of periods that the office does not hold yet: the demo can be made again on another day."""
    return [row for row in rows if (row["no"], row["period"]) not in known]
