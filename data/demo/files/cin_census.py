"""The demo authority as a children in need census: the year up to a day, as one XML file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data.demo.annex_a.facts import CHILD, Facts
from data.demo.files.writing import demo_file
from data.demo.files.xml_text import group, leaf, listed, true

FILE_NAME = "CIN census.xml"
SOFTWARE = "fcl-tui demo"
"""In the header; a file without it is somebody's own and is never overwritten."""

AT_A_TIME = 5_000
"""Children made into text at a time."""

_AUTHORITY = "846"
_MARK = f"<SoftwareCode>{SOFTWARE}</SoftwareCode>"


def write_cin_census(tables: Mapping[str, pl.DataFrame], target: Path, as_at: date) -> Path:
    """Write the census that SSD tables give for the year ending on a day.

    Args:
        tables: SSD tables by name, without prefix.
        target: an .xml file, or a folder (made if need be) for "CIN census.xml".
        as_at: the reference date; nothing after it is written.

    Returns:
        the file written.

    Raises:
        DataError: it cannot be written, or a census that is not the demo's is there already.
    """
    path = target if target.suffix.lower() == ".xml" else target / FILE_NAME
    with demo_file(path, _is_demo) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_text(tables, as_at))
    return path


def _is_demo(path: Path) -> bool:
    with path.open("rb") as file:
        return _MARK.encode() in file.read(4096)


def _text(tables: Mapping[str, pl.DataFrame], as_at: date) -> Iterator[str]:
    year = as_at.year + ((as_at.month, as_at.day) > (3, 31))
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header><CollectionDetails>'
        f"<Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{as_at}</ReferenceDate>"
        f"</CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>{_AUTHORITY}</LEA>{_MARK}"
        f"<Release>1</Release><SerialNo>001</SerialNo><DateTime>{as_at}T12:00:00</DateTime></Source></Header>\n"
        "<Children>\n"
    )
    census = _Census(Facts(tables, as_at))
    for children in census.children().iter_slices(AT_A_TIME):
        for text in census.texts(children):
            yield f"{text}\n"
    yield "</Children>\n</Message>\n"


