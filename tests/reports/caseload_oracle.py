"""Caseload counted by hand on small random authorities: loops over dicts and days, no frames."""

from collections import defaultdict
from datetime import timedelta

from tests.reports.on_time_oracle import DAY, Counted, Random, add_year_before

NOBODY = ("No team", "Unallocated")
KINDS = ("looked_after", "child_protection", "both", "cin_plan", "in_need_no_plan")


class Staffed(Random):
    """The rows of one authority, with staff, families and children who have two workers at once."""

    def __init__(self, number, seed, as_at):
        super().__init__(number, seed, as_at)
        for row in list(self.tables["involvements"]):
            if self.dice.random() < 0.3:  # beside the one who holds the case, and before
                begun = row["invo_involvement_start_date"] - timedelta(days=self.dice.randint(1, 60))
                worker = f"A{number} {self.dice.choice(['w5', 'w6', 'w7'])}"
                self.tables["involvements"].append(
                    row | {"invo_professional_id": worker, "invo_involvement_start_date": begun}
                )
        for name in sorted({row["invo_professional_id"] for row in self.tables["involvements"]}):
            self.tables["professionals"].append(
                {
                    "prof_professional_id": name,
                    "prof_professional_name": name,
                    "prof_full_time_equivalency": self.dice.choice([1.0, 0.5, 0.8, 0.0, None]),
                }
            )
        for row in self.tables["person"]:
            if self.dice.random() < 0.6:
                family = f"A{number}-family-{self.dice.randint(1, 2)}"
                self.tables["family"].append(
                    {"fami_person_id": row["pers_person_id"], "fami_family_id": family}
                )


class Held(Counted):
    """One authority: `told[group]` by name; a group is (team,) or (team, worker)."""

    def __init__(self, authority, span, holidays):
        self.rows, self.as_at, self.span, self.holidays = authority.tables, authority.as_at, span, holidays
        self.born = {row["pers_person_id"]: row["pers_dob"] for row in self.rows["person"]}
        self.items = [item for person in self.born for item in self.items_of(person)]
        self.told = defaultdict(lambda: defaultdict(int))
        self.days = defaultdict(list)
        self.moved = defaultdict(lambda: defaultdict(int))
        self.now()
        self.staff()
        self.movement()

    def involved(self, person):
        """Worker, team, first and last day (None: open) of everyone who held the case."""
        return [
            (
                row["invo_professional_id"],
                row["invo_professional_team"],
                row["invo_involvement_start_date"],
                row["invo_involvement_end_date"],
            )
            for row in self.of("involvements", "invo", person)
        ]

    def there(self, start, end, day):
        return start <= day and (end is None or end > day)

    def kind(self, person):
        def running(table, stem, name):
            return any(
                self.there(row[f"{stem}_{name}_start_date"], row[f"{stem}_{name}_{end}"], self.as_at)
                for end in ("ceased_date" if stem == "clae" else "end_date",)
                for row in self.of(table, stem, person)
            )

        care, plan = running("cla_episodes", "clae", "cla_episode"), running("cp_plans", "cppl", "cp_plan")
        if care:
            return "both" if plan else "looked_after"
        if plan:
            return "child_protection"
        return "cin_plan" if running("cin_plans", "cinp", "cin_plan") else "in_need_no_plan"

    def overdue(self, person):
        late = 0
        for who, item in self.items:
            done = item.done and item.done <= self.as_at
            gone = item.ended and item.ended <= self.as_at
            if who == person and item.there(self.as_at) and not done and not gone:
                late += item.state(self.as_at)[0] == "overdue"
        return late

    def now(self):
        year = add_year_before(self.as_at + DAY)
        family = {row["fami_person_id"]: row["fami_family_id"] for row in self.rows["family"]}
        families = defaultdict(set)
        for person in self.born:
            mine = [one for one in self.involved(person) if self.there(one[2], one[3], self.as_at)]
            last = max(mine, key=lambda one: one[2], default=None)
            team, worker = (last[1], last[0]) if last else NOBODY
            kind, late = self.kind(person), self.overdue(person)
            recent = {
                one[0]
                for one in self.involved(person)
                if one[2] <= self.as_at and (one[3] is None or one[3] >= year)
            }
            cared = kind in ("looked_after", "both")
            for group in ((team,), (team, worker)):
                told = self.told[group]
                told["children"] += 1
                told["unallocated"] += last is None
                told[kind] += 1
                told["with_overdue"] += late > 0
                told["overdue"] += late
                told["dual_allocated"] += len({one[0] for one in mine}) > 1
                told["three_workers"] += cared and len(recent) >= 3
                told["points"] += {"both": 3.0, "looked_after": 2.0}.get(kind, 1.0)
                families[group].add(family.get(person, person))
                if last:
                    self.days[group].append((self.as_at - last[2]).days)
        for group, those in families.items():
            self.told[group]["families"] = len(those)

    def staff(self):
        full = {
            row["prof_professional_id"]: row["prof_full_time_equivalency"]
            for row in self.rows["professionals"]
        }
        for group in [one for one in self.told if len(one) == 2 and one != NOBODY]:
            fte = full[group[1]]
            known = 1.0 if fte is None else fte
            cases, points = self.told[group]["children"], self.told[group]["points"]
            for each in (group, group[:1]):
                told = self.told[each]
                told["workers"] += 1
                told["fte"] += known
                told["fte_assumed"] += fte is None
                told["held"] += cases
                told["held_points"] += points
                told["over_limit"] += bool(known) and cases / known > 2

    def movement(self):
        first, last = self.span
        for person in self.born:
            by_team = defaultdict(list)
            for _, team, start, end in self.involved(person):
                by_team[team].append((start, end))
            for team, times in by_team.items():

                def held(day, times=times):
                    return any(self.there(start, end, day) for start, end in times)

                moved = self.moved[team]
                moved["opening"] += held(first - DAY)
                moved["closing"] += held(last)
                for day in (first + step * DAY for step in range((last - first).days + 1)):
                    before, after = held(day - DAY), held(day)
                    moved["came_in"] += after and not before
                    moved["went_out"] += before and not after
