"""Looked-after children and adoption in plain Python: random children, and what is told of them.

Nothing here is of fcl_tui: every figure is counted child by child from the rows, as its definition says.
"""

import calendar
import random
from collections import Counter
from datetime import date, timedelta

DAY = timedelta(days=1)
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
ENDS = ["E11", "E12", "E45", "E46", "E4A", "E4A", "E4B", "E3", "E17", "E8", "E5"]
HOLIDAYS: set[date] = set()


def back(day, months):
    """The day so many months earlier, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def forth(day, months):
    return back(day, -months)


def age(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def turning(born, years):
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def working_days_on(day, count):
    while count:
        day += DAY
        if day.weekday() < 5 and day not in HOLIDAYS:
            count -= 1
    return day


def is_open(day, start, end):
    return start <= day and (end is None or end > day)


class Child:
    """One child's rows: periods of care of episodes, placements, legal statuses, and what happened then."""

    def __init__(self, person, dice, edges):
        self.person, self.dice = person, dice
        self.edges = edges
        self.born = self.somewhen(date(2004, 1, 1), date(2024, 12, 31))
        if dice.random() < 0.1:
            self.born = dice.choice([date(2008, 2, 29), date(2012, 2, 29), date(2020, 2, 29)])
        self.sex = dice.choice(["F", "M", None])
        self.disability = dice.choice([None, None, "NONE", "MOB"])
        self.periods, self.episodes, self.places, self.legal = [], [], [], []
        start = self.somewhen(max(self.born, date(2021, 6, 1)), date(2026, 2, 1))
        for number in range(dice.choice([1, 1, 1, 2, 3])):
            end = self.period(number, start)
            if end is None:
                break
            start = end + timedelta(days=dice.choice([2, 30, 200, 364, 365, 366, 367, 500]))
            if start > date(2026, 8, 1):
                break
        self.health = [self.check() for _ in range(dice.randint(0, 9))]
        self.sdq = [
            (self.somewhen(date(2022, 1, 1), date(2026, 9, 1)), dice.choice([None, 0, 13, 14, 16, 17, 30]))
            for _ in range(dice.randint(0, 4))
        ]
        self.convicted = [
            self.somewhen(date(2023, 1, 1), date(2026, 9, 1)) for _ in range(dice.randint(0, 1))
        ]
        self.uasc = self.spell() if dice.random() < 0.3 else None
        self.workers = [(f"w{dice.randint(1, 4)}", *self.spell()) for _ in range(dice.randint(0, 5))]
        self.plans = [(self.spell(), dice.choice(["Y", "Y", "N"])) for _ in range(dice.randint(0, 3))]
        self.adoption()

    def somewhen(self, low, high):
        """A day between, often one on which a figure turns."""
        near = [day for day in self.edges if low <= day <= high]
        if near and self.dice.random() < 0.5:
            return self.dice.choice(near)
        return low + timedelta(days=self.dice.randint(0, (high - low).days))

    def spell(self):
        start = self.somewhen(date(2022, 1, 1), date(2026, 8, 1))
        length = self.dice.choice([None, 0, 1, 30, 400])
        return start, None if length is None else start + timedelta(days=length)

    def check(self):
        kind = self.dice.choice(["HEALTH", "HEALTH", "DENTAL"])
        status = self.dice.choice(["Completed", "Completed", "Completed", "Refused", "Planned"])
        when = self.somewhen(date(2023, 1, 1), date(2026, 9, 1))
        if self.dice.random() < 0.3:
            when = self.periods[0][0] + timedelta(days=self.dice.choice([0, 20, 27, 28, 29, 30, 40]))
        return kind, when, status

    def period(self, number, start):
        """Episodes one after the other; each is a placement or a new legal status. The day it ended."""
        dice, short = self.dice, self.dice.random() < 0.12
        eighteen = turning(self.born, 18)
        count, at, reason = dice.randint(1, 4), start, "S"
        code = "V3" if short else dice.choice(["V2", "V2", "C1", "C2", "J1"])
        for step in range(count):
            last = step == count - 1
            length = dice.choice([1, 20, 150, 364, 365, 366, 730, 731])
            end = None if last and dice.random() < 0.55 else at + timedelta(days=length)
            if end is None and eighteen < date(2026, 9, 1):
                end = max(eighteen, at + DAY)
            why = None if end is None else dice.choice(ENDS) if last else "X1"
            need = dice.choice(["N1", "N1", "N5", "N8"])
            if reason != "L":
                kind = dice.choice([*FOSTER, "U6", "K2", "P1", "A3", "A4", "T1", "H5"])
                provider = dice.choice(["PR1", "PR4", None])
                miles = dice.choice([None, 2.0, 20.0, 20.1])
                self.places.append([at, end, kind, provider, miles, None])
            else:
                self.places[-1][1] = end
            if reason in ("S", "L", "B", "U"):
                self.legal.append([code, at, end])
            else:
                self.legal[-1][2] = end
            self.episodes.append((number, at, end, reason, why, need, start))
            if end is None:
                self.periods.append((start, None, None, number, short))
                return None
            self.places[-1][5] = dice.choice(["CARPL", "ALLEG", "CHILD", None])
            at, reason = end, dice.choice(["P", "L", "B", "T", "U"])
            if reason in ("L", "B", "U") and not short:
                code = dice.choice(["C1", "C2", "E1", "V2"])
        self.periods.append((start, at, why, number, short))
        return at

    def adoption(self):
        dice, self.permanence = self.dice, None
        if dice.random() < 0.5:
            return
        start = self.periods[0][0]
        days = [start + timedelta(days=step) for step in sorted(dice.choices(range(20, 900), k=4))]
        decided, order, matched, placed = days
        if dice.random() < 0.3:
            order, matched = matched, order
        self.permanence = {
            "decided": decided, "order": dice.choice([order, None]), "matched": matched,
            "placed": dice.choice([placed, placed, None]), "carer": dice.choice(["Y", "N", None]),
            "foster": dice.choice([None, start + timedelta(days=10)]),
            "early": dice.choice([None, None, start + timedelta(days=15)]),
            "reversed": dice.choice([None, None, None, decided + timedelta(days=100)]),
        }  # fmt: skip

    # What is told of the child

    def care(self, day):
        """The period of care open on the day, without short breaks and adults."""
        if turning(self.born, 18) <= day:
            return None
        for period in self.periods:
            if is_open(day, period[0], period[1]) and not period[4]:
                return period
        return None

    def place(self, day):
        there = [one for one in self.places if is_open(day, one[0], one[1])]
        return max(there, key=lambda one: one[0]) if there else None

    def law(self, day):
        there = [one for one in self.legal if is_open(day, one[1], one[2])]
        return max(there, key=lambda one: one[1]) if there else None

    def moved(self, day, since):
        """When the last two carers took the child in, newest first."""
        days = {
            at for _, at, _, reason, *_ in self.episodes if reason in ("S", "P", "B") and since <= at <= day
        }
        return sorted(days, reverse=True)


