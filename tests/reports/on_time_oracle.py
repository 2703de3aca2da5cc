"""Small random authorities, and their visits and reviews counted by hand: loops over dicts, no frames.

The due days are the oracle's of the timescales; who held a case, what counts where and every sum is here.
"""

import random
from collections import defaultdict
from datetime import date, timedelta

from tests.reports.by_hand import child, episode, involved, plan, referral
from tests.timescales.oracle import add_months, add_working_days, age, birthday, chain, working

DAY = timedelta(days=1)
KINDS = {
    "cp_visit": "child_protection", "cin_visit": "child_in_need", "cp_review_first": "cp_first",
    "cp_review_later": "cp_later", "cla_review_first": "cla_first", "cla_review_second": "cla_second",
    "cla_review_later": "cla_later",
}  # fmt: skip
VISITS = ("child_protection", "child_in_need")


class Random:
    """The rows of one authority, by table; names begin with its number, so several can be read as one."""

    def __init__(self, number, seed, as_at):
        self.number, self.as_at, self.tables = number, as_at, defaultdict(list)
        dice = self.dice = random.Random(seed)
        for one in range(dice.randint(4, 9)):
            person = f"A{number}-{one}"
            years = dice.choice([1, 3, 4, 5, 9, 15, 17])
            born = as_at - timedelta(days=365 * years + dice.randint(0, 364))
            self.tables["person"].append(child(person, pers_dob=born))
            self.tables["cin_episodes"].append(referral(person, as_at - timedelta(days=900)))
            self._held(person)
            what = dice.random()
            if what < 0.5:
                self._protection(person, one)
            elif what < 0.8:
                self._in_need(person)
            if dice.random() < 0.6:
                self._care(person)

    def _span(self):
        start = self.as_at - timedelta(
            days=self.dice.choice([0, 1, 20, 27, 28, 29, 70, 90, 91, 92, 120, 300, 300, 600])
        )
        over = self.dice.random() < 0.35
        return start, start + timedelta(days=self.dice.randint(0, 250)) if over else None

    def _days(self, start, end, step):
        """Some days from the start on, a step apart or a little off; some later than the as-at day."""
        day, found = start, []
        while day <= self.as_at + timedelta(days=30) and len(found) < 12:
            day += timedelta(days=max(1, step + self.dice.choice([-9, -3, -1, 0, 1, 1, 2, 5, 15, 40])))
            if self.dice.random() < 0.9 and (end is None or day <= end):
                found.append(day)
        return found[: self.dice.randint(0, len(found))]

    def _held(self, person):
        day = self.as_at - timedelta(days=900)
        for _ in range(self.dice.randint(0, 4)):
            long = self.dice.randint(1, 400)
            end = None if self.dice.random() < 0.25 else day + timedelta(days=long)
            worker, team = self.dice.choice([("w1", "T1"), ("w2", "T1"), ("w3", "T2"), ("w1", "T2")])
            row = involved(person, f"A{self.number} {worker}", day, end)
            self.tables["involvements"].append(row | {"invo_professional_team": f"A{self.number} {team}"})
            if end is None:
                break
            day = end + self.dice.choice([0, 0, 1, 30]) * DAY

    def _visit(self, table, stem, name, person, day, **more):
        answers = {"seen": ["Y", "Y", "Y", "N", None], "seen_alone": ["Y", "N", None]}
        row = {f"{stem}_{name}_{field}": self.dice.choice(values) for field, values in answers.items()}
        self.tables[table].append({f"{stem}_person_id": person, f"{stem}_{name}_date": day} | row | more)

    def _protection(self, person, one):
        start, end = self._span()
        key = f"A{self.number}-plan-{one}"
        self.tables["cp_plans"].append(plan(person, start, end, cppl_cp_plan_id=key))
        for day in self._days(start, end, 14):
            self._visit("cp_visits", "cppv", "cp_visit", person, day, cppv_cp_plan_id=key)
        for day in self._days(start, end, 95):
            self.tables["cp_reviews"].append(
                {"cppr_person_id": person, "cppr_cp_plan_id": key, "cppr_cp_review_date": day}
            )

    def _in_need(self, person):
        start, end = self._span()
        self.tables["cin_plans"].append(
            {"cinp_person_id": person, "cinp_cin_plan_start_date": start, "cinp_cin_plan_end_date": end}
        )
        for day in self._days(start, end, 28):
            self._visit("cin_visits", "cinv", "cin_visit", person, day)

    def _care(self, person):
        start, end = self._span()
        self.tables["cla_episodes"].append(
            episode(person, start, end, clae_cla_id=person, clae_cla_episode_ceased_reason=end and "E4")
        )
        for day in self._days(start, end, 85):
            codes = ["PN0", "PN1", "PN4", "PN6", None]
            self.tables["cla_reviews"].append(
                {
                    "clar_cla_person_id": person,
                    "clar_cla_id": person,
                    "clar_cla_review_date": day,
                    "clar_cla_review_cancelled": self.dice.choice(["N", "N", "N", "Y", None]),
                    "clar_cla_review_participation": self.dice.choice(codes),
                }
            )


