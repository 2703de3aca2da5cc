"""Missing Children: each boundary by hand, and every figure worked out again in plain Python."""

import random
from datetime import date, datetime, timedelta

import pytest

from fcl_tui.records.gone_missing.episodes import LENGTHS
from fcl_tui.reports.question.query import Drill
from tests.asking import ask
from tests.reports.by_hand import AS_AT, Authority, child, episode, involved, plan, referral

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = date(2025, 4, 1)
LONG_AGO = date(2020, 1, 6)
NOON = datetime(2026, 3, 1, 12)


def gone(person, start, end=None, kind="M", offered=None, accepted=None):
    return {
        "miss_person_id": person,
        "miss_missing_episode_start_date": start,
        "miss_missing_episode_end_date": end,
        "miss_missing_episode_type": kind,
        "miss_missing_rhi_offered": offered,
        "miss_missing_rhi_accepted": accepted,
    }


def authority(*rows, **more):
    return Authority(missing=list(rows), person=[child(str(n)) for n in range(1, 6)], **more).scan


def sums(scan, **typed):
    return ask("missing-children", scan, by="team", **typed).beside["sums"].row(0, named=True)


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour)


@pytest.mark.parametrize(
    ("start", "end", "now"),
    [
        (at(AS_AT, 23), None, 1),
        (at(AS_AT + DAY, 0), None, 0),
        (at(AS_AT - DAY), at(AS_AT, 23), 0),
        (at(AS_AT - DAY), at(AS_AT + DAY, 0), 1),
        (at(AS_AT, 0), at(AS_AT, 0), 0),
    ],
)
def test_missing_now_is_gone_by_the_day_and_not_back_by_its_end(start, end, now):
    scan = authority(gone("1", start, end))
    assert sums(scan)["missing_now"] == now
    assert ask("missing-children", scan).rows.height == now


@pytest.mark.parametrize(
    ("start", "end", "episodes", "children"),
    [
        (at(FIRST, 0), at(FIRST), 1, 1),
        (at(FIRST - DAY, 23), at(FIRST, 3), 0, 1),
        (at(FIRST - DAY), at(FIRST - DAY, 23), 0, 0),
        (at(AS_AT, 23), None, 1, 1),
        (at(FIRST - 9 * DAY), None, 0, 1),
    ],
)
def test_an_episode_counts_where_it_began_and_a_child_where_it_was_missing(start, end, episodes, children):
    told = sums(authority(gone("1", start, end)))
    assert (told["missing_episodes"], told["missing_children"]) == (episodes, children)


@pytest.mark.parametrize(
    ("kind", "missing", "away"), [("M", 1, 0), ("A", 0, 1), (None, 1, 0), ("Lost", 0, 0)]
)
def test_away_is_never_counted_as_missing_and_a_blank_is(kind, missing, away):
    result = ask("missing-children", authority(gone("1", NOON, NOON + HOUR, kind)), by="team")
    told = result.beside["sums"].row(0, named=True)
    assert (told["missing_episodes"], told["away_episodes"]) == (missing, away)
    left = " ".join(result.left_out["reason"])
    assert ("neither missing nor away" in left) is (kind == "Lost")


@pytest.mark.parametrize(
    ("length", "band", "over"),
    [
        (6 * HOUR - timedelta(minutes=1), 0, 0),
        (6 * HOUR, 1, 0),
        (24 * HOUR, 1, 0),
        (24 * HOUR + timedelta(minutes=1), 2, 1),
        (72 * HOUR, 2, 1),
        (73 * HOUR, 3, 1),
        (168 * HOUR, 3, 1),
        (169 * HOUR, 4, 1),
    ],
)
def test_lengths_at_their_edges(length, band, over):
    scan = authority(gone("1", NOON, NOON + length))
    rows = ask("missing-children", scan, by="length").rows
    assert rows["length"].to_list() == [LENGTHS[band]]
    assert rows["missing_over_24h"].to_list() == [over]
    assert rows["missing_longest_hours"][0] == pytest.approx(length / HOUR)


@pytest.mark.parametrize(("days", "over"), [(0, 0), (1, 0), (2, 1)])
def test_days_without_times_give_no_hours_and_two_days_are_over_24(days, over):
    start = at(date(2026, 3, 1), 0)
    result = ask("missing-children", authority(gone("1", start, start + days * DAY)), by="length")
    row = result.rows.row(0, named=True)
    assert (row["length"], row["missing_over_24h"], row["missing_mean_hours"]) == (
        "Times not held",
        over,
        None,
    )
    assert "days without times" in " ".join(result.left_out["reason"])


