"""Random authorities from contact to care, and their official figures counted by loops over dicts, no frames.

Every definition is written here once more, from the words of the contract alone.
"""

import random
from collections import defaultdict
from datetime import date, timedelta

from tests.reports.by_hand import child, episode, involved, plan, referral
from tests.timescales.oracle import add_months, working

DAY = timedelta(days=1)
SOURCES = ["1A", "2A", "3B", "5D", "6", "9", None]
GROUPS = {
    "1": "Individual",
    "2": "School",
    "3": "Health",
    "5": "Local authority",
    "6": "Police",
    "9": "Anonymous",
}
NEEDS = ["N1", "N2", "N5", None]
CATEGORIES = ["NEG", "EMO", "PHY", None]


def source_group(code):
    return GROUPS[code[0]] if code else "Not recorded"


def earlier(day, count):
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    number = day.day
    while True:
        try:
            return date(year, month + 1, number)
        except ValueError:
            number -= 1


def year_before(day):
    """The first of the twelve months ending on the day."""
    return earlier(day + DAY, 12)


class Random:
    """The rows of one authority, by table."""

    def __init__(self, seed, centre, mark="", children=30):
        self.dice, self.centre, self.tables = random.Random(seed), centre, defaultdict(list)
        self.mark = mark
        self.numbers = iter(range(1, 100000))
        for number in range(children):
            self._child(f"{mark}C{number}")

    def _number(self, of):
        return f"{of}{self.mark}{next(self.numbers)}"

    def _some(self, most, spread=900, ahead=60):
        """Some days around the centre, several close together and some on the very edges."""
        edges = [0, 1, 6, 7, 8, 27, 28, 29, 90, 364, 365, 366, 729, 730, 731]
        found = []
        for _ in range(self.dice.randint(0, most)):
            back = self.dice.choice([self.dice.choice(edges), self.dice.randint(-ahead, spread)])
            found.append(self.centre - timedelta(days=back))
        return found

    def _end(self, start, most=500, over=0.6):
        if self.dice.random() > over:
            return None
        near = [0, 1, 28, 89, 90, 91, 92, 181, 182, 183, 364, 365, 366, 729, 730, 731]
        return start + timedelta(days=self.dice.choice([self.dice.choice(near), self.dice.randint(0, most)]))

    def _flag(self, *odds):
        return self.dice.choice(odds or ["Y", "N", None])

    def _add(self, table, **row):
        self.tables[table].append(row)

    def _child(self, person):
        dice = self.dice
        years = dice.choice([0, 1, 4, 8, 13, 16, 17, 19])
        born = self.centre - timedelta(days=365 * years + dice.randint(-40, 360))
        unborn = dice.random() < 0.1
        self._add("person", **child(person, pers_dob=None if unborn else born, pers_sex=dice.choice("MFU"),
                                    pers_expected_dob=self.centre if unborn else None,
                                    pers_ethnicity=dice.choice(["WBRI", "BAFR", None])))  # fmt: skip
        if dice.random() < 0.3:
            self._add("disability", disa_person_id=person, disa_disability_code=dice.choice(["NONE", "LD"]))
        for day in self._some(3):
            self._add("contacts", cont_person_id=person, cont_contact_date=day,
                      cont_contact_source_code=dice.choice(SOURCES))  # fmt: skip
        for day in self._some(2):
            self._add("early_help_episodes", earl_person_id=person, earl_episode_start_date=day,
                      earl_episode_end_date=self._end(day, 200),
                      earl_episode_organisation=dice.choice(["School", "Council", None]))  # fmt: skip
        for day in self._some(3):
            self._referral(person, day)
        for day in self._some(2):
            number = self._number("S")
            end = self._end(day, 40, 0.8)
            self._add("s47_enquiry", s47e_s47_enquiry_id=number, s47e_person_id=person,
                      s47e_s47_start_date=day, s47e_s47_end_date=end, s47e_s47_nfa=self._flag())  # fmt: skip
            if dice.random() < 0.6:
                held = day + timedelta(days=dice.choice([-2, 0, 14, 19, 20, 21, 22, 23, 24, 25, 40]))
                self._conference(person, number, held)
        if dice.random() < 0.2:
            self._conference(person, None, self.centre - timedelta(days=dice.randint(0, 400)))
        for day in self._some(3, 1500):
            ours = self._flag("N", "N", "Y", None)
            self._add("cp_plans", **plan(person, day, self._end(day, 1000), cppl_cp_plan_ola=ours,
                                         cppl_cp_plan_id=self._number("P"),
                                         cppl_cp_plan_initial_category=dice.choice(CATEGORIES),
                                         cppl_cp_plan_latest_category=dice.choice(CATEGORIES)))  # fmt: skip
        for day in self._some(2):
            self._add("cin_plans", cinp_person_id=person, cinp_cin_plan_id=self._number("N"),
                      cinp_cin_plan_start_date=day, cinp_cin_plan_end_date=self._end(day))  # fmt: skip
        self._care(person)
        if dice.random() < 0.5 and not any(
            row["clae_person_id"] == person for row in self.tables["cla_episodes"]
        ):
            start = self.centre - timedelta(days=dice.choice([0, 100, 181, 182, 183, 184, 185, 300]))
            self._add("legal_status", lega_person_id=person, lega_legal_status=dice.choice(["L1", "L2"]),
                      lega_legal_status_start_date=start,
                      lega_legal_status_end_date=start + 3 * DAY)  # fmt: skip
        if dice.random() < 0.3:
            sent = self.centre - timedelta(days=dice.choice([-1, 0, 1, 200]))
            self._add("pre_proceedings", prep_person_id=person, prep_pre_pro_letter_date=sent,
                      prep_pre_pro_outcome=dice.choice([None, None, "stepped down"]))  # fmt: skip
        for team in ("T1", "T2"):
            if dice.random() < 0.5:
                start = self.centre - timedelta(days=dice.randint(0, 900))
                row = involved(person, f"w-{team}", start, self._end(start))
                self.tables["involvements"].append(row | {"invo_professional_team": team})

    def _conference(self, person, enquiry, held):
        self._add("initial_cp_conference", icpc_person_id=person, icpc_s47_enquiry_id=enquiry,
                  icpc_icpc_date=held, icpc_icpc_transfer_in=self._flag("N", "N", "N", "Y", None),
                  icpc_icpc_outcome_cp_flag=self._flag())  # fmt: skip

    def _referral(self, person, day):
        dice = self.dice
        nfa = self._flag("N", "N", "N", "Y", None)
        number = self._number("R")
        self._add("cin_episodes", **referral(
            person, day, self._end(day, 700, 0.7), cine_referral_id=number, cine_referral_nfa=nfa,
            cine_cin_primary_need_code=dice.choice(NEEDS), cine_referral_source_code=dice.choice(SOURCES),
            cine_close_reason=dice.choice(["RC7", "RC8", "RC9", None]),
            cine_referral_team=dice.choice(["T1", "T2", None])))  # fmt: skip
        for _ in range(dice.choice([0, 1, 1, 2])):
            start = day + timedelta(days=dice.choice([0, 1, 3, 30]))
            took = dice.choice([0, 1, 14, 28, 29, 42, 56, 62, 63, 64, 65, 70, 90, None])
            self._add("cin_assessments", cina_person_id=person, cina_assessment_id=self._number("A"),
                      cina_referral_id=number, cina_assessment_start_date=start,
                      cina_assessment_auth_date=None if took is None else start + timedelta(days=took),
                      cina_assessment_child_seen=self._flag(), cina_assessment_outcome_nfa=self._flag(),
                      cina_assessment_team=dice.choice(["T1", "T2"]))  # fmt: skip
            if dice.random() < 0.5:
                found = '["3B", "16A"]' if dice.random() < 0.5 else '["3B"]'
                last = self.tables["cin_assessments"][-1]["cina_assessment_id"]
                self._add("assessment_factors", cinf_assessment_id=last, cinf_assessment_factors_json=found)

    def _care(self, person):
        """Periods of care a month or more apart, some of short breaks."""
        day = self.centre - timedelta(days=self.dice.randint(0, 1500))
        for number in range(self.dice.choice([0, 0, 0, 1, 1, 2])):
            end = self._end(day, 300)
            short = self.dice.random() < 0.2
            self._add("cla_episodes", **episode(person, day, end, clae_cla_id=f"{person}-{number}",
                                                clae_cla_episode_start_reason="S",
                                                clae_cla_episode_ceased_reason=end and "E4A"))  # fmt: skip
            order = day
            if not short and self.dice.random() < 0.5:
                order = min(end or day + 90 * DAY, day + timedelta(days=self.dice.choice([7, 70, 90, 182])))
                self._add("legal_status", lega_person_id=person, lega_legal_status="C1",
                          lega_legal_status_start_date=day, lega_legal_status_end_date=order)  # fmt: skip
            self._add("legal_status", lega_person_id=person, lega_legal_status="V4" if short else "C2",
                      lega_legal_status_start_date=order, lega_legal_status_end_date=end)  # fmt: skip
            if end is None:
                break
            day = end + timedelta(days=self.dice.randint(31, 300))


