"""Made-up histories for Hypothesis: a child's birth and rows, full of the days on which rules go wrong."""

import calendar
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.timescales.oracle import birthday
from tests.timescales.oracle_rules import Child
from tests.timescales.ssd import Authority

EDGES = [
    *(
        date(year, month, calendar.monthrange(year, month)[1])
        for year in (2023, 2024)
        for month in range(1, 13)
    ),
    *(date(2024, 2, 28), date(2024, 12, 24), date(2024, 12, 25), date(2025, 1, 1), date(2024, 3, 29)),
    *(date(2024, 3, 28), date(2024, 3, 30), date(2025, 4, 18), date(2022, 9, 19), date(2023, 5, 8)),
]
"""Month ends, a leap day, Christmas, Easter, one-off holidays."""

CONFERENCE = '{"CONFERENCE_FLAG": "Y"}'
anchors = st.sampled_from(EDGES) | st.dates(date(2021, 1, 1), date(2026, 6, 30))
leaplings = st.sampled_from([date(2004, 2, 29), date(2008, 2, 29), date(2012, 2, 29), date(2020, 2, 29)])
births = st.dates(date(2004, 1, 1), date(2024, 12, 31)) | leaplings
as_ats = st.dates(date(2021, 1, 1), date(2028, 12, 31))


def near(draw, day, low, high):
    """A day some days from another; often the same day or the one after."""
    return day + timedelta(days=draw(st.sampled_from([0, 1, 7]) | st.integers(low, high)))


def perhaps(draw, day, low, high):
    """As `near`, or never."""
    return near(draw, day, low, high) if draw(st.booleans()) else None


def one(draw, *values):
    return draw(st.sampled_from(values))


def spells(draw, most, *, start=None, gap=(0, 60), length=(0, 500), distinct=False):
    """Spells that follow one another; all but the last end. `distinct`: no day starts two."""
    start, found = start or draw(anchors), []
    for number in range(most):
        end = near(draw, start, *length)
        if distinct and end == start:
            end += timedelta(days=1)
        last = number == most - 1
        found.append((start, None if last and draw(st.booleans()) else end))
        start = near(draw, end, *gap)
    return found


def dob_of(draw, day):
    """Unknown; any; or such that a birthday that matters falls near the day."""
    years = draw(st.sampled_from([None, None, 0, 4, 5, 14, 16, 17, 18, 21, 25]))
    if years is None:
        return draw(st.none() | births)
    dob = day.replace(year=day.year - years, day=min(day.day, 28)) + timedelta(draw(st.integers(-120, 200)))
    return draw(st.sampled_from([dob, dob, date(2008, 2, 29) if birthday(dob, 0) else dob]))


