"""Visits, Reviews, Missing Children and Caseload under their official keys, by loops over dicts: no frames.

Small random authorities with more rows than those of the reports' own oracle, and each key worked out as its
definition reads: from visits, reviews, episodes and involvements, not from the due items of the application.
"""

from datetime import datetime, time, timedelta
from statistics import median

from tests.reports.on_time_oracle import DAY, Counted, Random, working_days
from tests.timescales.oracle import add_months, add_working_days, age, birthday, chain

ON = "on_time"
FELL_DUE = (ON, "late", "missed", "overdue")


class Managed(Random):
    """The rows of one authority, with placements, visits in care, missing episodes and staff besides."""

    def __init__(self, number, seed, as_at):
        super().__init__(number, seed, as_at)
        self._staff()
        for row in self.tables["cp_visits"]:
            row["cppv_cp_visit_bedroom"] = self.dice.choice(["Y", "N", None])
        for row in self.tables["cp_reviews"]:
            row["cppr_cp_review_quorate"] = self.dice.choice(["Y", "Y", "N", None])
            row["cppr_cp_review_outcome_continue_cp"] = self.dice.choice(["Y", "N", None])
        for row in list(self.tables["cla_episodes"]):
            self._placed(row)
        for row in self.tables["person"]:
            self._gone(row["pers_person_id"])
            self._more(row["pers_person_id"])

    def _staff(self):
        for row in self.tables["involvements"]:
            if self.dice.random() < 0.2:  # a second one beside it
                twin = row | {"invo_professional_id": f"A{self.number} w4"}
                self.tables["involvements"].append(twin)
                break
        for name in sorted({row["invo_professional_id"] for row in self.tables["involvements"]}):
            self.tables["professionals"].append(
                {
                    "prof_professional_id": name,
                    "prof_professional_name": name,
                    "prof_social_worker_registration_no": self.dice.choice(["SW1", "SW2", None]),
                    "prof_full_time_equivalency": self.dice.choice([1.0, 0.5, 0.8, 0.0, None]),
                    "prof_agency_worker_flag": self.dice.choice(["Y", "N", None]),
                }
            )

    def _placed(self, row):
        person = row["clae_person_id"]
        start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
        moved = start + timedelta(days=self.dice.randint(3, 200))
        ends = [moved, end] if moved < (end or self.as_at) and self.dice.random() < 0.6 else [end]
        begun = start
        for number, over in enumerate(ends):
            self.tables["cla_placement"].append(
                {
                    "clap_person_id": person, "clap_cla_id": person,
                    "clap_cla_placement_id": f"{person}-{number}", "clap_cla_placement_type": "U6",
                    "clap_cla_placement_start_date": begun, "clap_cla_placement_end_date": over,
                    "clap_cla_placement_distance": self.dice.choice([3.0, 20.0, 21.0, None]),
                }
            )  # fmt: skip
            begun = over
        for day in self._days(start - 6 * DAY, end, 30):
            if day >= start and day != moved:
                self._visit("cla_visits", "clav", "cla_visit", person, day, clav_cla_id=person)
        row["clae_cla_last_iro_contact_date"] = self.dice.choice(
            [None, self.as_at - 5 * DAY, self.as_at - 100 * DAY, self.as_at]
        )

    def _gone(self, person):
        for _ in range(self.dice.choice([0, 0, 1, 2, 4])):
            ago = self.dice.choice([0, 1, 3, 4, 30, 89, 90, 91, 364, 365, 366, 500])
            begun = datetime.combine(self.as_at - timedelta(days=ago), time(self.dice.randint(1, 22)))
            back = begun + timedelta(hours=self.dice.choice([2, 23, 24, 25, 71, 200]))
            self.tables["missing"].append(
                {
                    "miss_person_id": person,
                    "miss_missing_episode_type": self.dice.choice(["M", "M", "M", "A", None]),
                    "miss_missing_episode_start_date": begun,
                    "miss_missing_episode_end_date": self.dice.choice([None, back, back, back]),
                    "miss_missing_rhi_offered": self.dice.choice(["Y", "Y", "N", "NA", None]),
                    "miss_missing_rhi_accepted": self.dice.choice(["Y", "N", "NA", None]),
                }
            )

    def _more(self, person):
        if self.dice.random() < 0.5:
            family = f"A{self.number}-family-{self.dice.randint(1, 2)}"
            self.tables["family"].append({"fami_person_id": person, "fami_family_id": family})
        if self.dice.random() < 0.2:
            begun = self.as_at - timedelta(days=self.dice.choice([0, 89, 90, 300]))
            self.tables["s47_enquiry"].append({"s47e_person_id": person, "s47e_s47_start_date": begun})
        if self.dice.random() < 0.3:
            plan = self.as_at - timedelta(days=self.dice.choice([0, 100, 181, 182, 184, 300]))
            told = ["Relevant", "Former Relevant", "Eligible", "No Current Eligibility", None]
            self.tables["care_leavers"].append(
                {
                    "clea_person_id": person,
                    "clea_care_leaver_eligibility": self.dice.choice(told),
                    "clea_care_leaver_in_touch": self.dice.choice(["YES", "DIED", None]),
                    "clea_pathway_plan_review_date": self.dice.choice([plan, plan, None]),
                }
            )