def band(start, until, two_years):
    if two_years:
        return "2 years or more"
    if until <= add_months(start, 3):
        return "3 months or less"
    if until <= add_months(start, 6):
        return "Over 3 to 6 months"
    return "Over 6 months, under 1 year" if until < add_months(start, 12) else "1 to under 2 years"


class Counted:
    """One authority counted on a day and in a period: `figures` are key: {group or None: (above, below)}."""

    def __init__(self, rows, day, first, last, holidays):
        self.rows, self.day, self.first, self.last = rows, day, first, last
        self.holidays, self.year = holidays, year_before(day)
        self.figures = defaultdict(dict)
        self.people = [row["pers_person_id"] for row in self.rows["person"]]
        self.person = {row["pers_person_id"]: row for row in self.rows["person"]}
        self.disabled = {
            row["disa_person_id"] for row in self.rows["disability"] if row["disa_disability_code"] != "NONE"
        }
        self.front_door()
        self.early_help()
        self.assessments()
        self.section_47()
        self.protection()
        self.need()
        self.through()
        self.court()

    def of(self, table, field, person):
        return [row for row in self.rows[table] if row[field] == person]

    def within(self, day):
        return day is not None and self.first <= day <= self.last

    def in_year(self, day):
        return day is not None and self.year <= day <= self.day

    def open(self, start, end):
        return start <= self.day and (end is None or end > self.day)

    def past(self, day):
        return day is not None and day <= self.day

    def wd(self, start, end):
        if end < start:
            return -self.wd(end, start)
        return sum(working(start + DAY * step, self.holidays) for step in range(1, (end - start).days + 1))

    def put(self, key, above, below=None, group=None):
        self.figures[key][group] = (above, below)

    def spread(self, key, groups, below=None):
        """One figure per group, of all of them together."""
        total = len(groups) if below is None else below
        for name in set(groups):
            self.put(key, groups.count(name), total, name)

    def soon(self, start, days, candidates):
        return any(
            other is not None and start <= other <= start + DAY * days and other <= self.day
            for other in candidates
        )

    def referral_days(self, person):
        return sorted(
            {row["cine_referral_date"] for row in self.of("cin_episodes", "cine_person_id", person)}
        )

    def front_door(self):
        rows = [row for row in self.rows["contacts"] if self.within(row["cont_contact_date"])]
        who = [row["cont_person_id"] for row in rows]
        self.put("contacts", len(rows))
        self.put("contacts_per_child", len(rows), len(set(who)))
        self.spread("contacts_source", [source_group(row["cont_contact_source_code"]) for row in rows])
        led = repeat = 0
        for row in rows:
            person, day = row["cont_person_id"], row["cont_contact_date"]
            led += self.soon(day, 7, self.referral_days(person))
            repeat += any(
                earlier(day, 12) <= other["cont_contact_date"] < day
                for other in self.of("contacts", "cont_person_id", person)
            )
        self.put("contact_to_referral", led, len(rows))
        self.put("contact_repeat", repeat, len(rows))
        count = nfa = again = held = not_in_need = 0
        children, again_children, source = set(), set(), []
        for person in self.people:
            mine = self.of("cin_episodes", "cine_person_id", person)
            for day in self.referral_days(person):
                if not self.within(day):
                    continue
                count += 1
                same = [row for row in mine if row["cine_referral_date"] == day]
                same.sort(key=lambda row: (row["cine_referral_nfa"] == "Y", row["cine_referral_id"]))
                row = same[0]
                code = row["cine_referral_source_code"]
                source.append(source_group(code))
                nfa += row["cine_referral_nfa"] == "Y"
                children.add(person)
                if any(earlier(day, 12) <= other < day for other in self.referral_days(person)):
                    again += 1
                    again_children.add(person)
                held += any(
                    other["cine_referral_date"] < day
                    and other["cine_referral_nfa"] != "Y"
                    and (other["cine_close_date"] is None or other["cine_close_date"] > day)
                    for other in mine
                )
                assessed = any(
                    one["cina_referral_id"] == row["cine_referral_id"]
                    and one["cina_assessment_start_date"] <= self.day
                    for one in self.rows["cin_assessments"]
                )
                not_in_need += (
                    assessed
                    and self.past(row["cine_close_date"])
                    and row["cine_close_reason"] in ("RC8", "RC9")
                )
        self.put("referrals", count)
        self.put("referral_nfa", nfa, count)
        self.put("rereferral_pct", again, count)
        self.put("rereferral_child_pct", len(again_children), len(children))
        self.put("referral_open_case", held)
        self.put("referral_not_in_need", not_in_need, count)
        self.spread("referral_source", source)

    def early_help(self):
        rows = self.rows["early_help_episodes"]
        begun = [row for row in rows if self.within(row["earl_episode_start_date"])]
        self.put("eh_assessments", len(begun))
        self.spread("eh_org", [row["earl_episode_organisation"] or "Not recorded" for row in begun])
        who = [row["earl_person_id"] for row in begun]
        self.put("eh_multiple", sum(who.count(person) > 1 for person in set(who)))
        referred = [person for person in set(who) if any(map(self.within, self.referral_days(person)))]
        self.put("eh_also_referral", len(referred), len(set(who)))
        ended = [row for row in rows if self.within(row["earl_episode_end_date"])]
        up = [
            row
            for row in ended
            if self.soon(row["earl_episode_end_date"], 28, self.referral_days(row["earl_person_id"]))
        ]
        self.put("eh_step_up", len(up), len(ended))

    def assessments(self):
        rows = self.rows["cin_assessments"]
        referred = {row["cine_referral_id"]: row["cine_referral_date"] for row in self.rows["cin_episodes"]}
        begins, clocks = {}, {}
        for row in sorted(
            rows, key=lambda one: (one["cina_assessment_start_date"], one["cina_assessment_id"])
        ):
            first = row["cina_referral_id"] not in {one["cina_referral_id"] for one in begins.values()}
            begins[row["cina_assessment_id"]] = row
            clocks[row["cina_assessment_id"]] = (
                referred[row["cina_referral_id"]] if first else row["cina_assessment_start_date"]
            )
        done = [row for row in rows if self.within(row["cina_assessment_auth_date"])]
        took = [self.wd(clocks[row["cina_assessment_id"]], row["cina_assessment_auth_date"]) for row in done]
        self.put("assess_completed", len(done))
        self.put("assess_45wd", sum(days <= 45 for days in took), len(done))
        edges = [(0, "Same day"), (10, "1 to 10"), (20, "11 to 20"), (30, "21 to 30"), (40, "31 to 40"),
                 (45, "41 to 45"), (50, "46 to 50"), (60, "51 to 60"), (10**6, "61 or more")]  # fmt: skip
        self.spread("assess_bands", [next(name for edge, name in edges if days <= edge) for days in took])
        self.put("assess_seen", sum(row["cina_assessment_child_seen"] == "Y" for row in done), len(done))
        self.put("assess_nfa", sum(row["cina_assessment_outcome_nfa"] == "Y" for row in done), len(done))
        opened = [
            row
            for row in rows
            if self.open(row["cina_assessment_start_date"], row["cina_assessment_auth_date"])
        ]
        self.put("assess_open", len(opened))
        edges = [(20, "0 to 20"), (35, "21 to 35"), (45, "36 to 45"), (10**6, "Over 45")]
        self.spread("assess_open_bands", [
            next(name for edge, name in edges if self.wd(clocks[row["cina_assessment_id"]], self.day) <= edge)
            for row in opened])  # fmt: skip
        found = defaultdict(set)
        codes = {row["cinf_assessment_id"]: row["cinf_assessment_factors_json"]
                 for row in self.rows["assessment_factors"]}  # fmt: skip
        for row in done:
            for code in ("3B", "16A"):
                if code in codes.get(row["cina_assessment_id"], ""):
                    found[code].add(row["cina_referral_id"])
        every = set().union(*found.values()) if found else set()
        self.put("assess_factors", len(every))
        for code, of in found.items():
            self.put("by_factor", len(of), None, code)

    def section_47(self):
        rows = self.rows["s47_enquiry"]
        self.put("s47_started", sum(self.within(row["s47e_s47_start_date"]) for row in rows))
        ended = [row for row in rows if self.within(row["s47e_s47_end_date"])]
        held = [
            row
            for row in ended
            if any(
                one["icpc_s47_enquiry_id"] == row["s47e_s47_enquiry_id"] and one["icpc_icpc_date"] <= self.day
                for one in self.rows["initial_cp_conference"]
            )
        ]
        self.put("s47_to_icpc", len(held), len(ended))
        self.put("s47_nfa", sum(row["s47e_s47_nfa"] == "Y" for row in ended), len(ended))
        quick = [row for row in ended if self.wd(row["s47e_s47_start_date"], row["s47e_s47_end_date"]) <= 15]
        self.put("s47_15wd", len(quick), len(ended))
        who = [row["s47e_person_id"] for row in rows if self.in_year(row["s47e_s47_start_date"])]
        self.put("s47_repeat", sum(who.count(person) > 1 for person in set(who)), len(set(who)))
        meetings = [row for row in self.rows["initial_cp_conference"] if self.within(row["icpc_icpc_date"])]
        self.put("icpc", len(meetings))
        self.put(
            "icpc_to_plan", sum(row["icpc_icpc_outcome_cp_flag"] == "Y" for row in meetings), len(meetings)
        )
        self.put("cp_transfer_in", sum(row["icpc_icpc_transfer_in"] == "Y" for row in meetings))
        strategy = {row["s47e_s47_enquiry_id"]: row["s47e_s47_start_date"] for row in rows}
        ours = [row for row in meetings if row["icpc_icpc_transfer_in"] != "Y"]
        bands, quick = [], 0
        for row in ours:
            begun = strategy.get(row["icpc_s47_enquiry_id"])
            if begun is None or row["icpc_icpc_date"] < begun:
                bands.append("No enquiry, or before it")
                continue
            days = self.wd(begun, row["icpc_icpc_date"])
            quick += days <= 15
            bands.append("0 to 10" if days <= 10 else "11 to 15" if days <= 15 else "16 to 20" if days <= 20
                         else "21 or more")  # fmt: skip
        self.put("icpc_15wd", quick, len(ours))
        self.spread("icpc_bands", bands)
        who = [row["icpc_person_id"] for row in self.rows["initial_cp_conference"]
               if self.in_year(row["icpc_icpc_date"])]  # fmt: skip
        self.put("icpc_repeat", sum(who.count(person) > 1 for person in set(who)), len(set(who)))

    def plans(self, person):
        return [
            row for row in self.of("cp_plans", "cppl_person_id", person) if row["cppl_cp_plan_ola"] != "Y"
        ]

    def care(self, person):
        """Periods of care, short breaks left out."""
        legal = self.of("legal_status", "lega_person_id", person)
        short = {row["lega_legal_status_start_date"] for row in legal if row["lega_legal_status"] == "V4"}
        return [
            (row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"])
            for row in self.of("cla_episodes", "clae_person_id", person)
            if row["clae_cla_episode_start_date"] not in short
        ]

    def team(self, person):
        """Of those allocated on the day the latest started."""
        start, end = "invo_involvement_start_date", "invo_involvement_end_date"
        mine = self.of("involvements", "invo_person_id", person)
        there = [row for row in mine if self.open(row[start], row[end])]
        if not there:
            return "No team"
        latest = max(row[start] for row in there)
        mine = [row for row in there if row[start] == latest]
        return mine[-1]["invo_professional_team"]

    def in_care(self, person):
        return any(self.open(*spell) for spell in self.care(person))

    def on_plan(self, person):
        return [row for row in self.plans(person)
                if self.open(row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"])]  # fmt: skip

    def need_plans(self, person, *, now=False):
        rows = self.of("cin_plans", "cinp_person_id", person)
        spells = [(row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"]) for row in rows]
        return [spell for spell in spells if self.open(*spell)] if now else spells

    def protection(self):
        start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
        now = {}
        for person in self.people:
            there = self.on_plan(person)
            if there:
                now[person] = max(there, key=lambda row: (row[start], row["cppl_cp_plan_id"]))
        total = len(now)
        self.protected = list(now)
        self.put("cp_open", total)
        self.spread("cp_category_now", [
            row["cppl_cp_plan_latest_category"] or row["cppl_cp_plan_initial_category"] or "Not recorded"
            for row in now.values()])  # fmt: skip
        self.spread("cp_duration", [
            band(row[start], self.day, (self.day - row[start]).days > 729)
            for row in now.values()])  # fmt: skip
        self.put("cp_2y_current", sum((self.day - row[start]).days > 729 for row in now.values()), total)
        self.put("cp_15m", sum(add_months(row[start], 15) <= self.day for row in now.values()))
        self.put("cp_unborn", sum(self.unborn(person) for person in now))
        self.put("cp_and_cla", sum(self.in_care(person) for person in now))
        before = [
            sum(other[start] < row[start] for other in self.plans(person)) for person, row in now.items()
        ]
        self.spread("cp_previous", [str(count) if count < 3 else "3 or more" for count in before])
        listed = 0
        since = earlier(self.day, 6)
        for person in self.people:
            rows = self.on_plan(person) or [
                row for row in self.plans(person) if row[end] is not None and since < row[end] <= self.day
                and row[start] <= self.day]  # fmt: skip
            if rows:
                listed += any(
                    row["lega_legal_status"] in ("L1", "L2")
                    and since < row["lega_legal_status_start_date"] <= self.day
                    for row in self.of("legal_status", "lega_person_id", person)
                )
        self.put("cp_epo_ppo", listed)
        begun = [row for person in self.people for row in self.plans(person) if self.within(row[start])]
        self.put("cp_started", len(begun))
        self.spread(
            "cp_category_start", [row["cppl_cp_plan_initial_category"] or "Not recorded" for row in begun]
        )
        self.put("cp_second", sum(
            any(other[start] < row[start] for other in self.plans(row["cppl_person_id"])) for row in begun),
            len(begun))  # fmt: skip
        year = [row for person in self.people for row in self.plans(person) if self.in_year(row[start])]
        self.put("cp_second_2y", sum(
            any(other[end] is not None and other[end] <= row[start] <= add_months(other[end], 24)
                and other[start] < row[start] for other in self.plans(row["cppl_person_id"]))
            for row in year), len(year))  # fmt: skip
        ended = [row for person in self.people for row in self.plans(person) if self.within(row[end])]
        self.put("cp_ended", len(ended))
        self.put("cp_2y_ended", sum((row[end] - row[start]).days > 729 for row in ended), len(ended))
        self.put("cp_3m_ended", sum(row[end] <= add_months(row[start], 3) for row in ended), len(ended))
        went, down, stayed = [], 0, 0
        for row in ended:
            person, over = row["cppl_person_id"], row[end]
            to_care = self.soon(over, 28, [one for one, _ in self.care(person)])
            planned = self.soon(over, 28, [one for one, _ in self.need_plans(person)])
            stayed += not to_care
            down += planned and not to_care
            there = any(
                max(one, over) <= min(over + DAY * 28, self.day) and (until is None or until > max(one, over))
                for one, until in self.care(person)
            )
            closed = [one["cine_close_date"] for one in self.of("cin_episodes", "cine_person_id", person)]
            went.append("Looked after" if there else "Child in need plan" if planned else
                        "Closed" if self.soon(over, 28, closed) else "Other")  # fmt: skip
        self.spread("cp_ended_to", went)
        self.put("cin_step_down", down, stayed)

    def unborn(self, person):
        row = self.person[person]
        if row["pers_dob"] is not None:
            return row["pers_dob"] > self.day
        return row["pers_expected_dob"] is not None

    def need(self):
        episodes = [row for row in self.rows["cin_episodes"] if row["cine_referral_nfa"] != "Y"]
        start, end = "cine_referral_date", "cine_close_date"
        now = defaultdict(list)
        for row in episodes:
            if self.open(row[start], row[end]):
                now[row["cine_person_id"]].append(row)
        total = len(now)
        self.needy = list(now)
        self.put("cin_open", total)
        last = {person: max(rows, key=lambda row: (row[start], row["cine_referral_id"]))
                for person, rows in now.items()}  # fmt: skip
        self.spread(
            "cin_need", [row["cine_cin_primary_need_code"] or "Not recorded" for row in last.values()]
        )
        self.put("cin_disability", sum(person in self.disabled for person in now), total)
        every = [row for rows in now.values() for row in rows]
        self.spread("cin_duration_open", [
            band(row[start], self.day, add_months(row[start], 24) <= self.day) for row in every])  # fmt: skip
        waiting = drifting = 0
        states = []
        for person, rows in now.items():
            own = [row["cine_referral_id"] for row in rows]
            mine = self.of("cin_assessments", "cina_person_id", person)
            done = [row for row in mine if self.past(row["cina_assessment_auth_date"])]
            planned = bool(self.on_plan(person) or self.need_plans(person, now=True) or self.in_care(person))
            waiting += not planned and not any(row["cina_referral_id"] in own for row in done)
            opened = any(
                self.open(row["cina_assessment_start_date"], row["cina_assessment_auth_date"]) for row in mine
            )
            newest = max((row["cina_assessment_auth_date"] for row in done), default=None)
            drifting += not planned and not opened and newest is not None and self.wd(newest, self.day) > 20
            states.append(
                "Looked after" if self.in_care(person) else
                "Child protection plan" if self.on_plan(person) else
                "Child in need plan" if self.need_plans(person, now=True) else
                "Open assessment" if opened else "In need, no plan")  # fmt: skip
        self.put("cin_awaiting", waiting, total)
        self.put("cin_no_plan", drifting)
        self.spread("cin_status", states)
        begun = [row for row in episodes if self.within(row[start])]
        ended = [row for row in episodes if self.within(row[end])]
        self.put("cin_started", len(begun))
        self.put("cin_ended", len(ended))
        self.put("cin_throughput", sum(self.in_year(row[start]) for row in episodes),
                 sum(self.in_year(row[end]) for row in episodes))  # fmt: skip
        self.spread("cin_duration_closed", [
            band(row[start], row[end], add_months(row[start], 24) <= row[end]) for row in ended])  # fmt: skip
        self.spread("cin_closure_reason", [row["cine_close_reason"] or "Not recorded" for row in ended])
        self.put("cin_anypoint", len({
            row["cine_person_id"] for row in episodes
            if row[start] <= self.last
            and (row[end] is None or row[end] > max(row[start], self.first))}))  # fmt: skip
        plans = [(person, spell) for person in self.people for spell in self.need_plans(person, now=True)
                 if not self.on_plan(person) and not self.in_care(person)]  # fmt: skip
        self.put("cin_plans_open", len({person for person, _ in plans}))
        self.put("cin_plan_long", sum(add_months(spell[0], 9) <= self.day for _, spell in plans))
        over = [(person, spell[1]) for person in self.people for spell in self.need_plans(person)
                if self.within(spell[1])]  # fmt: skip
        up = [
            1 for person, day in over
            if self.soon(day, 28, [row["cppl_cp_plan_start_date"] for row in self.plans(person)]
                         + [one for one, _ in self.care(person)])]  # fmt: skip
        self.put("cin_step_up", len(up), len(over))

    def through(self):
        """The stages in order, and the days from the latest referral to a plan or care."""
        begun = 0
        for person in self.people:
            begun += any(self.within(start) for start, _ in self.care(person))
        figures = self.figures
        counts = [
            ("Contacts", figures["contacts"][None][0]),
            ("Referrals", figures["referrals"][None][0]),
            ("Assessments", figures["assess_completed"][None][0]),
            ("Section 47 enquiries", figures["s47_started"][None][0]),
            ("Initial conferences", figures["icpc"][None][0]),
            ("Child protection plans", figures["cp_started"][None][0]),
            ("Started to be looked after", begun),
        ]
        before = None
        for name, count in counts:
            self.put("front_door_funnel", count, before, name)
            before = count
        since = earlier(self.day + DAY, 60)
        days = 0
        for person in self.people:
            starts = [row["cppl_cp_plan_start_date"] for row in self.plans(person)]
            starts += [one for one, _ in self.need_plans(person)] + [one for one, _ in self.care(person)]
            known = self.referral_days(person)
            for start in starts:
                late = any(start < one < start + DAY * 14 and one <= self.day for one in known)
                days += since <= start <= self.day and not late and any(one <= start for one in known)
        self.put("referral_to_plan_days", None, days)

    def court(self):
        weeks = []
        for person in self.people:
            legal = self.of("legal_status", "lega_person_id", person)
            interim = sorted(
                row["lega_legal_status_start_date"] for row in legal if row["lega_legal_status"] == "C1"
            )
            for start in interim:
                final = [
                    row["lega_legal_status_start_date"]
                    for row in legal
                    if row["lega_legal_status"] in ("C2", "E1")
                    and row["lega_legal_status_start_date"] >= start
                ]
                if final and self.in_year(min(final)):
                    weeks.append((min(final) - start).days / 7)
        self.put("proceedings_weeks", sum(weeks), len(weeks))
        letters = [
            row["prep_person_id"]
            for row in self.rows["pre_proceedings"]
            if self.past(row["prep_pre_pro_letter_date"]) and row["prep_pre_pro_outcome"] is None
        ]
        self.put("preproc_open", len(set(letters)))