def share(upper, below):
    return sum(upper), sum(below)


def figures(children, day):
    """key: (numerator, denominator or None) of every figure on a day, each with its own window."""
    year = back(day + DAY, 12)
    two, three = back(day + DAY, 24), back(day + DAY, 36)
    told = Counter()
    below = Counter()

    def count(key, yes):
        told[key] += bool(yes)

    def part(key, yes, of=True):
        told[key] += bool(of and yes)
        below[key] += bool(of)

    for one in children:
        period = one.care(day)
        if period is not None:
            since, years = period[0], age(one.born, day)
            place, law = one.place(day), one.law(day)
            kind = place[2] if place else None
            long = since <= back(day, 12)
            count("cla_open", True)
            count("cla_12m", long)
            part("cla_uasc", one.uasc and is_open(day, *one.uasc))
            count("cla_turn18", turning(one.born, 18) <= forth(day, 12))
            part("cla_foster_pct", kind in FOSTER)
            part("cla_foster_inhouse", place and place[3] == "PR1", kind in FOSTER)
            part("cla_residential", kind in ("K1", "K2", "R1", "S1"))
            part("cla_20miles", place and place[4] is not None and place[4] > 20)
            part("cla_with_parents", kind == "P1")
            count("cla_s20_long", law and law[0] == "V2" and law[1] < back(day, 12) and years < 16)
            part("cla_3plus", homes(one, year, day) >= 3)
            part("cla_3plus_2y", homes(one, two, day) >= 3, since <= back(day, 24))
            known = {who for who, start, end in one.workers if start <= day and (end is None or end >= year)}
            part("cla_3plus_workers", len(known) >= 3)
            moves = one.moved(day, since)
            settled = moves[0] <= back(day, 24) or (
                kind in ("A3", "A4") and len(moves) > 1 and moves[1] <= back(day, 24)
            )
            part("cla_stable_2y", settled, since <= back(day, 30) and years < 16)
            part("cla_perm_plan", any(yes == "Y" and is_open(day, *spell) for spell, yes in one.plans))
            if long:
                done = [
                    (what, when)
                    for what, when, how in one.health
                    if how == "Completed" and year <= when <= day
                ]
                wanted = 2 if years < 5 else 1
                part("cla_health_year", sum(what == "HEALTH" for what, _ in done) >= wanted)
                part("cla_dental", any(what == "DENTAL" for what, _ in done))
                part("cla_convicted", any(year <= when <= day for when in one.convicted), 10 <= years <= 17)
                scores = [
                    (when, score) for when, score in one.sdq if score is not None and year <= when <= day
                ]
                part("cla_sdq_returned", scores, 5 <= years <= 16)
        ended = [period for period in one.periods if period[1] and not period[4] and year <= period[1] <= day]
        begun = [period for period in one.periods if not period[4] and year <= period[0] <= day]
        count("cla_started", begun)
        count("cla_ceased", ended)
        told["cla_net"] += bool(begun) - bool(ended)
        why = max(ended)[2] if ended else None
        part("cla_ceased_adopted", why in ("E11", "E12"), ended)
        part("cla_ceased_sgo", why in ("E45", "E46"), ended)
        part("cla_ceased_home_unplanned", why == "E4B", ended)
        for start, *_ in begun:
            before = [end for _, end, *_, short in one.periods if end and not short and end <= start]
            part("cla_reentry", any(end >= back(start, 12) for end in before))
            due = working_days_on(start, 20)
            seen = [when for what, when, how in one.health
                    if what == "HEALTH" and how == "Completed" and start <= when <= day]  # fmt: skip
            part("cla_health_initial", seen and min(seen) <= due, due < day)
        for start, *_, short in one.periods:
            if not short and back(day, 7) <= start <= back(day, 4):
                plans = [begin for (begin, _), yes in one.plans if yes == "Y" and start <= begin <= day]
                part("cla_perm_second_review", plans and min(plans) <= forth(start, 4))
        for _, end, *_, reason in one.places:
            if end and year <= end <= day:
                part("cla_unplanned_end", reason in ("ALLEG", "CHILD"))
        adopted(one, day, three, told, below)
        waiting(one, day, year, told, below)
    return {key: (told[key], below.get(key)) for key in told}