def share(rows, upper):
    rows = list(rows)
    return sum(bool(upper(row)) for row in rows), len(rows)


def together(parts):
    """Figures of several authorities as one: counts and shares are added, values are gathered."""
    whole = {}
    for part in parts:
        for key, figure in part.items():
            if isinstance(figure, list):
                whole.setdefault(key, []).extend(figure)
            else:
                before = whole.get(key, (0, None if figure[1] is None else 0))
                below = None if figure[1] is None else before[1] + figure[1]
                whole[key] = (before[0] + figure[0], below)
    return whole


class Official(Counted):
    """One authority's official figures: key to (numerator, denominator), or to the values of a median."""

    def __init__(self, authority, span, holidays):
        super().__init__(authority, span, holidays)
        self.told = {}
        for work in (self.visits, self.first_week, self.reviews, self.missing, self.caseload, self.flow):
            work()

    def open(self, start, end, day=None):
        day = day or self.as_at
        return start <= day and (end is None or end > day)

    def in_span(self, day):
        return day is not None and self.span[0] <= day <= self.span[1]

    def plans(self, table, stem, person):
        name = {"cppl": "cp_plan", "cinp": "cin_plan"}[stem]
        for row in self.of(table, stem, person):
            yield row[f"{stem}_{name}_start_date"], row[f"{stem}_{name}_end_date"]

    def care(self, person, day=None):
        """The period of care open on a day."""
        for row in self.of("cla_episodes", "clae", person):
            start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
            if self.open(start, end, day) and birthday(self.born[person], 18) > (day or self.as_at):
                return start, row
        return None

    def protected(self, person, day=None):
        return next((s for s, e in self.plans("cp_plans", "cppl", person) if self.open(s, e, day)), None)

    def care_items(self):
        """Looked-after visits: a week, then six weeks, in each placement."""
        for row in self.rows["cla_placement"]:
            person = row["clap_person_id"]
            start, end = row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"]
            seen = self.seen("cla_visits", "clav", "cla_visit", person)
            limit = birthday(self.born[person], 18)
            for item in chain(
                lambda _: "cla_visit", lambda cycle, _: (1 if cycle == 1 else 6, "w"), start, end, seen,
                limit, self.holidays,
            ):  # fmt: skip
                yield person, item

    def running(self, item):
        done = item.done and item.done <= self.as_at
        ended = item.ended and item.ended <= self.as_at
        return (
            item.there(self.as_at) and not done and not ended and item.state(self.as_at)[0] != "not_required"
        )

    def visits(self):
        day, told = self.as_at, self.told
        sets = {"cp": [], "cin": [], "cla": []}
        for person in self.born:
            care, plan = self.care(person), self.protected(person)
            need = next((s for s, e in self.plans("cin_plans", "cinp", person) if self.open(s, e)), None)
            if plan:
                sets["cp"].append((person, plan, "cp_visits", "cppv", "cp_visit"))
            if care:
                sets["cla"].append((person, care[0], "cla_visits", "clav", "cla_visit"))
            if need and not plan and not care:
                sets["cin"].append((person, need, "cin_visits", "cinv", "cin_visit"))
        late_care = {
            person for person, item in self.care_items()
            if self.running(item) and item.state(day)[0] == "overdue"
        }  # fmt: skip
        gaps, current, alone = [], {}, {}
        for kind, children in sets.items():
            for person, start, table, stem, name in children:
                mine = [
                    row for row in self.of(table, stem, person)
                    if start <= row[f"{stem}_{name}_date"] <= day and row[f"{stem}_{name}_seen"] != "N"
                ]  # fmt: skip
                last = max((row[f"{stem}_{name}_date"] for row in mine), default=None)
                gaps.append((day - (last or start)).days)
                limit = {"cp": 10, "cin": 20, "cla": None}[kind]
                due = limit and add_working_days(last or start, limit, self.holidays)
                ok = person not in late_care if limit is None else due >= day
                current.setdefault(kind, []).append((ok, last))
                if last:
                    by_then = [row for row in mine if row[f"{stem}_{name}_date"] == last]
                    alone.setdefault(kind, []).append(
                        any(r[f"{stem}_{name}_seen_alone"] == "Y" for r in by_then)
                    )
        for kind in sets:
            told[f"visit_{kind}_current"] = share(current.get(kind, []), lambda row: row[0])
        for kind in ("cp", "cla"):
            told[f"visit_{kind}_seen_alone"] = share(alone.get(kind, []), bool)
        told["visit_cp_never"] = (sum(not ok and last is None for ok, last in current.get("cp", [])), None)
        told["visit_gap_days"] = gaps
        items = [*((p, i) for p, i in self.items if i.rule in ("cp_visit", "cin_visit")), *self.care_items()]
        mine = [item for _, item in items if self.running(item)]
        told["visit_overdue"] = (sum(item.state(day)[0] == "overdue" for item in mine), None)
        for key, most in (("visit_due_next", 5), ("visit_due_next_10", 10)):
            near = [i for i in mine if i.due >= day and working_days(day, i.due, self.holidays) <= most]
            told[key] = (len(near), None)
        for kind in ("cp", "cin"):
            states = [
                item.state(day)[0] for _, item in self.items
                if item.rule == f"{kind}_visit" and item.there(day) and self.in_span(item.due)
            ]  # fmt: skip
            states = [state for state in states if state in FELL_DUE]
            told[f"visit_{kind}_period"] = share(states, lambda state: state == ON)
        made = [
            (row.get(f"{stem}_{name}_seen"), row, stem)
            for table, stem, name in (
                ("cp_visits", "cppv", "cp_visit"), ("cin_visits", "cinv", "cin_visit"),
                ("cla_visits", "clav", "cla_visit"),
            )
            for row in self.rows[table] if self.in_span(row[f"{stem}_{name}_date"])
        ]  # fmt: skip
        told["visit_count"] = (len(made), None)
        told["visit_not_seen_share"] = share(made, lambda row: row[0] == "N")
        bedrooms = [row for _, row, stem in made if stem == "cppv"]
        told["visit_cp_bedroom"] = share(bedrooms, lambda row: row["cppv_cp_visit_bedroom"] == "Y")

    def first_week(self):
        kept = []
        for row in self.rows["cla_placement"]:
            person, start = row["clap_person_id"], row["clap_cla_placement_start_date"]
            week, end = start + 7 * DAY, row["clap_cla_placement_end_date"]
            seen = any(start <= d <= week for d in self.seen("cla_visits", "clav", "cla_visit", person))
            if self.in_span(start) and week < self.as_at and (seen or end is None or end > week):
                kept.append(seen)
        self.told["visit_cla_first_week"] = share(kept, bool)

    def reviews(self):
        day, told = self.as_at, self.told
        year = add_months_back(day + DAY, 12)
        rules = {
            "review_cla_period": ("cla_review_first", "cla_review_second", "cla_review_later"),
            "review_cla_second": ("cla_review_second",), "review_cla_later": ("cla_review_later",),
            "review_cp_period": ("cp_review_first", "cp_review_later"),
        }  # fmt: skip
        reviews = [(p, i, i.state(day)[0]) for p, i in self.items if "review" in i.rule and i.there(day)]
        for key, names in rules.items():
            due = [s for _, i, s in reviews if i.rule in names and self.in_span(i.due) and s in FELL_DUE]
            told[key] = share(due, lambda state: state == ON)
        first = [
            s for _, i, s in reviews
            if i.rule == "cla_review_first" and self.in_span(i.started) and i.due < day and s in FELL_DUE
        ]  # fmt: skip
        told["review_cla_first"] = share(first, lambda state: state == ON)
        mine = [item for _, item in self.items if "review" in item.rule and self.running(item)]
        told["review_overdue"] = (sum(item.state(day)[0] == "overdue" for item in mine), None)
        told["review_due_next"] = (sum(0 <= (item.due - day).days <= 28 for item in mine), None)
        settled, whole, touched = [], [], []
        for person in self.born:
            care = self.care(person)
            if not care:
                continue
            start, row = care
            states = [(i, s) for p, i, s in reviews if p == person and i.rule.startswith("cla_review")]
            if working_days(start, day, self.holidays) >= 20:
                settled.append(not any(s == "overdue" and self.running(i) for i, s in states))
            if (day - start).days >= 28:
                due = [s for i, s in states if year <= i.due <= day and i.due >= start and s in FELL_DUE]
                whole.append(all(s == ON for s in due))
            held = [
                one["clar_cla_review_date"] for one in self.of("cla_reviews", "clar", person)
                if one["clar_cla_review_cancelled"] != "Y" and one["clar_cla_review_date"] <= day
            ]  # fmt: skip
            contact = row["clae_cla_last_iro_contact_date"]
            touched.append(contact is not None and (not held or contact > max(held)))
        told["review_cla_current"] = share(settled, bool)
        told["review_cla_all_year"] = share(whole, bool)
        told["review_iro_contact"] = share(touched, bool)
        plans = []
        for row in self.rows["cp_plans"]:
            start, end = row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"]
            if self.open(start, end) and add_months(start, 3) <= day:
                mine = [
                    s for p, i, s in reviews if p == row["cppl_person_id"] and i.rule.startswith("cp_rev")
                ]
                plans.append(not {"late", "missed", "overdue"} & set(mine))
        told["review_cp_current"] = share(plans, bool)
        old = [
            row for row in self.rows["cin_plans"]
            if self.open(row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"])
            and add_months(row["cinp_cin_plan_start_date"], 3) < day
        ]  # fmt: skip
        told["review_cin_plan_open_3m"] = (len(old), None)
        held = [row for row in self.rows["cla_reviews"] if self.in_span(row["clar_cla_review_date"])]
        gone = [row for row in held if row["clar_cla_review_cancelled"] == "Y"]
        told["review_cancelled"] = (len(gone), None)
        asked = [
            row["clar_cla_review_participation"] for row in held
            if row not in gone and row["clar_cla_review_participation"] != "PN0"
            and age(self.born[row["clar_cla_person_id"]], row["clar_cla_review_date"]) >= 4
        ]  # fmt: skip
        told["review_participation"] = share(asked, lambda code: code in ("PN1", "PN6"))
        conferences = [row for row in self.rows["cp_reviews"] if self.in_span(row["cppr_cp_review_date"])]
        told["review_cp_quorate"] = share(conferences, lambda row: row["cppr_cp_review_quorate"] == "Y")
        told["review_cp_outcome"] = share(
            conferences, lambda row: row["cppr_cp_review_outcome_continue_cp"] == "N"
        )
        entitled = [
            row["clea_pathway_plan_review_date"] for row in self.rows["care_leavers"]
            if row["clea_care_leaver_eligibility"] in ("Relevant", "Former Relevant", "Eligible")
            and row["clea_care_leaver_in_touch"] != "DIED"
            and 16 <= age(self.born[row["clea_person_id"]], day) <= 24
        ]  # fmt: skip
        half = add_months_back(day, 6)
        told["review_pathway_current"] = share(entitled, lambda d: d is not None and half <= d <= day)

    def missing(self):
        day, told, (first, last) = self.as_at, self.told, self.span
        found = []
        for row in self.rows["missing"]:
            start, end = row["miss_missing_episode_start_date"], row["miss_missing_episode_end_date"]
            if start.date() <= day:
                end = end if end and end.date() <= day else None
                found.append(
                    (row["miss_person_id"], row["miss_missing_episode_type"] or "M", start, end, row)
                )
        gone = [one for one in found if one[1] == "M"]
        begun = [one for one in gone if first <= one[2].date() <= last]
        back = [one for one in gone if one[3] and first <= one[3].date() <= last]

        def touches(one, since, until):
            return one[2].date() <= until and (one[3] is None or one[3].date() >= since)

        children = {one[0] for one in gone if touches(one, first, last)}
        told["missing_episodes"] = (len(begun), None)
        told["missing_children"] = (len(children), None)
        told["missing_now"] = (len({one[0] for one in gone if one[3] is None}), None)
        told["missing_per_child"] = (len(begun), len(children))
        hours = [(one[3] - one[2]).total_seconds() / 3600 for one in begun if one[3]]
        told["missing_duration"] = (sum(hours), len(hours))
        recent = {}
        for one in gone:
            if one[2].date() > day - timedelta(days=90):
                recent[one[0]] = recent.get(one[0], 0) + 1
        often = {person for person, count in recent.items() if count >= 3}
        talked = {
            row["s47e_person_id"] for row in self.rows["s47_enquiry"]
            if day - timedelta(days=90) < row["s47e_s47_start_date"] <= day
        }  # fmt: skip
        told["missing_repeat"] = (len(often), None)
        told["missing_strategy"] = (len(often - talked), None)
        offered = [one[4] for one in back if one[4]["miss_missing_rhi_offered"] != "NA"]
        told["rhi_offered_pct"] = share(offered, lambda row: row["miss_missing_rhi_offered"] == "Y")
        yes = [row for row in offered if row["miss_missing_rhi_offered"] == "Y"]
        told["rhi_accepted_pct"] = share(yes, lambda row: row["miss_missing_rhi_accepted"] == "Y")
        waiting = 0
        for one in gone:
            said, took = one[4]["miss_missing_rhi_offered"], one[4]["miss_missing_rhi_accepted"]
            settled = took == "Y" or said == "NA" or (said == "Y" and took in ("N", "NA"))
            waiting += bool(one[3] and one[3].date() < day - 3 * DAY and not settled)
        told["rhi_overdue"] = (waiting, None)
        since = add_months_back(day + DAY, 3)
        quarter = {one[0] for one in gone if touches(one, since, day)}
        spoken = {
            one[0] for one in gone
            if one[3] and since <= one[3].date() <= day and one[4]["miss_missing_rhi_accepted"] == "Y"
        }  # fmt: skip
        told["rhi_child_pct"] = share(quarter, lambda person: person in spoken)
        year = add_months_back(day + DAY, 12)
        cared = set()
        for row in self.rows["cla_episodes"]:
            start, end = row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]
            if start <= day and (end is None or end > year or start >= year):
                cared.add(row["clae_person_id"])
        for key, kind in (("missing_from_care_pct", "M"), ("away_from_care_pct", "A")):
            of_kind = {one[0] for one in found if one[1] == kind and touches(one, year, day)}
            told[key] = share(cared, of_kind.__contains__)
        placed, far = 0, []
        for one in begun:
            if not any(
                self.open(*self.dates(row), one[2].date()) for row in self.of("cla_episodes", "clae", one[0])
            ):
                continue
            placed += 1
            miles = [
                row["clap_cla_placement_distance"] for row in self.of("cla_placement", "clap", one[0])
                if self.open(
                    row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"], one[2].date()
                )
            ]  # fmt: skip
            if miles and miles[0] is not None:
                far.append(miles[0] > 20)
        told["missing_distinct_placement"] = (placed, None)
        told["missing_out_of_area"] = share(far, bool)

    def dates(self, row):
        return row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"]

    def caseload(self):
        day, told = self.as_at, self.told
        held = [
            row for row in self.rows["involvements"]
            if self.open(row["invo_involvement_start_date"], row["invo_involvement_end_date"])
        ]  # fmt: skip
        staff = {row["prof_professional_id"]: row for row in self.rows["professionals"]}
        by_child, by_worker = {}, {}
        for row in held:
            by_child.setdefault(row["invo_person_id"], []).append(row)
            by_worker.setdefault(row["invo_professional_id"], set()).add(row["invo_person_id"])
        family = {row["fami_person_id"]: row["fami_family_id"] for row in self.rows["family"]}
        told["caseload_children"] = (len(by_child), None)
        told["caseload_families"] = (len({family.get(child, child) for child in by_child}), None)
        told["caseload_dual_allocated"] = (sum(len(rows) > 1 for rows in by_child.values()), None)
        told["caseload_allocation_age"] = [(day - row["invo_involvement_start_date"]).days for row in held]
        need = {
            row["cine_person_id"] for row in self.rows["cin_episodes"] if row["cine_referral_date"] <= day
        }
        told["caseload_unallocated"] = (len(need - set(by_child)), len(need))
        told["caseload_open_length"] = [900] * len(need)
        fte = {name: staff[name]["prof_full_time_equivalency"] for name in by_worker}
        cases = {name: len(children) for name, children in by_worker.items()}
        told["caseload_per_fte"] = (sum(cases.values()), sum(fte[name] or 1.0 for name in cases))
        social = [
            name for name in cases if fte[name] and staff[name]["prof_social_worker_registration_no"]
        ]  # fmt: skip
        told["caseload_avg_fte"] = (sum(cases[one] for one in social), sum(fte[one] for one in social))
        told["caseload_over_limit"] = share(cases, lambda name: cases[name] / (fte[name] or 1.0) > 2)
        both = [one for one in self.born if self.protected(one) or self.care(one)]

        def qualified(person):
            worker = self.holder_now(person)[1]
            known = staff.get(worker)
            return bool(known and known["prof_social_worker_registration_no"])

        single = [one for one in both if len(by_child.get(one, ())) < 2]
        told["caseload_allocated_qualified"] = share(single, qualified)
        self.twins = [one for one in both if len(by_child.get(one, ())) > 1]
        mix = {}
        for person in by_child:
            care, plan = bool(self.care(person)), bool(self.protected(person))
            leaver = any(
                row["clea_care_leaver_eligibility"] not in (None, "No Current Eligibility")
                and row["clea_care_leaver_in_touch"] != "DIED"
                and age(self.born[person], day) >= 16 and person in need and self.entered(person)
                for row in self.of("care_leavers", "clea", person)
            )  # fmt: skip
            planned = any(self.open(*one) for one in self.plans("cin_plans", "cinp", person))
            name = (
                "Looked after and on a plan" if care and plan else "Looked after" if care
                else "Child protection plan" if plan else "Care leaver" if leaver
                else "Child in need plan" if planned else "Child in need, no plan"
            )  # fmt: skip
            mix[name] = mix.get(name, 0) + 1
        self.mix = mix

    def entered(self, person):
        """Not before first entering care, where that is known."""
        starts = [row["clae_cla_episode_start_date"] for row in self.of("cla_episodes", "clae", person)]
        return not starts or min(starts) <= self.as_at

    def flow(self):
        first, last = self.span
        count = 0
        for row in self.rows["involvements"]:
            start, end = row["invo_involvement_start_date"], row["invo_involvement_end_date"]
            count += self.open(start, end, first - DAY) + self.in_span(start) - self.in_span(end)
        closing = sum(
            self.open(row["invo_involvement_start_date"], row["invo_involvement_end_date"], last)
            for row in self.rows["involvements"]
        )
        assert count == closing
        self.told["caseload_flow"] = (closing, None)


def add_months_back(day, count):
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    for at in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=at)
        except ValueError:
            continue
    raise AssertionError


def of_values(values):
    return median(values) if values else None
