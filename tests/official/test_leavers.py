"""Care leavers against an account in plain Python, and what an earlier day does not know."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from fcl_tui.reports.measured.measure import chosen
from fcl_tui.reports.official import asked
from fcl_tui.reports.question.query import Query
from tests.asking import context
from tests.official.care_oracle import age, back, turning
from tests.reports.by_hand import Authority, episode

DAY = date(2026, 3, 31)
EET = {"F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5"}
KINDS = ("Relevant", "Former Relevant", "Qualifying", "Eligible", "No Current Eligibility")


def young(number, dice):
    """One young person: when born, what the leaving care record says, how care ended."""
    years = dice.randint(15, 25)
    near = [DAY, back(DAY, 12), back(DAY, 12) + timedelta(days=1), DAY + timedelta(days=1)]
    born = turning(dice.choice(near), -years) if dice.random() < 0.6 else date(2026 - years, 2, 17)
    if dice.random() < 0.1:
        born = dice.choice([date(2004, 2, 29), date(2008, 2, 29)])
    eighteen = turning(born, 18)
    return {
        "id": str(number), "born": born, "kind": dice.choice(KINDS[:3] * 2 + KINDS[3:]),
        "touch": dice.choice(["YES", "YES", "YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None]),
        "contact": dice.choice([None, DAY, DAY - timedelta(days=56), DAY - timedelta(days=57)]),
        "plan": dice.choice([None, DAY, date(2025, 9, 30), date(2025, 9, 29)]),
        "home": dice.choice([*"BDGHRSVWXZUZZ", None]), "suitable": dice.choice(["1", "1", "2", None]),
        "doing": dice.choice([*sorted(EET), "G4", "G5", "G6", "0", None]),
        "adviser": dice.choice(["a1", "a2", None]), "uasc": dice.random() < 0.3,
        "mother": dice.random() < 0.1, "place": dice.choice(["U6", "U1", "K2"]),
        "left": dice.choice([eighteen, eighteen, eighteen - timedelta(days=200)]),
        "why": dice.choice(["E17", "E8", "E4A"]),
    }  # fmt: skip


def expected(people):
    told, below = Counter(), Counter()

    def part(key, of, yes=True):
        told[key] += bool(of and yes)
        below[key] += bool(of)

    for one in people:
        years = age(one["born"], DAY)
        here = one["kind"] in KINDS[:3] and 16 <= years <= 24 and one["touch"] != "DIED"
        told["cl_current"] += here
        told["cl_over21"] += here and years >= 21
        part("cl_uasc", here, one["uasc"])
        part("cl_parents", here, one["mother"])
        part("cl_bad_accommodation", here, one["home"] in ("W", "V", "S", "X"))
        sought = here and one["touch"] not in ("NREQ", "RHOM")
        part("cl_in_touch", sought, one["touch"] == "YES")
        part("cl_contact_8w", sought, one["contact"] and one["contact"] >= DAY - timedelta(days=56))
        part("cl_pathway", here and years <= 20, one["plan"] and one["plan"] >= back(DAY, 6))
        part("cl_pa", here, one["adviser"])
        turned = {n for n in range(17, 22) if back(DAY, 12) < turning(one["born"], n) <= DAY}
        stays = one["touch"] not in ("DIED", "RHOM")
        later = stays and one["kind"] == "Former Relevant" and turned & {19, 20, 21}
        earlier = stays and one["kind"] in ("Relevant", "Former Relevant") and turned & {17, 18}
        told["cl_birthday_19_21"] += bool(later)
        told["cl_birthday_17_18"] += bool(earlier)
        part("cl_eet_19_21", later, one["doing"] in EET)
        part("cl_eet_17_18", earlier, one["doing"] in EET)
        part("cl_he", later, one["doing"] in ("F1", "P1"))
        part("cl_apprentice", later, one["doing"] in ("F4", "P4"))
        part("cl_activity_unknown", later, one["doing"] in (None, "0") or one["touch"] == "NO")
        known = one["home"] not in ("G", "H", "R")
        part("cl_suitable_19_21", later and known, one["suitable"] == "1")
        part("cl_suitable_17_18", earlier and known, one["suitable"] == "1")
        at_18 = one["why"] == "E17" or one["left"] == turning(one["born"], 18)
        fostered = one["left"] <= DAY and at_18 and one["place"][0] == "U" and years in (19, 20)
        part("cl_staying_put", fostered, one["home"] == "Z")
    return {key: (told[key], below.get(key)) for key in told}


@pytest.fixture(scope="module")
def people():
    dice = random.Random(5)
    return [young(number, dice) for number in range(400)]


@pytest.fixture(scope="module")
def scan(people):
    rows = {name: [] for name in ("person", "care_leavers", "cla_episodes", "cla_placement",
                                  "immigration_status", "mother")}  # fmt: skip
    for one in people:
        begun = one["left"] - timedelta(days=1000)
        rows["person"].append({"pers_person_id": one["id"], "pers_dob": one["born"]})
        rows["care_leavers"].append({
            "clea_person_id": one["id"], "clea_care_leaver_eligibility": one["kind"],
            "clea_care_leaver_in_touch": one["touch"], "clea_care_leaver_latest_contact": one["contact"],
            "clea_pathway_plan_review_date": one["plan"], "clea_care_leaver_accommodation": one["home"],
            "clea_care_leaver_accom_suitable": one["suitable"], "clea_care_leaver_activity": one["doing"],
            "clea_care_leaver_personal_advisor": one["adviser"],
        })  # fmt: skip
        rows["cla_episodes"].append(
            episode(one["id"], begun, one["left"], clae_cla_id=one["id"],
                    clae_cla_episode_ceased_reason=one["why"])
        )  # fmt: skip
        rows["cla_placement"].append({
            "clap_person_id": one["id"], "clap_cla_placement_start_date": begun,
            "clap_cla_placement_end_date": one["left"], "clap_cla_placement_type": one["place"],
        })  # fmt: skip
        if one["uasc"]:
            rows["immigration_status"].append(
                {"immi_person_id": one["id"], "immi_immigration_status": "UASC",
                 "immi_immigration_status_start_date": begun, "immi_immigration_status_end_date": one["left"]}
            )  # fmt: skip
        if one["mother"]:
            rows["mother"].append({"moth_person_id": one["id"], "moth_childs_dob": date(2025, 1, 1)})
    return Authority(**rows).scan


def figures(scan, keys, day=DAY, data_date=DAY):
    those = chosen(sorted(keys), asked.official())
    told = context(scan, day, data_date=data_date)
    by_family = {}
    for one in those:
        by_family.setdefault(one.family.key, []).append(one)
    rows = [
        row
        for group in by_family.values()
        for row in asked.figures(group, told, Query("x", "x"), None).collect().to_dicts()
    ]
    return {row["key"]: row for row in rows}


def test_every_figure_is_what_plain_python_counts(people, scan):
    ours = expected(people)
    theirs = figures(scan, ours)
    assert {key: (row["numerator"], row["denominator"]) for key, row in theirs.items()} == ours
    assert min(below for _, below in ours.values() if below is not None) > 9, "too little is compared"


def test_what_the_record_says_without_a_date_is_not_known_on_an_earlier_day(scan):
    keys = ["cl_contact_8w", "cl_pathway", "cl_in_touch", "cl_eet_19_21", "cl_staying_put"]
    for row in figures(scan, keys, day=date(2026, 3, 30)).values():
        assert row["value"] is None, row
        assert row["numerator"] is None, row
    assert figures(scan, ["cl_current"], day=date(2026, 3, 30))["cl_current"]["value"] > 100
