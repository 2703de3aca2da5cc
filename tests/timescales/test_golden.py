"""Every worked case, put into SSD tables and through the real engine."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.state import at
from tests.timescales.ssd import Authority

CASES = list(
    csv.DictReader((Path(__file__).parent.parent / "golden" / "golden_due_dates.csv").open(encoding="utf-8"))
)
ENGLAND = Calendar.england(2019, 2028)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def options(case: dict[str, str]) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in case["options"].split(";") if pair)


def span(text: str) -> tuple[date, date]:
    first, last = text.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)


class Case:
    """One worked case as a child of the authority; the child's number is the case's."""

    def __init__(self, authority: Authority, case: dict[str, str]) -> None:
        self.a, self.id, self.rule = authority, case["case_id"], case["rule_key"]
        self.start, self.last = day(case["start_date"]), day(case["previous_event_date"])
        self.done, self.end = day(case["completed_date"]), day(case["end_date"])
        self.dob, self.options = day(case["dob"]), options(case)
        authority.add("person", pers_person_id=self.id, pers_dob=self.dob)

    def events(self) -> list[date]:
        return [one for one in (self.last, self.done) if one]

    def build(self) -> None:
        maker = {"cla_review_first": "cla_review", "cla_review_second": "cla_review"}.get(
            self.rule, self.rule
        )
        maker = {"cla_review_later": "cla_review", "health_initial": "health", "health_review": "health"}.get(
            maker, maker
        )
        getattr(self, maker)()

    def assessment_45wd(self) -> None:
        referral = self.a.add("cin_episodes", cine_person_id=self.id, cine_referral_date=self.start)
        self.a.add(
            "cin_assessments",
            cina_person_id=self.id,
            cina_referral_id=referral,
            cina_assessment_start_date=self.start,
            cina_assessment_auth_date=self.done,
        )

    def icpc_15wd(self) -> None:
        if earlier := self.options.get("earlier_strategy_date"):
            self.a.add(
                "s47_enquiry",
                s47e_person_id=self.id,
                s47e_s47_start_date=day(earlier),
                s47e_s47_end_date=day(earlier),
                s47e_s47_nfa="Y",
            )
        enquiry = self.a.add("s47_enquiry", s47e_person_id=self.id, s47e_s47_start_date=self.start)
        self.a.add(
            "initial_cp_conference",
            icpc_person_id=self.id,
            icpc_s47_enquiry_id=enquiry,
            icpc_icpc_date=self.done,
        )

    def _plan(self) -> str:
        if earlier := self.options.get("earlier_plan"):
            first, last = span(earlier)
            self.a.add(
                "cp_plans", cppl_person_id=self.id, cppl_cp_plan_start_date=first, cppl_cp_plan_end_date=last
            )
        conference = self.a.add("initial_cp_conference", icpc_person_id=self.id, icpc_icpc_date=self.start)
        return self.a.add(
            "cp_plans",
            cppl_person_id=self.id,
            cppl_icpc_id=conference,
            cppl_cp_plan_start_date=self.start,
            cppl_cp_plan_end_date=self.end,
        )

    def cp_review_first(self) -> None:
        plan = self._plan()
        for one in self.events():
            theirs = plan if one >= self.start else None
            self.a.add("cp_reviews", cppr_person_id=self.id, cppr_cp_plan_id=theirs, cppr_cp_review_date=one)

    cp_review_later = cp_review_first

    def cp_visit(self) -> None:
        plan = self._plan()
        for one in self.events():
            self.a.add(
                "cp_visits",
                cppv_person_id=self.id,
                cppv_cp_plan_id=plan,
                cppv_cp_visit_date=one,
                cppv_cp_visit_seen="Y",
            )
        if unseen := self.options.get("unseen_visit_date"):
            self.a.add(
                "cp_visits",
                cppv_person_id=self.id,
                cppv_cp_plan_id=plan,
                cppv_cp_visit_date=day(unseen),
                cppv_cp_visit_seen="N",
            )

    def cin_visit(self) -> None:
        self.a.add(
            "cin_plans",
            cinp_person_id=self.id,
            cinp_cin_plan_start_date=self.start,
            cinp_cin_plan_end_date=self.end,
        )
        for one in self.events():
            self.a.add("cin_visits", cinv_person_id=self.id, cinv_cin_visit_date=one, cinv_cin_visit_seen="Y")

    def _care(self, entered: date, left: date | None = None, period: str | None = None) -> str:
        period = period or f"{self.id}-care-{entered}"
        self.a.add(
            "cla_episodes",
            clae_person_id=self.id,
            clae_cla_id=period,
            clae_cla_episode_start_date=entered,
            clae_entered_care_date=entered,
            clae_cla_episode_ceased_date=left,
        )
        return period

    def cla_visit(self) -> None:
        entered = self.start - timedelta(days=200)
        period = self._care(entered)
        kind = "U4" if self.options.get("placed_until_18") == "yes" else "U6"
        if self.options.get("placed_with_parent") == "ico":
            kind = "P1"
            self.a.add(
                "legal_status",
                lega_person_id=self.id,
                lega_legal_status="C1",
                lega_legal_status_start_date=self.start,
            )
            if self.options["first_review_held"] == "yes":
                self.a.add(
                    "cla_reviews", clar_cla_id=period, clar_cla_review_date=self.start + timedelta(days=25)
                )
        self.a.add(
            "cla_placement",
            clap_person_id=self.id,
            clap_cla_id=period,
            clap_cla_placement_start_date=entered,
            clap_cla_placement_end_date=self.start,
            clap_cla_placement_type="K2",
        )
        self.a.add(
            "cla_placement",
            clap_person_id=self.id,
            clap_cla_id=period,
            clap_cla_placement_start_date=self.start,
            clap_cla_placement_type=kind,
        )
        for one in self.events():
            self.a.add("cla_visits", clav_person_id=self.id, clav_cla_id=period, clav_cla_visit_date=one)

    def cla_review(self) -> None:
        if earlier := self.options.get("earlier_period"):
            first, last = span(earlier)
            before = self._care(first, last)
            self.a.add("cla_reviews", clar_cla_id=before, clar_cla_review_date=self.last)
            self._care(self.start)
            return
        period = self._care(self.start)
        if self.rule == "cla_review_later":
            self.a.add(
                "cla_reviews", clar_cla_id=period, clar_cla_review_date=self.start + timedelta(days=20)
            )
        for one in self.events():
            self.a.add("cla_reviews", clar_cla_id=period, clar_cla_review_date=one)
        if cancelled := self.options.get("cancelled_review_date"):
            self.a.add(
                "cla_reviews",
                clar_cla_id=period,
                clar_cla_review_date=day(cancelled),
                clar_cla_review_cancelled="Y",
            )

    def _checks(self, kind: str) -> None:
        self._care(self.start)
        for one in self.events():
            self.a.add(
                "cla_health",
                clah_person_id=self.id,
                clah_health_check_type=kind,
                clah_health_check_date=one,
                clah_health_check_status="Completed",
            )

    def health(self) -> None:
        self._checks("HEALTH")

    def dental_check(self) -> None:
        self._checks("DENTAL")

    def sdq(self) -> None:
        self._care(self.start)
        for one in self.events():
            self.a.add("sdq_scores", csdq_person_id=self.id, csdq_sdq_completed_date=one, csdq_sdq_score=11)

    def return_interview(self) -> None:
        self.a.add(
            "missing",
            miss_person_id=self.id,
            miss_missing_episode_type="M",
            miss_missing_episode_start_date=self.start - timedelta(days=1),
            miss_missing_episode_end_date=self.start,
            miss_missing_rhi_offered="N",
        )

    def _leaver(self, **values: Any) -> None:
        self.a.add("care_leavers", clea_person_id=self.id, **values)

    def pathway_assessment(self) -> None:
        entered = self.options.get("entered_care")
        self._care(day(entered) if entered else self.start - timedelta(days=400))
        self._leaver(clea_care_leaver_eligibility="Eligible", clea_pathway_plan_review_date=self.done)

    def pathway_review(self) -> None:
        self._leaver(
            clea_care_leaver_eligibility="Former Relevant",
            clea_care_leaver_in_touch="NO" if self.options.get("support_to_25") == "no" else "YES",
            clea_pathway_plan_review_date=self.last,
        )

    def pa_contact(self) -> None:
        self._leaver(
            clea_care_leaver_eligibility="Former Relevant",
            clea_care_leaver_in_touch="YES",
            clea_care_leaver_latest_contact=self.last,
        )

    def pa_visit_first(self) -> None:
        self.a.add("address", addr_person_id=self.id, addr_address_start_date=self.start)
        self._leaver(
            clea_care_leaver_eligibility="Former Relevant",
            clea_care_leaver_latest_contact=self.done or self.last,
        )

    pa_visit_later = pa_visit_first

    def care_proceedings_26w(self) -> None:
        self.a.add(
            "legal_status",
            lega_person_id=self.id,
            lega_legal_status="C1",
            lega_legal_status_start_date=self.start,
        )

    def adoption_entry_to_placed(self) -> None:
        self.a.add(
            "permanence",
            perm_person_id=self.id,
            perm_cla_id=self._care(self.start),
            perm_adm_decision_date=self.start + timedelta(days=180),
            perm_placed_for_adoption_date=self.done,
        )


@cache
def worked(tmp: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    authority = Authority()
    for case in CASES:
        Case(authority, case).build()
    overrides = Path(tmp) / "rules.toml"
    overrides.write_text("[rule.pa_visit_first]\non = true\n[rule.pa_visit_later]\non = true\n")
    rules = load_rules(overrides)
    return due_items(authority.scan, rules, ENGLAND).collect(), rules.frame()


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    return worked(str(tmp_path_factory.mktemp("rules")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_the_worked_case_comes_out_as_worked(case, everything):
    items, rules = everything
    standing = (
        at(items.lazy(), rules.lazy(), ENGLAND, date.fromisoformat(case["as_at_date"]))
        .filter(pl.col("person_id") == case["case_id"], pl.col("rule") == case["rule_key"])
        .sort("started", "cycle")
        .collect()
    )
    found = standing.row(-1, named=True)
    if case["completed_date"]:
        found = standing.filter(pl.col("done_date") == day(case["completed_date"])).row(-1, named=True)
    state = {"due_soon": "due"}.get(found["state"], found["state"])
    late = "" if found["days_late"] is None else str(found["days_late"])
    expected = (case["expected_due_date"], case["expected_status"], case["expected_days_late"])
    assert (str(found["due_date"]), state, late) == expected, case["tests"]


def test_there_are_seventy_worked_cases():
    assert len(CASES) == 70


def test_every_item_has_its_own_name(everything):
    items, _ = everything
    assert items["item_id"].is_unique().all()
    assert items["item_id"].null_count() == 0