def homes(one, first, day):
    """Placements from a day to another; A3 after a foster placement is the same home, T1 is none."""
    counted, before, home = set(), None, None
    for start, end, kind, *_ in sorted(one.places, key=lambda place: (place[0], place[1] or date.max)):
        if kind == "T1":
            continue
        if not (kind == "A3" and before in FOSTER):
            home = start
        before = kind
        if start <= day and (end is None or end >= first):
            counted.add(home)
    return len(counted)


def adopted(one, day, three, told, below):
    ends = [period for period in one.periods if period[2] in ("E11", "E12") and three <= period[1] <= day]
    if not ends or one.permanence is None:
        return
    start, row = max(ends, key=lambda period: period[1])[0], one.permanence
    placed = row["placed"]
    if placed is not None:
        told["adopt_a1"] += (placed - start).days
        below["adopt_a1"] += 1
        stop = placed
        if row["carer"] == "Y" or row["early"]:
            stop = min(when for when in (placed, row["foster"], row["early"]) if when)
        told["adopt_a10"] += (stop - start).days
        below["adopt_a10"] += 1
        if row["order"]:
            told["adopt_a2"] += max(0, (row["matched"] - row["order"]).days)
            below["adopt_a2"] += 1


def waiting(one, day, year, told, below):
    row = one.permanence
    if row is None:
        return
    gone = any(row[name] and row[name] <= day for name in ("placed", "reversed"))
    told["adopt_waiting"] += row["decided"] <= day and not gone
    told["adopt_adm"] += year <= row["decided"] <= day
    told["adopt_orders"] += bool(row["order"] and year <= row["order"] <= day)
    told["adopt_reversed"] += bool(row["reversed"] and year <= row["reversed"] <= day)
    if row["placed"] and year <= row["placed"] <= day:
        told["adopt_early"] += bool(row["early"])
        below["adopt_early"] += 1


