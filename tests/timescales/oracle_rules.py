"""The remaining rules, told again in plain Python over one child's rows.

Each function reads the rows a test made up (dicts with the names of the standard's fields) and walks them a
day or a row at a time. Nothing is shared with the engine.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.timescales.oracle import DAY, Item, add_months, add_working_days, after, birthday, chain

FAR = date(9999, 1, 1)
ADOPTIVE = ("A3", "A4", "A5", "A6")


@dataclass
class Child:
    """One made-up child: birth and rows by table."""

    dob: date | None
    rows: dict[str, list[dict]] = field(default_factory=dict)

    def __getitem__(self, table):
        return self.rows.get(table, [])

    def limit(self, years=18):
        return birthday(self.dob, years) if self.dob else None


def single(rule, started, every, unit, holidays, *, done=None, ended=None, limit=None, waived=False, by=0):
    """An item of one cycle; done before it started, there is no due date."""
    due = after(started, every, unit, holidays) - timedelta(days=by)
    if done and done < started:
        due = None
    return Item(rule, 1, started, due, done, ended, limit, waived)


# --- front door --------------------------------------------------------------------------------------


def referral_before(child, day):
    """The child's latest referral on or before a day."""
    found = None
    for row in sorted(child["cin_episodes"], key=lambda row: row["cine_referral_date"]):
        if row["cine_referral_date"] <= day:
            found = row
    return found


def assessments(child, holidays):
    whose: dict[str, list[dict]] = {}
    alone = []
    for row in child["cin_assessments"]:
        referral = row.get("cina_referral_id")
        if referral is None:
            found = row["cina_assessment_start_date"] and referral_before(
                child, row["cina_assessment_start_date"]
            )
            referral = found["cine_referral_id"] if found else None
        (whose.setdefault(referral, []) if referral else alone).append(row)
    items = []

    def finish(row, started, referral):
        if started:
            closed = referral["cine_close_date"] if referral else None
            done = row["cina_assessment_auth_date"]
            items.append(
                single(
                    "assessment_45wd",
                    started,
                    45,
                    "wd",
                    holidays,
                    done=done,
                    ended=closed,
                    limit=child.limit(),
                )
            )

    for row in alone:
        finish(row, row["cina_assessment_start_date"], None)
    for referral in child["cin_episodes"]:
        rows = sorted(
            whose.get(referral["cine_referral_id"], []),
            key=lambda row: (row["cina_assessment_start_date"] or FAR, row["cina_assessment_id"]),
        )
        referred = referral["cine_referral_date"]
        for number, row in enumerate(rows):
            own = row["cina_assessment_start_date"]
            from_referral = number == 0 and (own is None or referred <= own)
            finish(row, referred if from_referral else own, referral)
        if not rows and referral["cine_referral_nfa"] != "Y":
            items.append(_still_wanted(child, referral, holidays))
    return items