@pytest.mark.parametrize(("start", "over"), [(at(AS_AT, 0) + HOUR, 0), (at(AS_AT - DAY, 23), 1)])
def test_who_is_not_back_counts_as_over_24_hours_by_the_end_of_the_day(start, over):
    told = sums(authority(gone("1", start)))
    assert (told["missing_over_24h"], told["missing_mean_hours"]) == (over, None)


@pytest.mark.parametrize(
    ("offered", "accepted", "told", "waits"),
    [
        ("Y", "Y", (1, 1, 100.0, 100.0), 0),
        ("Y", "N", (1, 0, 100.0, 0.0), 0),
        ("Y", "U", (1, 0, 100.0, 0.0), 1),
        ("Y", None, (1, 0, 100.0, 0.0), 1),
        ("N", None, (0, 0, 0.0, None), 1),
        (None, None, (0, 0, 0.0, None), 1),
        ("NA", "NA", (0, 0, None, None), 0),
        ("y", "y", (1, 1, 100.0, 100.0), 0),
        ("N", "Y", (0, 0, 0.0, None), 0),
    ],
)
def test_interviews_by_what_was_written_down(offered, accepted, told, waits):
    scan = authority(gone("1", NOON, NOON + HOUR, "M", offered, accepted))
    found = sums(scan)
    keys = ("rhi_offered", "rhi_accepted", "rhi_offered_pct", "rhi_accepted_pct")
    assert tuple(found[key] for key in keys) == told
    assert found["rhi_overdue"] == waits


@pytest.mark.parametrize(
    ("back", "waits"), [(AS_AT - 3 * DAY, 0), (AS_AT - 4 * DAY, 1), (date(2021, 1, 1), 1)]
)
def test_an_interview_is_outstanding_after_three_days_however_long_ago(back, waits):
    scan = authority(gone("1", at(back, 1), at(back, 23)))
    assert sums(scan)["rhi_overdue"] == waits


@pytest.mark.parametrize(("first", "often"), [(AS_AT - 89 * DAY, 1), (AS_AT - 90 * DAY, 0)])
def test_three_in_ninety_days(first, often):
    days = (first, AS_AT - DAY, AS_AT)
    scan = authority(*(gone("1", at(day, 1), at(day, 2)) for day in days))
    rows = ask("missing-children", scan, by="children", from_=date(2026, 3, 29)).rows
    assert rows["missing_repeat"].sum() == often
    assert rows["missing_strategy"].sum() == often
    known = {"settings": {"missing_often": 2, "missing_often_days": 30}}
    assert ask("missing-children", scan, by="children", known=known).rows["missing_repeat"].sum() == 1


def test_an_enquiry_in_those_days_is_a_strategy_discussion():
    days = (AS_AT - 2 * DAY, AS_AT - DAY, AS_AT)
    rows = [gone("1", at(day, 1), at(day, 2)) for day in days]
    enquiry = {"s47e_person_id": "1", "s47e_s47_start_date": AS_AT - 90 * DAY}
    assert ask("missing-children", authority(*rows, s47_enquiry=[enquiry]), by="children").rows[
        "missing_strategy"
    ].to_list() == [1]
    enquiry["s47e_s47_start_date"] += DAY
    assert ask("missing-children", authority(*rows, s47_enquiry=[enquiry]), by="children").rows[
        "missing_strategy"
    ].to_list() == [0]


def test_children_by_how_often_and_those_gone_before_the_period():
    times = {"1": 1, "2": 5, "3": 6, "4": 51}
    rows = [
        gone(who, NOON - number * 6 * HOUR, NOON - number * 6 * HOUR + HOUR)
        for who, often in times.items()
        for number in range(often)
    ]
    scan = authority(*rows, gone("5", at(FIRST - DAY), at(FIRST)))
    told = ask("missing-children", scan, by="children")
    assert dict(zip(told.rows["band"], told.rows["missing_children"], strict=True)) == {
        "1": 1, "5": 1, "6 to 10": 1, "51 or more": 1, "None begun": 1,
    }  # fmt: skip
    assert told.rows["band"].to_list() == ["1", "5", "6 to 10", "51 or more", "None begun"]