def working_days(first, last, holidays):
    """Working days after the first up to and including the last; the last is not earlier."""
    day, count = first, 0
    while day < last:
        day += DAY
        count += working(day, holidays)
    return count


class Counted:
    """One authority, counted by loops. `figures` are by (question, group) and name."""

    def __init__(self, authority, span, holidays):
        self.rows, self.as_at, self.span, self.holidays = authority.tables, authority.as_at, span, holidays
        self.born = {row["pers_person_id"]: row["pers_dob"] for row in self.rows["person"]}
        self.figures = defaultdict(lambda: defaultdict(int))
        self.items = [item for person in self.born for item in self.items_of(person)]
        self.visits_now()
        self.visits_of_period()
        self.reviews_now()
        self.reviews_of_period()
        self.every_review()
        self.reviews_held()

    def of(self, table, stem, person):
        name = {"clar": "clar_cla_person_id"}.get(stem, f"{stem}_person_id")
        return [row for row in self.rows[table] if row[name] == person]

    def seen(self, table, stem, name, person):
        return [
            row[f"{stem}_{name}_date"]
            for row in self.of(table, stem, person)
            if row[f"{stem}_{name}_seen"] != "N"
        ]

    def items_of(self, person):
        limit, days = birthday(self.born[person], 18), self.holidays
        for row in self.of("cp_plans", "cppl", person):
            start, end = row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"]
            seen = self.seen("cp_visits", "cppv", "cp_visit", person)
            held = [one["cppr_cp_review_date"] for one in self.of("cp_reviews", "cppr", person)]
            visits = chain(lambda _: "cp_visit", lambda *_: (10, "wd"), start, end, seen, limit, days)
            reviews = chain(
                lambda cycle: "cp_review_first" if cycle == 1 else "cp_review_later",
                lambda cycle, _: (3 if cycle == 1 else 6, "m"),
                start, end, [day for day in held if day > start], limit, days,
            )  # fmt: skip
            yield from ((person, item) for item in (*visits, *reviews))
        for row in self.of("cin_plans", "cinp", person):
            seen = self.seen("cin_visits", "cinv", "cin_visit", person)
            start, end = row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"]
            for item in chain(lambda _: "cin_visit", lambda *_: (20, "wd"), start, end, seen, limit, days):
                yield person, item
        for row in self.of("cla_episodes", "clae", person):
            start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
            held = [
                one["clar_cla_review_date"]
                for one in self.of("cla_reviews", "clar", person)
                if one["clar_cla_review_cancelled"] != "Y"
            ]
            names, spans = ["first", "second", "later"], [(20, "wd"), (3, "m"), (6, "m")]
            for item in chain(
                lambda cycle: f"cla_review_{names[min(cycle, 3) - 1]}",
                lambda cycle, _: spans[min(cycle, 3) - 1],
                start, end, held, limit, days,
            ):  # fmt: skip
                yield person, item

    def holder(self, person, day):
        """Team and worker on a day: the latest started of those open, else of those who ended on it."""
        mine = [
            row
            for row in self.of("involvements", "invo", person)
            if row["invo_involvement_start_date"] <= day
        ]
        ends = "invo_involvement_end_date"
        there = [row for row in mine if row[ends] is None or row[ends] > day]
        there = there or [row for row in mine if row[ends] == day]
        if not there:
            return "No team", "Unallocated"
        last = max(there, key=lambda row: row["invo_involvement_start_date"])
        return last["invo_professional_team"], last["invo_professional_id"]

    def holder_now(self, person):
        """As the other reports have it: who ended on the day does not hold it."""
        ended = [
            row
            for row in self.of("involvements", "invo", person)
            if row["invo_involvement_end_date"] == self.as_at
        ]
        now = self.holder(person, self.as_at)
        still = any(
            row["invo_involvement_start_date"] <= self.as_at
            and (row["invo_involvement_end_date"] is None or row["invo_involvement_end_date"] > self.as_at)
            for row in self.of("involvements", "invo", person)
        )
        return ("No team", "Unallocated") if ended and not still else now

    def add(self, question, holder, **figures):
        for group in ((holder[0],), holder):
            for name, value in figures.items():
                self.figures[question, group][name] += int(value)

    def visits_now(self):
        found = {}
        for person, item in self.items:
            state, late = item.state(self.as_at)
            kind = KINDS[item.rule]
            done = item.done and item.done <= self.as_at
            gone = item.ended and item.ended <= self.as_at
            if kind not in VISITS or done or gone or not item.there(self.as_at) or state == "not_required":
                continue
            assert (person, kind) not in found
            found[person, kind] = item, state, late
        for (person, kind), (item, state, late) in found.items():
            overdue = state == "overdue"
            left = None if overdue else working_days(self.as_at, item.due, self.holidays)
            line = min(
                item.due,
                add_working_days(
                    item.started, {"child_protection": 7, "child_in_need": 15}[kind], self.holidays
                ),
            )
            self.add(
                "visits now",
                self.holder_now(person),
                children=1,
                up_to_date=not overdue,
                overdue=overdue,
                late_1_5=overdue and 1 <= late <= 5,
                late_6_10=overdue and 6 <= late <= 10,
                late_11_20=overdue and 11 <= late <= 20,
                late_over_20=overdue and late > 20,
                never=overdue and item.cycle == 1,
                due_5=left is not None and left <= 5,
                due_10=left is not None and left <= 10,
                over_internal=line < self.as_at,
            )

    def fallen(self, kinds):
        """person, item, state, who is credited, and whether the case has moved."""
        for person, item in self.items:
            state, _ = item.state(self.as_at)
            if KINDS[item.rule] not in kinds or not item.there(self.as_at):
                continue
            if not self.span[0] <= item.due <= self.span[1]:
                continue
            if state not in ("on_time", "late", "missed", "overdue"):
                continue
            now = self.holder_now(person)
            day = {"on_time": item.done, "late": item.done, "missed": item.due}.get(state)
            then = now if day is None else self.holder(person, day)
            yield person, item, state, then, then != now

    def due_figures(self, question, kinds):
        for _, _, state, who, moved in self.fallen(kinds):
            self.add(
                question,
                who,
                fell_due=1,
                in_time=state == "on_time",
                late=state == "late",
                missed=state == "missed",
                outstanding=state == "overdue",
                moved=moved,
            )

    def visits_of_period(self):
        self.due_figures("visits period", VISITS)
        for table, stem, name in (("cp_visits", "cppv", "cp_visit"), ("cin_visits", "cinv", "cin_visit")):
            for row in self.rows[table]:
                day = row[f"{stem}_{name}_date"]
                if self.span[0] <= day <= self.span[1]:
                    seen = row[f"{stem}_{name}_seen"] != "N"
                    self.add(
                        "visits period",
                        self.holder(row[f"{stem}_person_id"], day),
                        visit_count=1,
                        not_seen=not seen,
                        seen_alone=seen and row[f"{stem}_{name}_seen_alone"] == "Y",
                    )

    def reviews_now(self):
        for person, item in self.items:
            state, _ = item.state(self.as_at)
            done = item.done and item.done <= self.as_at
            gone = item.ended and item.ended <= self.as_at
            if KINDS[item.rule] in VISITS or done or gone or not item.there(self.as_at):
                continue
            if state == "not_required":
                continue
            overdue = state == "overdue"
            left = (item.due - self.as_at).days
            self.add(
                "reviews now",
                self.holder_now(person),
                open=1,
                overdue=overdue,
                up_to_date=not overdue,
                due_4w=0 <= left <= 28,
                due_8w=0 <= left <= 56,
            )

    def reviews_of_period(self):
        self.due_figures("reviews period", [kind for kind in KINDS.values() if kind not in VISITS])

    def every_review(self):
        year = add_year_before(self.as_at + DAY)
        for row in self.rows["cp_plans"]:
            start, end, person = (
                row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"], row["cppl_person_id"],
            )  # fmt: skip
            if start > self.as_at or (end and end <= self.as_at) or add_months(start, 3) > self.as_at:
                continue
            states = [
                item.state(self.as_at)[0]
                for who, item in self.items
                if who == person and item.rule.startswith("cp_review") and item.there(self.as_at)
            ]
            kept = not {"late", "missed", "overdue"} & set(states)
            self.add("every plans", self.holder_now(person), counted=1, every=kept)
        for row in self.rows["cla_episodes"]:
            start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
            person = row["clae_person_id"]
            if start > self.as_at or (end and end <= self.as_at) or (self.as_at - start).days < 28:
                continue
            states = [
                item.state(self.as_at)[0]
                for who, item in self.items
                if who == person
                and item.rule.startswith("cla_review")
                and item.there(self.as_at)
                and year <= item.due <= self.as_at
            ]
            kept = not {"late", "missed", "overdue"} & set(states)
            self.add("every care", self.holder_now(person), counted=1, every=kept)

    def reviews_held(self):
        for row in self.rows["cla_reviews"]:
            day, person = row["clar_cla_review_date"], row["clar_cla_person_id"]
            if not self.span[0] <= day <= self.span[1]:
                continue
            code, gone = row["clar_cla_review_participation"], row["clar_cla_review_cancelled"] == "Y"
            asked = not gone and age(self.born[person], day) >= 4 and code != "PN0"
            self.add(
                "held",
                self.holder(person, day),
                reviews=not gone,
                review_cancelled=gone,
                asked=asked,
                took_part=asked and code in ("PN1", "PN6"),
            )
        for row in self.rows["cp_reviews"]:
            day, person = row["cppr_cp_review_date"], row["cppr_person_id"]
            if self.span[0] <= day <= self.span[1]:
                asked = age(self.born[person], day) >= 4
                self.add(
                    "held", self.holder(person, day), reviews=1, review_cancelled=0, asked=asked, took_part=0
                )


def add_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