@st.composite
def front_door(draw):
    """Referrals, assessments, section 47 enquiries, conferences, plans and missing episodes."""
    cases = spells(draw, draw(st.integers(1, 3)), distinct=True)
    first = cases[0][0]
    child = Child(dob_of(draw, first))
    child.rows["cin_episodes"] = [
        {
            "cine_referral_id": f"R{number}",
            "cine_referral_date": start,
            "cine_close_date": end,
            "cine_referral_nfa": one(draw, "N", "N", "Y", None),
        }
        for number, (start, end) in enumerate(cases)
    ]
    known = [f"R{number}" for number in range(len(cases))]
    child.rows["cin_assessments"] = [
        {
            "cina_assessment_id": f"A{number}",
            "cina_referral_id": one(draw, None, *known),
            "cina_assessment_start_date": own,
            "cina_assessment_auth_date": perhaps(draw, own, -2, 90),
        }
        for number, own in enumerate(near(draw, first, -30, 700) for _ in range(draw(st.integers(0, 4))))
    ]
    child.rows["cin_plans"] = [
        {"cinp_cin_plan_start_date": start, "cinp_cin_plan_end_date": end}
        for start, end in (spells(draw, 1) if draw(st.booleans()) else [])
    ]
    child.rows["cla_episodes"] = [
        {"clae_cla_episode_start_date": start, "clae_cla_episode_ceased_date": end, "clae_cla_id": "K"}
        for start, end in (spells(draw, 1) if draw(st.integers(0, 4)) == 0 else [])
    ]
    starts = sorted({near(draw, first, -10, 600) for _ in range(draw(st.integers(0, 3)))})
    child.rows["s47_enquiry"] = [
        {
            "s47e_s47_enquiry_id": f"S{number}",
            "s47e_referral_id": one(draw, None, *known),
            "s47e_s47_start_date": start,
            "s47e_s47_end_date": perhaps(draw, start, -1, 40),
            "s47e_s47_nfa": one(draw, "N", "Y", None),
            "s47e_s47_outcome_json": one(draw, None, CONFERENCE, CONFERENCE, '{"OUTCOME": "none"}'),
        }
        for number, start in enumerate(starts)
    ]
    child.rows["initial_cp_conference"] = [
        {
            "icpc_icpc_id": f"I{number}",
            "icpc_s47_enquiry_id": one(draw, None, "S0", f"S{number}"),
            "icpc_icpc_date": perhaps(draw, start, -5, 40),
            "icpc_icpc_transfer_in": one(draw, "N", "N", "N", "Y", None),
        }
        for number, start in enumerate(starts)
        if draw(st.booleans())
    ]
    child.rows["cp_plans"] = [
        {"cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": None}
        for start in (near(draw, start, 0, 60) for start in starts if draw(st.booleans()))
    ]
    child.rows["missing"] = [
        {
            "miss_missing_episode_type": one(draw, "M", "M", "A", None),
            "miss_missing_episode_end_date": perhaps(draw, first, -10, 700),
            "miss_missing_rhi_offered": one(draw, "Y", "N", "NA", None),
            "miss_missing_rhi_accepted": one(draw, "Y", "N", "NA", None),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    child.rows["pre_proceedings"] = [
        {
            "prep_table_id": f"X{number}",
            "prep_pre_pro_letter_date": perhaps(draw, first, 0, 300),
            "prep_pre_pro_decision_date": perhaps(draw, first, 0, 300),
            "prep_agree_stepdown_issue_date": perhaps(draw, first, 0, 500),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    return child


@st.composite
def unborn(draw):
    """A plan, or two, around a birth."""
    plans = spells(draw, draw(st.integers(1, 2)), gap=(1, 30), length=(1, 300), distinct=True)
    child = Child(near(draw, plans[0][0], -20, 200))
    child.rows["cp_plans"] = [
        {"cppl_cp_plan_id": f"P{number}", "cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": end}
        for number, (start, end) in enumerate(plans)
    ]
    child.rows["initial_cp_conference"] = [
        {"icpc_cp_plan_id": f"P{number}", "icpc_icpc_date": near(draw, start, -10, 10)}
        for number, (start, _) in enumerate(plans)
        if draw(st.booleans())
    ]
    child.rows["cp_reviews"] = [
        {
            "cppr_cp_plan_id": f"P{number}",
            "cppr_cp_review_date": near(draw, max(start, child.dob), -20, 120),
        }
        for number, (start, _) in enumerate(plans)
        for _ in range(draw(st.integers(0, 3)))
    ]
    return child


def _followed_or_beside(draw, odd, care):
    """Another episode: one that follows at once under another number (X1), or one beside that has ended."""
    start, end = care[-1]
    last = f"K{len(care) - 1}"
    if odd == 0 and end:
        return [
            {
                "clae_cla_episode_start_date": end,
                "clae_cla_episode_ceased_date": perhaps(draw, end, 1, 300),
                "clae_cla_id": one(draw, "K9", last),
            }
        ]
    if odd == 1:
        begun = near(draw, start, 1, 200)
        return [
            {
                "clae_cla_episode_start_date": begun,
                "clae_cla_episode_ceased_date": near(draw, begun, 1, 200),
                "clae_cla_id": one(draw, "K9", last),
            }
        ]
    return []


@st.composite
def in_care(draw, kinds=("U4", "U6", "P1", "P1", "A3", "A5", "K2")):
    """Periods of care with placements, legal statuses, visits, reviews, immunisations and adoption steps."""
    care = spells(draw, draw(st.integers(1, 2)), gap=(1, 60), length=(30, 900), distinct=True)
    child = Child(dob_of(draw, care[0][0]))
    child.rows["cla_episodes"] = [
        {
            "clae_cla_episode_start_date": start,
            "clae_cla_episode_ceased_date": end,
            "clae_cla_id": f"K{number}",
            "clae_cla_episode_ceased_reason": one(draw, "X1", "E4") if end else None,
        }
        for number, (start, end) in enumerate(care)
    ]
    odd = draw(st.integers(0, 5))
    child.rows["cla_episodes"] += _followed_or_beside(draw, odd, care)
    placed = []
    for number, (start, end) in enumerate(care):
        begun = start
        for _ in range(draw(st.integers(1, 3))):
            if placed and begun == placed[-1]["clap_cla_placement_start_date"]:
                begun += timedelta(days=1)
            if end and begun >= end:
                break
            over = perhaps(draw, begun, 1, 500)
            placed.append(
                {
                    "clap_cla_placement_id": f"L{len(placed):02}",
                    "clap_cla_id": f"K{number}",
                    "clap_cla_placement_start_date": begun,
                    "clap_cla_placement_end_date": over,
                    "clap_cla_placement_type": one(draw, *kinds),
                }
            )
            begun = over or near(draw, begun, 1, 300)
    child.rows["cla_placement"] = placed
    legal = ("V4", "V2", "V3", "C2") if odd == 2 else ("C1", "C1", "C2", "V2", "E1")
    child.rows["legal_status"] = [
        {
            "lega_legal_status": one(draw, *legal),
            "lega_legal_status_start_date": start,
            "lega_legal_status_end_date": end,
        }
        for start, end in spells(
            draw,
            draw(st.integers(1, 4)),
            start=near(draw, one(draw, *placed)["clap_cla_placement_start_date"], -30, 30),
            gap=(0, 3),
            length=(1, 400),
            distinct=True,
        )
    ]
    child.rows["cla_reviews"] = [
        {
            "clar_cla_id": placement["clap_cla_id"],
            "clar_cla_review_date": one(
                draw,
                placement["clap_cla_placement_start_date"],
                placement["clap_cla_placement_end_date"] or placement["clap_cla_placement_start_date"],
                near(draw, placement["clap_cla_placement_start_date"], -10, 400),
            ),
            "clar_cla_review_cancelled": one(draw, "N", "N", "Y", None),
        }
        for placement in placed
        for _ in range(draw(st.integers(0, 3)))
    ]
    days = [row["clap_cla_placement_start_date"] for row in placed]
    days += [row["clar_cla_review_date"] for row in child.rows["cla_reviews"]]
    child.rows["cla_visits"] = [
        {
            "clav_cla_visit_date": one(draw, one(draw, *days), near(draw, one(draw, *days), -10, 600)),
            "clav_cla_visit_seen": one(draw, "Y", "Y", "N", None),
        }
        for _ in range(draw(st.integers(0, 8)))
    ]
    child.rows["cla_immunisations"] = [
        {
            "clai_immunisations_status": one(draw, "Y", "Y", "N", "N", "U", None),
            "clai_immunisations_status_date": perhaps(draw, care[0][0], -10, 600),
        }
        for _ in range(draw(st.integers(0, 1)))
    ]
    start = care[0][0]
    child.rows["permanence"] = [
        {
            "perm_table_id": "M",
            "perm_cla_id": one(draw, "K0", "K1", None),
            "perm_adm_decision_date": perhaps(draw, start, 0, 300),
            "perm_ffa_cp_decision_date": perhaps(draw, start, 0, 300),
            "perm_placement_order_date": perhaps(draw, start, 0, 400),
            "perm_matched_date": perhaps(draw, start, 0, 500),
            "perm_placed_for_adoption_date": perhaps(draw, start, 100, 600),
            "perm_placed_ffa_cp_date": perhaps(draw, start, 100, 600),
            "perm_placed_foster_carer_date": perhaps(draw, start, 0, 600),
            "perm_adopted_by_carer_flag": one(draw, "Y", "N", None),
            "perm_decision_reversed_date": perhaps(draw, start, 0, 700),
        }
        for _ in range(draw(st.integers(0, 1)))
    ]
    return child


@st.composite
def leaving_care(draw):
    """One to three periods of care around sixteen, a leaving care record and homes."""
    length = one(draw, (1, 200), (90, 92), (1, 45))
    care = spells(draw, draw(st.integers(0, 3)) or 1, gap=(0, 100), length=length, distinct=True)
    day, left = care[0][0], care[0][1] or care[0][0]
    dob = day.replace(year=day.year - one(draw, 13, 14, 15, 16, 17), day=min(day.day, 28))
    sixteen_on_leaving = left.replace(year=left.year - 16, day=min(left.day, 28))
    born = one(
        draw, dob + timedelta(draw(st.integers(-200, 200))), sixteen_on_leaving, date(2008, 2, 29), None
    )
    child = Child(born)
    child.rows["cla_episodes"] = [
        {
            "clae_cla_episode_start_date": start,
            "clae_cla_episode_ceased_date": end,
            "clae_cla_id": f"K{number}",
        }
        for number, (start, end) in enumerate(care)
    ]
    child.rows["care_leavers"] = [
        {
            "clea_table_id": "T",
            "clea_care_leaver_eligibility": one(
                draw, "Eligible", "Relevant", "Relevant", "Former Relevant", "No Current Eligibility", None
            ),
            "clea_care_leaver_in_touch": one(draw, "YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None),
            "clea_care_leaver_latest_contact": perhaps(draw, day, 0, 900),
            "clea_pathway_plan_review_date": perhaps(draw, day, -10, 900),
        }
        for _ in range(draw(st.integers(0, 3)) and 1)
    ]
    child.rows["address"] = [
        {"addr_address_start_date": start, "addr_address_end_date": end}
        for start, end in spells(draw, draw(st.integers(1, 3)), distinct=True)
    ]
    return child


PERSON = {
    "cin_episodes": "cine_person_id",
    "cin_assessments": "cina_person_id",
    "cin_plans": "cinp_person_id",
    "cla_episodes": "clae_person_id",
    "s47_enquiry": "s47e_person_id",
    "initial_cp_conference": "icpc_person_id",
    "cp_plans": "cppl_person_id",
    "cp_reviews": "cppr_person_id",
    "missing": "miss_person_id",
    "pre_proceedings": "prep_person_id",
    "cla_placement": "clap_person_id",
    "legal_status": "lega_person_id",
    "cla_visits": "clav_person_id",
    "cla_reviews": "clar_cla_person_id",
    "cla_immunisations": "clai_person_id",
    "permanence": "perm_person_id",
    "care_leavers": "clea_person_id",
    "address": "addr_person_id",
}
OWN = (
    *("cine_referral_id", "cina_assessment_id", "cina_referral_id", "clae_cla_id", "s47e_s47_enquiry_id"),
    *("s47e_referral_id", "icpc_icpc_id", "icpc_s47_enquiry_id", "cppl_cp_plan_id", "icpc_cp_plan_id"),
    *("cppr_cp_plan_id", "prep_table_id", "clap_cla_placement_id", "clap_cla_id", "clar_cla_id"),
    *("perm_table_id", "perm_cla_id", "clea_table_id"),
)
"""Keys and what points to them: made each child's own."""


def authority_of(children):
    """The authority that holds these children, who are called P0, P1 …"""
    authority = Authority()
    for number, child in enumerate(children):
        person = f"P{number}"
        authority.add("person", pers_person_id=person, pers_dob=child.dob)
        for table, rows in child.rows.items():
            for row in rows:
                values = {
                    name: f"{person}-{value}" if name in OWN and value is not None else value
                    for name, value in row.items()
                }
                authority.add(table, **{PERSON[table]: person}, **values)
    return authority