def test_status_and_placement_are_those_of_the_day_it_began():
    change = date(2026, 3, 1)
    placed = [
        {"clap_person_id": "1", "clap_cla_placement_type": code, "clap_cla_placement_start_date": start,
         "clap_cla_placement_end_date": end, "clap_cla_placement_distance": miles}
        for code, start, end, miles in (("U6", LONG_AGO, change, 20.0), ("K2", change, None, 20.1))
    ]  # fmt: skip
    scan = authority(
        gone("1", at(change - DAY, 9), at(change - DAY, 10)),
        gone("1", at(change, 9), at(change, 10)),
        gone("2", at(change, 9), at(change, 10)),
        gone("3", at(change, 9), at(change, 10)),
        gone("4", at(change, 9), at(change, 10)),
        cla_episodes=[episode("1", LONG_AGO), episode("4", LONG_AGO)],
        cla_placement=placed,
        cp_plans=[plan("2", change)],
        cin_episodes=[referral("2", LONG_AGO), referral("3", LONG_AGO, change)],
    )
    by = ask("missing-children", scan, by="status").rows
    assert dict(zip(by["status"], by["missing_episodes"], strict=True)) == {
        "Looked after": 3, "Child protection plan": 1, "No open case": 1,
    }  # fmt: skip
    by = ask("missing-children", scan, by="placement").rows
    assert dict(zip(by["placement"], by["missing_episodes"], strict=True)) == {
        "Foster, other carer, other": 1, "Children's home": 1, "Not recorded": 1,
    }  # fmt: skip
    assert sums(scan)["missing_over_20_miles"] == 50.0


def test_looked_after_children_of_the_year_with_those_carried_over():
    scan = authority(
        gone("1", at(FIRST - DAY), at(FIRST)),
        gone("2", at(FIRST), at(FIRST), "A"),
        gone("3", at(FIRST - DAY, 1), at(FIRST - DAY, 2)),
        gone("5", NOON, NOON + HOUR),
        cla_episodes=[
            episode("1", LONG_AGO), episode("2", AS_AT), episode("3", LONG_AGO, FIRST + DAY),
            episode("4", LONG_AGO, FIRST),
        ],
    )  # fmt: skip
    told = ask("missing-children", scan, by="care").rows.row(0, named=True)
    assert (told["looked_after_in_year"], told["missing_from_care"], told["away_from_care"]) == (3, 1, 1)
    assert told["missing_from_care_pct"] == pytest.approx(100 / 3)


def test_every_figure_opens_its_episodes_and_those_their_child():
    scan = authority(
        gone("1", NOON, NOON + HOUR, "M", "Y", "Y"),
        gone("1", NOON + DAY, NOON + DAY + HOUR, "M", "Y", "N"),
        gone("2", NOON, NOON + HOUR, "A"),
        involvements=[involved("1", "9", LONG_AGO)],
        cin_episodes=[referral("1", LONG_AGO)],
    )
    listed = ask("missing-children", scan, drill=Drill("status", "rhi_offered", {"status": "Child in need"}))
    assert listed.rows["person_id"].to_list() == ["1", "1"]
    assert listed.rows["answers"].to_list() == ["declined", "accepted"]
    assert listed.view.opens == "person_id"


def test_a_source_without_missing_episodes_says_so_and_gives_no_nought():
    scan = authority(none_of=("missing",))
    for view in ("team", "month", "status", "children", "care"):
        result = ask("missing-children", scan, by=view)
        assert result.rows.is_empty()
        assert result.headline == "Missing episodes: not in this source"
        assert result.left_out["reason"].to_list() == ["missing episodes: not in this source"]
        assert result.beside["sums"]["missing_now"].to_list() == [None]


def test_a_source_without_interviews_leaves_them_blank():
    lacking = {"missing": "miss_missing_rhi_offered,miss_missing_rhi_accepted"}
    result = ask("missing-children", authority(gone("1", NOON, NOON + HOUR), lacking=lacking), by="team")
    row = result.rows.row(0, named=True)
    assert (row["missing_episodes"], row["rhi_offered"], row["rhi_overdue"]) == (1, None, None)
    assert "return interviews: not in this source" in result.headline
    assert any("return interviews offered and accepted" in one for one in result.left_out["reason"])


def test_what_no_figure_can_know_is_said():
    scan = authority(gone("1", NOON, NOON + HOUR), gone("2", None, NOON))
    known = {"data_date": AS_AT + 9 * DAY}
    left = " | ".join(ask("missing-children", scan, by="team", known=known).left_out["reason"])
    for words in ("no start", "without a day of the interview", "exploitation", "as recorded by 09/04/2026"):
        assert words in left


# Every figure again, in plain Python