class _Census:
    """The facts of a year, child by child."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._since = facts.as_at + timedelta(days=1)
        leap_day = (self._since.month, self._since.day) == (2, 29)
        self._since = self._since.replace(year=self._since.year - 1, day=28 if leap_day else self._since.day)
        referrals = facts.table("cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date")
        closed = pl.col("cine_close_date")
        went_on = (pl.col("cine_referral_nfa") != "Y").fill_null(True)
        self._referrals = referrals.filter(
            pl.col("cine_referral_id").is_not_null(),
            (pl.col("cine_referral_date") >= self._since)
            | (closed >= self._since).fill_null(False)
            | (closed.is_null() & went_on),
        )

    def children(self) -> pl.DataFrame:
        """child (unique, sorted): those with a referral in the year or open in it."""
        return self._referrals.select(CHILD).unique().sort(CHILD)

    def texts(self, children: pl.DataFrame) -> list[str]:
        """The Child element of each of these children."""
        people = children.join(
            self._some("person", "pers_person_id", children).unique(CHILD, keep="first", maintain_order=True),
            on=CHILD, how="left", maintain_order="left",
        )  # fmt: skip
        former = self._some("linked_identifiers", "link_person_id", children).filter(
            pl.col("link_identifier_type") == "Former Unique Pupil Number"
        )
        former = former.unique(CHILD, keep="first", maintain_order=True).select(
            CHILD, "link_identifier_value"
        )
        disabled = listed(
            self._some("disability", "disa_person_id", children), CHILD,
            leaf("Disability", pl.col("disa_disability_code")), "disa_disability_code",
        )  # fmt: skip
        people = people.join(former, on=CHILD, how="left", maintain_order="left")
        for name, part in (("disabilities", disabled), ("details", self._details(children))):
            people = people.join(part.rename({"text": name}), on=CHILD, how="left", maintain_order="left")
        born = pl.col("pers_dob")
        return people.select(
            group(
                "Child",
                group(
                    "ChildIdentifiers",
                    leaf("LAchildID", pl.col(CHILD)),
                    leaf("UPN", pl.col("pers_upn")),
                    leaf("FormerUPN", pl.col("link_identifier_value")),
                    leaf("UPNunknown", pl.col("pers_upn_unknown")),
                    leaf("PersonBirthDate", pl.when(born <= self._facts.day).then(born)),
                    leaf("ExpectedPersonBirthDate", pl.col("pers_expected_dob")),
                    leaf("Sex", pl.col("pers_sex").fill_null("U")),
                    leaf("PersonDeathDate", pl.col("pers_death_date")),
                ),
                group(
                    "ChildCharacteristics",
                    leaf("Ethnicity", pl.col("pers_ethnicity")),
                    group("Disabilities", pl.col("disabilities")),
                ),
                pl.col("details"),
            )
        ).to_series().to_list()  # fmt: skip

    def _some(
        self, table: str, person: str, children: pl.DataFrame, start: str | None = None, *ends: str
    ) -> pl.DataFrame:
        """A table's rows about these children, as they were on the day."""
        return self._facts.table(table, person, start, *ends).join(children, on=CHILD, how="semi")

    def _details(self, children: pl.DataFrame) -> pl.DataFrame:
        """child and text: the CINdetails of each."""
        rows = self._referrals.join(children, on=CHILD, how="semi")
        moved_in, enquiries = self._enquiries(children)
        parts = {
            "assessments": self._assessments(children),
            "plans": self._plans(children),
            "enquiries": enquiries,
            "protection": self._protection(children),
            "proceedings": self._proceedings(children, rows),
        }
        for name, part in parts.items():
            part = part.rename({"text": name, part.columns[0]: "cine_referral_id"})  # noqa: PLW2901
            rows = rows.join(part, on="cine_referral_id", how="left", maintain_order="left")
        rows = rows.join(moved_in, on="cine_referral_id", how="left", maintain_order="left")
        closed = pl.col("cine_close_date").is_not_null()
        text = group(
            "CINdetails",
            leaf("CINreferralDate", pl.col("cine_referral_date")),
            leaf("ReferralSource", pl.col("cine_referral_source_code")),
            leaf("PrimaryNeedCode", pl.col("cine_cin_primary_need_code")),
            leaf("CINclosureDate", pl.col("cine_close_date")),
            leaf("ReasonForClosure", pl.when(closed).then("cine_close_reason")),
            leaf("DateOfInitialCPC", pl.col("moved_in")),
            *(pl.col(name) for name in parts),
            leaf("ReferralNFA", true(pl.col("cine_referral_nfa") == "Y")),
        )
        return listed(rows, CHILD, text, "cine_referral_date", "cine_referral_id")

    def _lately(self, end: str) -> pl.Expr:
        """Whether something was not over before the year began."""
        return pl.col(end).is_null() | (pl.col(end) >= self._since)

    def _assessments(self, children: pl.DataFrame) -> pl.DataFrame:
        start, done = "cina_assessment_start_date", "cina_assessment_auth_date"
        rows = self._some("cin_assessments", "cina_person_id", children, start, done).filter(
            self._lately(done)
        )
        codes = self._facts.table("assessment_factors", "cinf_assessment_id")
        codes = codes.join(rows, left_on=CHILD, right_on="cina_assessment_id", how="semi").select(
            pl.col(CHILD).alias("cina_assessment_id"),
            code=pl.col("cinf_assessment_factors_json").str.extract_all(r"\d{1,2}[A-Z]?"),
        )
        factors = listed(
            codes.explode("code").drop_nulls(), "cina_assessment_id",
            leaf("AssessmentFactors", pl.col("code")), "cina_assessment_id", "code",
        )  # fmt: skip
        rows = rows.join(factors, on="cina_assessment_id", how="left", maintain_order="left")
        text = group(
            "Assessments",
            leaf("AssessmentActualStartDate", pl.col(start)),
            leaf("AssessmentAuthorisationDate", pl.col(done)),
            group("FactorsIdentifiedAtAssessment", pl.col("text")),
        )
        return listed(rows, "cina_referral_id", text, start, "cina_assessment_id")

    def _plans(self, children: pl.DataFrame) -> pl.DataFrame:
        start, end = "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"
        rows = self._some("cin_plans", "cinp_person_id", children, start, end).filter(self._lately(end))
        text = group(
            "CINPlanDates", leaf("CINPlanStartDate", pl.col(start)), leaf("CINPlanEndDate", pl.col(end))
        )
        return listed(rows, "cinp_referral_id", text, start, "cinp_cin_plan_id")

    def _enquiries(self, children: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Conferences of children who moved in, by referral; section 47 enquiries."""
        start, end = "s47e_s47_start_date", "s47e_s47_end_date"
        rows = self._some("s47_enquiry", "s47e_person_id", children, start, end)
        met = self._some("initial_cp_conference", "icpc_person_id", children, None, "icpc_icpc_date")
        moved = (pl.col("icpc_icpc_transfer_in") == "Y").fill_null(False)
        moved |= pl.col("icpc_s47_enquiry_id").is_null()
        met = met.sort("icpc_icpc_date", "icpc_icpc_id", nulls_last=True)
        moved_in = (
            met.filter(moved, self._lately("icpc_icpc_date"))
            .group_by("icpc_referral_id")
            .agg(moved_in=pl.col("icpc_icpc_date").last())
            .rename({"icpc_referral_id": "cine_referral_id"})
        )
        met = met.select(
            CHILD, "icpc_icpc_target_date", "icpc_icpc_date", moved=moved,
            s47e_s47_enquiry_id="icpc_s47_enquiry_id",
        ).unique([CHILD, "s47e_s47_enquiry_id"], keep="first", maintain_order=True)  # fmt: skip
        rows = rows.join(met, on=[CHILD, "s47e_s47_enquiry_id"], how="left", maintain_order="left")
        own = pl.col("moved").is_not_null() & ~pl.col("moved")
        waits = pl.col(end).is_null() | (own & pl.col("icpc_icpc_date").is_null())
        rows = rows.filter((pl.col(start) >= self._since) | waits)
        without = (pl.col("s47e_s47_nfa") == "Y").fill_null(False) | (pl.col(end).is_not_null() & ~own)
        text = group(
            "Section47",
            leaf("S47ActualStartDate", pl.col(start)),
            leaf("InitialCPCtarget", pl.when(own).then("icpc_icpc_target_date")),
            leaf("DateOfInitialCPC", pl.when(own).then("icpc_icpc_date")),
            leaf("ICPCnotRequired", true((without | pl.col("moved").fill_null(False)) & ~own)),
        )
        return moved_in, listed(rows, "s47e_referral_id", text, start, "s47e_s47_enquiry_id")

    def _protection(self, children: pl.DataFrame) -> pl.DataFrame:
        start, end, plan = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date", "cppl_cp_plan_id"
        rows = self._some("cp_plans", "cppl_person_id", children, start, end)
        rows = rows.filter((pl.col("cppl_cp_plan_ola") != "Y").fill_null(True))
        rows = rows.with_columns(before=pl.col(start).rank("ordinal").over(CHILD) - 1).filter(
            self._lately(end)
        )
        reviews = self._some("cp_reviews", "cppr_person_id", children, "cppr_cp_review_date")
        dates = listed(
            reviews,
            "cppr_cp_plan_id",
            leaf("CPPreviewDate", pl.col("cppr_cp_review_date")),
            "cppr_cp_review_date",
        ).rename({"cppr_cp_plan_id": plan})
        rows = rows.join(dates, on=plan, how="left", maintain_order="left")
        text = group(
            "ChildProtectionPlans",
            leaf("CPPstartDate", pl.col(start)),
            leaf("CPPendDate", pl.col(end)),
            leaf("InitialCategoryOfAbuse", pl.col("cppl_cp_plan_initial_category")),
            leaf("LatestCategoryOfAbuse", pl.col("cppl_cp_plan_latest_category")),
            leaf("NumberOfPreviousCPP", pl.col("before")),
            group("Reviews", pl.col("text")),
        )
        return listed(rows, "cppl_referral_id", text, start, plan)

    def _proceedings(self, children: pl.DataFrame, referrals: pl.DataFrame) -> pl.DataFrame:
        """Pre-proceedings of the year, under the child's latest referral when they began."""
        start = "prep_pre_pro_decision_date"
        rows = self._some("pre_proceedings", "prep_person_id", children, start)
        dated = referrals.select(CHILD, "cine_referral_id", "cine_referral_date")
        rows = rows.filter(pl.col(start) >= self._since).sort(start, "prep_table_id")
        rows = rows.join_asof(
            dated.sort("cine_referral_date", "cine_referral_id"), left_on=start,
            right_on="cine_referral_date", by=CHILD, strategy="backward", check_sortedness=False,
        ).filter(pl.col("cine_referral_id").is_not_null())  # fmt: skip
        day = self._facts.day
        happened = {
            "LBPSentDate": "prep_pre_pro_letter_date",
            "InitialPPMeetingDate": "prep_initial_pre_pro_meeting_date",
            "StepDecisionDate": "prep_agree_stepdown_issue_date",
            "LetterInitCPDate": "prep_care_pro_letter_date",
        }
        text = group(
            "PreProceedingsandFGDM",
            leaf("PPStartDate", pl.col(start)),
            *(leaf(name, pl.when(pl.col(field) <= day).then(field)) for name, field in happened.items()),
            leaf("ReviewMeetingsCount", pl.col("prep_pre_pro_meetings_num")),
        )
        return listed(rows, "cine_referral_id", text, start, "prep_table_id")