def _still_wanted(child, referral, holidays):
    """A referral nobody has assessed: waits until it closes. On a case already open there is no wait.

    Open: a plan or a period of care that began before the referral and had not ended by it. What began on
    the day of the referral or later does not stand in for an assessment.
    """
    referred, end = referral["cine_referral_date"], referral["cine_close_date"]
    work = [(row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"]) for row in child["cin_plans"]]
    work += [(row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"]) for row in child["cp_plans"]]
    work += [(start, over) for start, over, _ in all_periods(child)]
    for began, over in work:
        if began < referred and (over is None or over > referred):
            end = referred
    return single(
        "assessment_45wd", referred, 45, "wd", holidays, ended=end, limit=child.limit(), waived=True
    )


def enquiries(child, holidays):
    closed = {row["cine_referral_id"]: row["cine_close_date"] for row in child["cin_episodes"]}
    return [
        single(
            "s47_15wd",
            row["s47e_s47_start_date"],
            15,
            "wd",
            holidays,
            done=row["s47e_s47_end_date"],
            ended=closed.get(row["s47e_referral_id"]),
            limit=child.limit(),
        )
        for row in child["s47_enquiry"]
    ]


def conferences(child, holidays):
    closed = {row["cine_referral_id"]: row["cine_close_date"] for row in child["cin_episodes"]}
    by_start = sorted(child["s47_enquiry"], key=lambda row: row["s47e_s47_start_date"])
    held: dict[str, list[dict]] = {}
    for row in child["initial_cp_conference"]:
        enquiry, day = row["icpc_s47_enquiry_id"], row["icpc_icpc_date"]
        if enquiry is None and day and row["icpc_icpc_transfer_in"] != "Y":
            begun = [one for one in by_start if one["s47e_s47_start_date"] <= day]
            enquiry = begun[-1]["s47e_s47_enquiry_id"] if begun else None
        held.setdefault(enquiry, []).append(row)
    items = []
    for row in child["s47_enquiry"]:
        start, finished = row["s47e_s47_start_date"], row["s47e_s47_end_date"]
        nothing_further = row["s47e_s47_nfa"] == "Y"
        mine = held.get(row["s47e_s47_enquiry_id"], [])
        if mine and all(one["icpc_icpc_transfer_in"] == "Y" for one in mine):
            continue
        asked = "CONFERENCE_FLAG" in (row["s47e_s47_outcome_json"] or "")
        wanted = bool(mine) or (asked and not nothing_further)
        if not wanted and nothing_further and finished is None:
            continue
        case_closed = closed.get(row["s47e_referral_id"])
        dated = sorted(one["icpc_icpc_date"] for one in mine if one["icpc_icpc_date"])
        planned = sorted(
            one["cppl_cp_plan_start_date"]
            for one in child["cp_plans"]
            if one["cppl_cp_plan_start_date"] >= start
        )
        done, ended, waived = (dated or [None])[0], case_closed, False
        if not wanted:
            ended = min((day for day in (finished, case_closed) if day), default=None)
            waived = True
        elif done is None and planned and planned[0] <= (case_closed or FAR):
            ended, waived = planned[0], True
        items.append(
            single(
                "icpc_15wd",
                start,
                15,
                "wd",
                holidays,
                done=done,
                ended=ended,
                limit=child.limit(),
                waived=waived,
            )
        )
    return items


def return_interviews(child, holidays):
    items = []
    for row in child["missing"]:
        back = row["miss_missing_episode_end_date"]
        if back is None or row["miss_missing_episode_type"] not in ("M", None):
            continue
        offered, accepted = row["miss_missing_rhi_offered"], row["miss_missing_rhi_accepted"]
        nothing_owed = accepted == "Y" or offered == "NA" or (offered == "Y" and accepted in ("N", "NA"))
        ends = [add_months(back, 6)]
        if child.dob:
            ends.append(birthday(child.dob, 18))
        referral = referral_before(child, back)
        if referral and referral["cine_close_date"] and referral["cine_close_date"] >= back:
            ends.append(referral["cine_close_date"])
        items.append(
            single(
                "return_interview",
                back,
                3,
                "d",
                holidays,
                ended=back if nothing_owed else min(ends),
                limit=child.limit(),
                waived=nothing_owed,
            )
        )
    return items


# --- protection --------------------------------------------------------------------------------------


def reviews_after_birth(child, holidays):
    """Local, for plans made before birth; only where it comes before the first review is due."""
    items = []
    conference_of = {row["icpc_cp_plan_id"]: row["icpc_icpc_date"] for row in child["initial_cp_conference"]}
    for plan in child["cp_plans"]:
        start, end = plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]
        if child.dob is None or child.dob <= start or (end and end <= child.dob):
            continue
        first_review_due = add_months(conference_of.get(plan["cppl_cp_plan_id"]) or start, 3)
        due = add_working_days(child.dob, 20, holidays)
        if due >= first_review_due:
            continue
        held = [
            row["cppr_cp_review_date"]
            for row in child["cp_reviews"]
            if row["cppr_cp_plan_id"] == plan["cppl_cp_plan_id"]
            and child.dob < row["cppr_cp_review_date"] <= (end or FAR)
        ]
        items.append(
            Item("cp_prebirth_review", 1, child.dob, due, min(held, default=None), end, child.limit())
        )
    return items


# --- care --------------------------------------------------------------------------------------------


SHORT = ("V3", "V4")


def episodes(child):
    """(start, end, number, reason) of each episode; an open one ends with the next open one."""
    rows = sorted(
        child["cla_episodes"],
        key=lambda row: (
            row["clae_cla_episode_start_date"],
            date.min - (row["clae_cla_episode_ceased_date"] or FAR),
        ),
    )
    found, longest, outer, reason = [], date.min, None, None
    for number, row in enumerate(rows):
        end = row["clae_cla_episode_ceased_date"]
        if end is None:
            later = [one for one in rows[number + 1 :] if one["clae_cla_episode_ceased_date"] is None]
            end = later[0]["clae_cla_episode_start_date"] if later else None
        if (end or FAR) > longest:
            outer, reason = row["clae_cla_id"], row.get("clae_cla_episode_ceased_reason")
        longest = max(longest, end or FAR)
        found.append((row["clae_cla_episode_start_date"], end, outer, reason))
    return found


def all_periods(child):
    """(start, end, number) of each period of care, short breaks among them."""
    found, before = [], None
    for start, end, number, reason in episodes(child):
        over = found[-1][1] or FAR if found else None
        other = before and before[2] != number and before[3] != "X1"
        if over is None or start > over + DAY or other:
            found.append((start, end, number))
        else:
            longest = max(over, end or FAR)
            found[-1] = (found[-1][0], None if longest == FAR else longest, found[-1][2])
        before = (start, end, number, reason)
    return found


def short_breaks(child):
    """(start, end) of the stretches of short breaks: asked of every day on which a legal status changes."""
    rows = sorted(child["legal_status"], key=lambda row: row["lega_legal_status_start_date"])
    legal = []
    for number, row in enumerate(rows):
        after_it = rows[number + 1]["lega_legal_status_start_date"] if number + 1 < len(rows) else FAR
        end = row["lega_legal_status_end_date"] or after_it
        legal.append((row["lega_legal_status_start_date"], end, row["lega_legal_status"]))
    found = []
    for start, end, *_ in episodes(child):
        until = end or FAR
        during = [one for one in legal if one[0] < until and one[1] > start]
        days = sorted({start, *(day for one in during for day in one[:2] if start < day < until)})
        for day, over in zip(days, [*days[1:], until], strict=True):
            codes = [code for since, to, code in during if since <= day < to] or [one[2] for one in during]
            if not codes or any(code not in SHORT for code in codes):
                continue
            if found and found[-1][1] == day:
                found[-1] = (found[-1][0], over)
            else:
                found.append((day, over))
    return [(start, None if end == FAR else end) for start, end in found]


def without(start, end, gaps):
    """What is left of a stretch when others are taken out of it."""
    left = [(start, end)]
    for since, until in gaps:
        cut = []
        for begins, stops in left:
            if ((stops or FAR) <= since and begins != since) or (until or FAR) <= begins:
                cut.append((begins, stops))
                continue
            pieces = ((begins, min(since, stops or FAR)), (until or FAR, stops))
            cut += [piece for piece in pieces if piece[0] < (piece[1] or FAR)]
        left = cut
    return left


def _first_day(child, day):
    """The first day of an episode from a day on; a day between two episodes is in none."""
    if any(start <= day < (end or FAR) for start, end, *_ in episodes(child)):
        return day
    return min((start for start, *_ in episodes(child) if start >= day), default=day)


def periods(child):
    """(start, end, number) of each period of care without short breaks."""
    found = [
        (*piece, number)
        for start, end, number in all_periods(child)
        for piece in without(start, end, short_breaks(child))
    ]
    found = [(_first_day(child, start), end, number) for start, end, number in found]
    return sorted(found, key=lambda row: row[0])


def legal_on(child, day):
    """The legal status in force at the end of a day: the latest begun, unless it has ended."""
    found = None
    for row in sorted(child["legal_status"], key=lambda row: row["lega_legal_status_start_date"]):
        if row["lega_legal_status_start_date"] <= day:
            found = row
    if found is None or (found["lega_legal_status_end_date"] or FAR) <= day:
        return None
    return found["lega_legal_status"]


@dataclass
class Placement:
    start: date
    end: date | None
    kind: str
    home_order: date | None
    period: tuple
    left: date | None
    """when the child stopped being looked after"""


def placements(child):
    rows = sorted(child["cla_placement"], key=lambda row: row["clap_cla_placement_id"])
    stays = []
    for number, row in enumerate(rows):
        start, own, rest = (
            row["clap_cla_placement_start_date"],
            row["clap_cla_placement_end_date"],
            rows[number + 1 :],
        )
        ends = [day for day in (own, rest[0]["clap_cla_placement_start_date"] if rest else None) if day]
        stays.append((start, min(ends, default=None), row, False))
        if own is None:
            until, back = None, None
            for one in rest:
                if one["clap_cla_placement_end_date"] is None:
                    until = one["clap_cla_placement_start_date"]
                    break
                back = max(back or date.min, one["clap_cla_placement_end_date"])
            if back and back < (until or FAR):
                stays.append((back, until, row, True))
    found = []
    for start, end, row, back in stays:
        left = _left(child, row["clap_cla_id"])
        if back and (left or FAR) <= start:
            continue
        over = min((day for day in (end, left) if day), default=None)
        for begins, stops in without(start, over, short_breaks(child)):
            kind, order = row["clap_cla_placement_type"], _order(child, begins, stops)
            period = _period_of(child, row["clap_cla_id"], begins)
            found.append(Placement(begins, stops, kind, order if kind == "P1" else None, period, left))
    return sorted(found, key=lambda place: place.start)


def _left(child, number):
    """When the period of care ended that an episode of this number is part of."""
    ends = []
    for row in child["cla_episodes"]:
        if row["clae_cla_id"] == number:
            day = row["clae_cla_episode_start_date"]
            ends.append(next(end for start, end, _ in reversed(all_periods(child)) if start <= day) or FAR)
    return None if max(ends) == FAR else max(ends)


def _period_of(child, number, day):
    """The period of care a placement is in: by its number, else by the day."""
    own = [one for one in periods(child) if one[2] == number]
    begun = [one for one in own if one[0] <= day]
    return (begun or own[:1] or [one for one in periods(child) if one[0] <= day] or [None])[-1]


def _order(child, start, end):
    """The first care order in force during a placement."""
    orders = [
        one["lega_legal_status_start_date"]
        for one in child["legal_status"]
        if one["lega_legal_status"] == "C2"
        and one["lega_legal_status_start_date"] < (end or FAR)
        and (one["lega_legal_status_end_date"] or FAR) > start
    ]
    return min(orders, default=None)


def visits_in(child, clocks, mine):
    """The seen visits that count for one clock: each counts for the latest to have begun, of any rule."""
    days = []
    for row in child["cla_visits"]:
        day = row["clav_cla_visit_date"]
        begun = [clock for clock in clocks if clock[0] <= day]
        if row["clav_cla_visit_seen"] != "N" and begun and begun[-1] is mine and day <= (mine[1] or FAR):
            days.append(day)
    return days


def reviews_held(child):
    return [
        row["clar_cla_review_date"] for row in child["cla_reviews"] if row["clar_cla_review_cancelled"] != "Y"
    ]


def reviews_of(child, period):
    """Reviews held in a period of care: by its number; of a number that is none's, by the day."""
    care, days = periods(child), []
    for row in child["cla_reviews"]:
        day, number = row["clar_cla_review_date"], row["clar_cla_id"]
        if any(one[2] == number for one in care):
            mine = period[2] == number
        else:
            mine = [one for one in care if one[0] <= day][-1:] == [period]
        if mine and row["clar_cla_review_cancelled"] != "Y" and period[0] <= day <= (period[1] or FAR):
            days.append(day)
    return days


def looked_after_visits(child, holidays):
    ordinary, at_home, adoptive = [], [], []
    for place in placements(child):
        if place.kind in ADOPTIVE:
            adoptive.append(place)
            continue
        if place.home_order is None or place.home_order > place.start:
            ends = [day for day in (place.end, place.home_order) if day]
            ordinary.append(replace(place, end=min(ends, default=None)))
        if place.home_order is not None:
            at_home.append(replace(place, start=max(place.start, place.home_order)))
    items = []
    groups = (
        ("cla_visit", ordinary),
        ("cla_visit_care_order_home", at_home),
        ("adoption_placement_visit", adoptive),
    )
    clocks = sorted(
        ((place.start, place.end, rule) for rule, group in groups for place in group),
        key=lambda clock: (clock[0], clock[1] or FAR),
    )
    for rule, group in groups:
        for place in group:
            mine = next(clock for clock in clocks if clock == (place.start, place.end, rule))
            how = {
                "cla_visit": _ordinary_interval,
                "cla_visit_care_order_home": lambda *_: lambda cycle, _: ((1 if cycle == 1 else 6), "w"),
                "adoption_placement_visit": _adoption_interval,
            }[rule](child, place)
            items += chain(
                lambda _, rule=rule: rule,
                how,
                place.start,
                place.end,
                visits_in(child, clocks, mine),
                child.limit(),
                holidays,
            )
    return items


def _ordinary_interval(child, place):
    held = reviews_of(child, place.period) if place.period else []

    def interval(cycle, begun):
        if cycle == 1:
            return 1, "w"
        if place.kind == "P1" and legal_on(child, begun) == "C1":
            return (4 if held and min(held) <= begun else 1), "w"
        if place.kind in ("U1", "U4") and begun >= add_months(place.start, 12):
            return 3, "m"
        return 6, "w"

    return interval


def _adoption_reviews(child, place):
    """Reviews held while placed, the day of placing included.

    One held on the day the placement ends is the ordinary clock's if that starts again, and the next
    adoptive placement's if one starts that day.
    """
    starts = [other.start for other in placements(child) if other.kind in ADOPTIVE]
    care_goes_on = place.end is not None and place.end < (place.left or FAR)
    days = []
    for day in reviews_held(child):
        latest = max((start for start in starts if start <= day), default=None)
        if latest == place.start and day <= (place.end or FAR) and not (care_goes_on and day == place.end):
            days.append(day)
    return days


def _adoption_interval(child, place):
    held = _adoption_reviews(child, place)
    return lambda cycle, begun: ((4 if cycle > 1 and held and min(held) <= begun else 1), "w")


def adoption_reviews(child, holidays):
    items = []
    for place in placements(child):
        if place.kind in ADOPTIVE:
            items += chain(
                lambda _: "adoption_placement_review",
                lambda cycle, _: ((4, "w"), (3, "m"), (6, "m"))[min(cycle, 3) - 1],
                place.start,
                place.end,
                _adoption_reviews(child, place),
                child.limit(),
                holidays,
            )
    return items


def looked_after_reviews(child, holidays):
    """Reviews of each period of care; those of the time placed for adoption are another rule's."""
    items = []
    for period in periods(child):
        start, end, _ = period
        whole = chain(
            lambda cycle: ("cla_review_first", "cla_review_second", "cla_review_later")[min(cycle, 3) - 1],
            lambda cycle, _: ((20, "wd"), (3, "m"), (6, "m"))[min(cycle, 3) - 1],
            start,
            end,
            reviews_of(child, period),
            child.limit(),
            holidays,
        )
        placed = [place for place in placements(child) if place.kind in ADOPTIVE and place.period == period]
        if not placed:
            items += whole
            continue
        free, since = [], None
        for place in placed:
            free.append((since, place.start))
            since = place.end
        free += [(since, None)] if since else []
        for item in whole:
            for since, until in free:
                if since and (until and since >= until or since >= (end or FAR)):
                    continue
                if item.started >= (until or FAR) or (since and (item.done or FAR) < since):
                    continue
                known = since if since and item.started < since else None
                if until and (item.done or FAR) >= until:
                    items.append(replace(item, done=None, ended=min(item.ended or FAR, until), known=known))
                else:
                    items.append(replace(item, known=known))
    return items


def immunised(child, holidays):
    """A status, asked of the latest period of care: no = overdue from the next day, yes = ask in a year."""
    if not periods(child):
        return []
    start, end, _ = periods(child)[-1]
    answer = (child["cla_immunisations"] or [{}])[-1]
    status, recorded = answer.get("clai_immunisations_status"), answer.get("clai_immunisations_status_date")
    due, since = None, start
    if status in ("Y", "N") and recorded:
        since = recorded
        due = add_months(recorded, 12) if status == "Y" else recorded
    return [Item("immunisations", 1, since, due, None, end, child.limit(), waived=True, soft=status == "Y")]


# --- leaving care ------------------------------------------------------------------------------------

TO_PLAN = ("Eligible", "Relevant", "Former Relevant")


def leaver(child):
    return (child["care_leavers"] or [None])[-1]


def became_eligible(child):
    """Count days looked after since 14, one by one; the day after the 91st, at 16 or later, while in care."""
    if child.dob is None:
        return None
    fourteen, sixteen, eighteen = (birthday(child.dob, years) for years in (14, 16, 18))
    nights, day = 0, fourteen
    while day < eighteen:
        here = next(((s, e) for s, e, _ in reversed(periods(child)) if s <= day and (e or FAR) > day), None)
        if here and nights >= 91 and day >= sixteen:
            return day, here[1]
        nights += here is not None
        day += DAY
    return None


def pathway_assessments(child, holidays):
    row = leaver(child)
    planned = row and row["clea_pathway_plan_review_date"]
    eligibility = row and row["clea_care_leaver_eligibility"]
    items = []
    found = became_eligible(child)

    def add(started, ended, lost=False):
        """The plan's date means done; after the due day it may be a review's, and nothing is claimed."""
        due, done, late = add_months(started, 3), planned and max(planned, started), False
        if planned and planned > due:
            late = True
            after_leaving = ended is not None and planned > ended
            lost = after_leaving or planned > add_months(due, 6)
        if planned and ended and planned > ended and ended <= due:
            done, lost = None, False
        due = None if lost else due
        items.append(
            Item("pathway_assessment", 1, started, due, done, ended, child.limit(), waived=late, soft=late)
        )

    if found:
        started, left = found
        add(started, left, lost=eligibility not in TO_PLAN and planned is None and left is not None)
    if eligibility == "Relevant" and periods(child) and child.dob:
        left = periods(child)[-1][1]
        in_time = left and birthday(child.dob, 16) <= left < birthday(child.dob, 18)
        if in_time and (planned is None or planned >= left):
            add(left, None)
    return items


def leaver_since(child, other):
    """Not before first entering care, nor before sixteen where the record's `other` date is of that age."""
    entered = periods(child)[0][0] if periods(child) else None
    days = [day for day in (child.limit(16), entered) if day]
    since = max(days, default=None)
    return since if since and other and other >= since else entered


def _supported_to(child, row):
    return child.limit(25 if row["clea_care_leaver_in_touch"] == "YES" else 21)


def pathway_reviews(child, holidays):
    row = leaver(child)
    if row is None or row["clea_care_leaver_in_touch"] == "DIED":
        return []
    planned, eligibility = row["clea_pathway_plan_review_date"], row["clea_care_leaver_eligibility"]
    if eligibility not in TO_PLAN and not (eligibility is None and planned):
        return []
    due = add_months(planned, 6) if planned else None
    known = None if planned else leaver_since(child, row["clea_care_leaver_latest_contact"])
    return [Item("pathway_review", 1, planned, due, None, None, _supported_to(child, row), known=known)]


def contacts(child, holidays):
    row = leaver(child)
    if row is None or row["clea_care_leaver_in_touch"] in ("DIED", "NREQ", "RHOM"):
        return []
    last, eligibility = row["clea_care_leaver_latest_contact"], row["clea_care_leaver_eligibility"]
    if eligibility == "No Current Eligibility" or (eligibility == "Eligible" and last is None):
        return []
    due = last + timedelta(weeks=8) if last else None
    known = None if last else leaver_since(child, row["clea_pathway_plan_review_date"])
    return [Item("pa_contact", 1, last, due, None, None, _supported_to(child, row), known=known)]


def adviser_visits(child, holidays):
    row = leaver(child)
    if row is None or row["clea_care_leaver_eligibility"] not in ("Relevant", "Former Relevant"):
        return []
    homes = sorted(child["address"], key=lambda home: home["addr_address_start_date"])
    homes = [
        (home["addr_address_start_date"], home["addr_address_end_date"])
        for home in homes
        if child.dob is None or home["addr_address_start_date"] >= birthday(child.dob, 16)
    ]
    contact, items = row["clea_care_leaver_latest_contact"], []
    for number, (start, end) in enumerate(homes):
        next_start = homes[number + 1][0] if number + 1 < len(homes) else FAR
        items += chain(
            lambda cycle: "pa_visit_first" if cycle == 1 else "pa_visit_later",
            lambda cycle, _: (7, "d") if cycle == 1 else (2, "m"),
            start,
            end,
            [contact] if contact and contact < next_start else [],
            _supported_to(child, row),
            holidays,
        )
    return items


# --- court and adoption ------------------------------------------------------------------------------


def pre_proceedings(child, holidays):
    items = []
    for row in child["pre_proceedings"]:
        start = row["prep_pre_pro_letter_date"] or row["prep_pre_pro_decision_date"]
        if start is None:
            continue
        referral = referral_before(child, start)
        closed = referral["cine_close_date"] if referral else None
        items.append(
            single(
                "preproceedings_16w",
                start,
                16,
                "w",
                holidays,
                done=row["prep_agree_stepdown_issue_date"],
                ended=closed if closed and closed >= start else None,
                limit=child.limit(),
            )
        )
    return items


def proceedings(child, holidays):
    """Interim orders without a gap are one set; 26 weeks, the first day being day 1."""
    legal = sorted(child["legal_status"], key=lambda row: row["lega_legal_status_start_date"])
    runs: list[list[dict]] = []
    for row in legal:
        if row["lega_legal_status"] != "C1":
            continue
        last_end = runs and runs[-1][-1]["lega_legal_status_end_date"]
        if runs and (last_end is None or row["lega_legal_status_start_date"] <= last_end + DAY):
            runs[-1].append(row)
        else:
            runs.append([row])
    items = []
    for run in runs:
        start = run[0]["lega_legal_status_start_date"]
        final = [
            row["lega_legal_status_start_date"]
            for row in legal
            if row["lega_legal_status"] in ("C2", "E1") and row["lega_legal_status_start_date"] >= start
        ]
        over = [day for day in (run[-1]["lega_legal_status_end_date"], *final) if day]
        entered = [period for period in all_periods(child) if period[0] <= start]
        left = entered[-1][1] if entered else None
        items.append(
            single(
                "care_proceedings_26w",
                start,
                26,
                "w",
                holidays,
                done=min(over, default=None),
                ended=left if left and left >= start else None,
                limit=child.limit(),
                by=1,
            )
        )
    return items


def adoption_steps(child, holidays):
    items = []
    for row in child["permanence"]:
        steps = [
            row["perm_adm_decision_date"],
            row["perm_ffa_cp_decision_date"],
            row["perm_placement_order_date"],
            row["perm_matched_date"],
            row["perm_placed_for_adoption_date"],
        ]
        decided = next((day for day in steps if day), None)
        own = [one for one in periods(child) if one[2] == row["perm_cla_id"]]
        period = own[0] if len(own) == 1 else None
        if period is None and decided:
            begun = [one for one in periods(child) if one[0] <= decided]
            period = begun[-1] if begun else None
        ends = [row["perm_decision_reversed_date"], period and period[1]]
        ended = min((day for day in ends if day), default=None)
        if decided and period:
            known = row["perm_adm_decision_date"] or min(day for day in steps if day)
            moved = [row["perm_placed_for_adoption_date"], row["perm_placed_ffa_cp_date"]]
            if row["perm_adopted_by_carer_flag"] == "Y":
                moved.append(row["perm_placed_foster_carer_date"])
            item = single(
                "adoption_entry_to_placed",
                period[0],
                426,
                "d",
                holidays,
                done=min((day for day in moved if day), default=None),
                ended=ended,
                limit=child.limit(),
                waived=True,
            )
            items.append(replace(item, known=known if known > period[0] else None))
        order, matched = row["perm_placement_order_date"], row["perm_matched_date"]
        if order:
            items.append(
                single(
                    "adoption_order_to_match",
                    order,
                    121,
                    "d",
                    holidays,
                    done=max(matched, order) if matched else None,
                    ended=ended,
                    limit=child.limit(),
                    waived=True,
                )
            )
    return items