def reckon(rows, first, last, as_at):
    """The figures of all episodes together, one by one."""
    told = dict.fromkeys(
        ("missing_episodes", "missing_over_24h", "away_episodes", "missing_returns", "rhi_offered",
         "rhi_accepted", "rhi_overdue"), 0)  # fmt: skip
    children, now, asked, times, recent = set(), set(), 0, {}, {}
    for row in rows:
        who, kind = row["miss_person_id"], row["miss_missing_episode_type"]
        start, end = row["miss_missing_episode_start_date"], row["miss_missing_episode_end_date"]
        if start.date() > as_at or kind not in ("M", "A", None):
            continue
        if end is not None and end.date() > as_at:
            end = None
        begun = first <= start.date() <= last
        if kind == "A":
            told["away_episodes"] += begun
            continue
        if start.date() > as_at - 90 * DAY:
            recent[who] = recent.get(who, 0) + 1
        if start.date() <= last and (end is None or end.date() >= first):
            children.add(who)
            times[who] = times.get(who, 0) + begun
        if end is None:
            now.add(who)
        until = end or datetime.combine(as_at + DAY, datetime.min.time())
        told["missing_episodes"] += begun
        told["missing_over_24h"] += begun and until - start > 24 * HOUR
        if end is None:
            continue
        offered, accepted = row["miss_missing_rhi_offered"], row["miss_missing_rhi_accepted"]
        done = accepted == "Y" or offered == "NA" or (offered == "Y" and accepted in ("N", "NA"))
        told["rhi_overdue"] += (as_at - end.date()).days > 3 and not done
        if first <= end.date() <= last:
            told["missing_returns"] += 1
            asked += offered != "NA"
            told["rhi_offered"] += offered == "Y"
            told["rhi_accepted"] += offered == "Y" and accepted == "Y"
    told |= {"missing_children": len(children), "missing_now": len(now)}
    told["rhi_offered_pct"] = 100 * told["rhi_offered"] / asked if asked else None
    told["rhi_accepted_pct"] = (
        100 * told["rhi_accepted"] / told["rhi_offered"] if told["rhi_offered"] else None
    )
    often = {who for who, count in recent.items() if count >= 3}
    return told, times, often


def made_up(dice, authority):
    rows = []
    for _ in range(dice.randint(0, 14)):
        start = at(AS_AT - 420 * DAY, 1) + dice.randint(0, 430 * 24 * 4) * HOUR / 4
        if dice.random() < 0.4:
            start = at(AS_AT - 95 * DAY, 1) + dice.randint(0, 96 * 24) * HOUR
        start = start.replace(minute=max(start.minute, 1))  # so that times are held
        hours = dice.choice([1, 5, 6, 23, 24, 25, 71, 73, 24 * 9, 24 * 40])
        end = None if dice.random() < 0.15 else start + hours * HOUR
        who = f"{authority}-{dice.randint(1, 4)}"
        rows.append(
            gone(who, start, end, dice.choice(["M", "M", "M", "M", "A", None, "X"]),
                 dice.choice(["Y", "Y", "N", "NA", "U", None]), dice.choice(["Y", "Y", "N", "NA", "U", None]))
        )  # fmt: skip
    return rows


PERIODS = [
    (FIRST, AS_AT), (date(2026, 1, 1), AS_AT), (AS_AT, AS_AT), (date(2026, 1, 16), date(2026, 2, 15)),
]  # fmt: skip


@pytest.mark.parametrize(("part", "span"), enumerate(PERIODS))
def test_every_figure_of_fifty_authorities_worked_out_again(part, span):
    """Each authority is a team of one snapshot, so that all fifty are asked at once."""
    dice = random.Random(20260331 + part)
    made = {f"Pod {number}": made_up(dice, number) for number in range(50)}
    held = [
        involved(f"{number}-{who}", "9", LONG_AGO, invo_professional_team=f"Pod {number}")
        for number in range(50)
        for who in range(1, 5)
    ]
    scan = Authority(missing=[row for rows in made.values() for row in rows], involvements=held).scan
    period = {"from_": span[0], "to": span[1]}
    by_team = ask("missing-children", scan, by="team", **period).rows
    told = {row["team"]: row for row in by_team.to_dicts()}
    compared = 0
    for team, rows in made.items():
        expected, times, often = reckon(rows, *span, AS_AT)
        if team not in told:
            assert not any(expected.values()), team
            continue
        for key, value in expected.items():
            compared += 1
            assert told[team][key] == (value if value is None else pytest.approx(value)), (team, key, rows)
    assert compared > 200
    for team in ("Pod 7", "Pod 33"):
        _, times, often = reckon(made[team], *span, AS_AT)
        bands = ask("missing-children", scan, by="children", team=team, **period).rows
        assert bands["missing_children"].sum() == len(times)
        assert bands["missing_repeat"].sum() == len(often)