def tables(children):
    """The rows of the standard that say all this."""
    rows = {name: [] for name in (
        "person", "cla_episodes", "cla_placement", "legal_status", "cla_health", "sdq_scores", "disability",
        "cla_convictions", "immigration_status", "involvements", "cla_care_plan", "permanence",
    )}  # fmt: skip
    for one in children:
        person = one.person
        rows["person"].append({"pers_person_id": person, "pers_dob": one.born, "pers_sex": one.sex})
        if one.disability:
            rows["disability"].append({"disa_person_id": person, "disa_disability_code": one.disability})
        for number, start, end, reason, why, need, entered in one.episodes:
            rows["cla_episodes"].append({
                "clae_person_id": person, "clae_cla_id": f"{person}/{number}",
                "clae_entered_care_date": entered,
                "clae_cla_episode_start_date": start, "clae_cla_episode_ceased_date": end,
                "clae_cla_episode_start_reason": reason, "clae_cla_episode_ceased_reason": why,
                "clae_cla_primary_need_code": need,
            })  # fmt: skip
        for start, end, kind, provider, miles, reason in one.places:
            rows["cla_placement"].append({
                "clap_person_id": person, "clap_cla_placement_start_date": start,
                "clap_cla_placement_end_date": end, "clap_cla_placement_type": kind,
                "clap_cla_placement_provider": provider, "clap_cla_placement_distance": miles,
                "clap_cla_placement_change_reason": reason,
            })  # fmt: skip
        for code, start, end in one.legal:
            rows["legal_status"].append({
                "lega_person_id": person, "lega_legal_status": code, "lega_legal_status_start_date": start,
                "lega_legal_status_end_date": end,
            })  # fmt: skip
        for kind, when, status in one.health:
            rows["cla_health"].append({
                "clah_person_id": person, "clah_health_check_type": kind, "clah_health_check_date": when,
                "clah_health_check_status": status,
            })  # fmt: skip
        for when, score in one.sdq:
            rows["sdq_scores"].append({
                "csdq_person_id": person, "csdq_sdq_completed_date": when, "csdq_sdq_score": score,
            })  # fmt: skip
        for when in one.convicted:
            rows["cla_convictions"].append({"clac_person_id": person, "clac_cla_conviction_date": when})
        if one.uasc:
            rows["immigration_status"].append({
                "immi_person_id": person, "immi_immigration_status": "UASC",
                "immi_immigration_status_start_date": one.uasc[0],
                "immi_immigration_status_end_date": one.uasc[1],
            })  # fmt: skip
        for worker, start, end in one.workers:
            rows["involvements"].append({
                "invo_person_id": person, "invo_professional_id": worker, "invo_professional_role_id": "CW",
                "invo_involvement_start_date": start, "invo_involvement_end_date": end,
            })  # fmt: skip
        for (start, end), yes in one.plans:
            rows["cla_care_plan"].append({
                "lacp_person_id": person, "lacp_cla_care_plan_start_date": start,
                "lacp_cla_care_plan_end_date": end, "lacp_cla_care_plan_json": f'{{"LTFOST18": "{yes}"}}',
            })  # fmt: skip
        row = one.permanence
        if row:
            rows["permanence"].append({
                "perm_person_id": person, "perm_cla_id": f"{person}/0",
                "perm_adm_decision_date": row["decided"],
                "perm_placement_order_date": row["order"], "perm_matched_date": row["matched"],
                "perm_placed_for_adoption_date": row["placed"], "perm_adopted_by_carer_flag": row["carer"],
                "perm_placed_foster_carer_date": row["foster"], "perm_placed_ffa_cp_date": row["early"],
                "perm_decision_reversed_date": row["reversed"],
            })  # fmt: skip
    return rows


def authority(count, seed, days):
    """Children whose days fall on and around the as-at days and the first days of their windows."""
    dice = random.Random(seed)
    near = [first for day in days for first in (day, back(day, 12), back(day, 24), back(day, 36))]
    edges = [day + timedelta(days=step) for day in near for step in (-1, 0, 1)]
    return [Child(str(1000 + number), dice, edges) for number in range(count)]
