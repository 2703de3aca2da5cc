"""Each element of the census and the SSD field it fills, by hand."""

from datetime import date

import pytest

from data.schema.tables import key_of, polars_schema
from tests.data.cin_by_hand import Read, census, child, details, el

REFERRED = "CIN-R-A1-2024-06-03"


def only(frame) -> dict:
    """The one row, without what is null."""
    (row,) = frame.to_dicts()
    return {name: value for name, value in row.items() if value is not None and name != "source"}


def test_a_child(tmp_path):
    read = Read(
        tmp_path,
        census(
            child(
                identifiers=(
                    "<UPN>A123456789012</UPN><FormerUPN>X98765432101B</FormerUPN><UPNunknown>UN6</UPNunknown>"
                    "<PersonBirthDate>2015-03-04</PersonBirthDate><Sex>M</Sex>"
                    "<PersonDeathDate>2025-01-02</PersonDeathDate>"
                ),
                characteristics="<Ethnicity>MWBC</Ethnicity>",
            )
        ),
    )
    assert only(read["person"]) == {
        "pers_person_id": "A1", "pers_upn": "A123456789012", "pers_upn_unknown": "UN6",
        "pers_dob": date(2015, 3, 4), "pers_sex": "M", "pers_death_date": date(2025, 1, 2),
        "pers_ethnicity": "MWBC", "source_row": "Child/Child[1] (line 2)",
    }  # fmt: skip
    identifiers = read["linked_identifiers"].select(
        "link_person_id", "link_identifier_type", "link_identifier_value"
    )
    assert identifiers.rows() == [
        ("A1", "Unique Pupil Number", "A123456789012"),
        ("A1", "Former Unique Pupil Number", "X98765432101B"),
    ]
    assert read["linked_identifiers"]["link_table_id"].n_unique() == 2
    assert read.rules() == {}


def test_an_unborn_child(tmp_path):
    unborn = "<ExpectedPersonBirthDate>2025-08-01</ExpectedPersonBirthDate><Sex>U</Sex>"
    row = only(Read(tmp_path, census(child(identifiers=unborn)))["person"])
    assert row["pers_expected_dob"] == date(2025, 8, 1)
    assert "pers_dob" not in row


@pytest.mark.parametrize(
    ("code", "sex", "gender"), [("0", "U", "U"), ("1", "M", "M"), ("2", "F", "F"), ("9", "U", "I")]
)
def test_gender_of_the_years_before_sex(tmp_path, code, sex, gender):
    row = only(Read(tmp_path, census(child(identifiers=f"<GenderCurrent>{code}</GenderCurrent>")))["person"])
    assert (row["pers_sex"], row["pers_gender"]) == (sex, gender)


def test_sex_is_no_gender(tmp_path):
    row = only(Read(tmp_path, census(child(identifiers="<Sex>2</Sex>")))["person"])
    assert row["pers_sex"] == "F"
    assert "pers_gender" not in row


def test_disabilities(tmp_path):
    two = el("Disabilities", "<Disability>AUT</Disability><Disability>LD</Disability>")
    read = Read(tmp_path, census(child(characteristics=two), child(id="A2")))
    assert read["disability"].select("disa_person_id", "disa_disability_code").rows() == [
        ("A1", "AUT"),
        ("A1", "LD"),
    ]


def test_a_referral(tmp_path):
    read = Read(
        tmp_path,
        census(
            child(
                details(
                    PrimaryNeedCode="N1", CINclosureDate="2024-12-01", ReasonForClosure="RC8"
                )
            )
        ),
    )  # fmt: skip
    assert only(read["cin_episodes"]) == {
        "cine_referral_id": REFERRED, "cine_person_id": "A1", "cine_referral_date": date(2024, 6, 3),
        "cine_referral_source_code": "1A", "cine_referral_source_desc": "family member, relative or carer",
        "cine_cin_primary_need_code": "N1", "cine_close_date": date(2024, 12, 1), "cine_close_reason": "RC8",
        "cine_referral_nfa": "N", "source_row": "CINdetails/Child[1]/CINdetails[1] (line 2)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"), [("true", "Y"), ("TRUE", "Y"), ("1", "Y"), ("false", "N"), ("FALSE", "N"), ("0", "N")]
)
def test_yes_and_no(tmp_path, text, code):
    inside = "<CINreferralDate>2024-06-03</CINreferralDate>"
    read = Read(tmp_path, census(child(el("CINdetails", inside, ReferralNFA=text))))
    assert read["cin_episodes"]["cine_referral_nfa"].to_list() == [code]


def assessment(start="2024-06-04", end="2024-07-01", factors=("2B", "16A")):
    codes = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors)
    return el(
        "Assessments",
        f"<AssessmentActualStartDate>{start}</AssessmentActualStartDate>",
        "<AssessmentInternalReviewDate>2024-06-14</AssessmentInternalReviewDate>",
        f"<AssessmentAuthorisationDate>{end}</AssessmentAuthorisationDate>",
        el("FactorsIdentifiedAtAssessment", codes),
    )


def test_an_assessment_and_its_factors(tmp_path):
    read = Read(tmp_path, census(child(details(assessment(factors=("16A", "2B", "2B", "9Z"))))))
    where = "Assessments/Child[1]/CINdetails[1]/Assessments[1] (line 2)"
    assert only(read["cin_assessments"]) == {
        "cina_assessment_id": "CIN-A-A1-2024-06-04", "cina_person_id": "A1", "cina_referral_id": REFERRED,
        "cina_assessment_start_date": date(2024, 6, 4), "cina_assessment_auth_date": date(2024, 7, 1),
        "source_row": where,
    }  # fmt: skip
    assert only(read["assessment_factors"]) == {
        "cinf_table_id": "CIN-A-A1-2024-06-04-F", "cinf_assessment_id": "CIN-A-A1-2024-06-04",
        "cinf_assessment_factors_json": '["2B", "9Z", "16A"]', "source_row": where,
    }  # fmt: skip
    unknown = read.issue("unknown_code")
    assert (unknown["column"], unknown["value"], unknown["effect"]) == ("AssessmentFactors", "9Z", "kept")
    told = read.issue("no_ssd_home")
    assert (told["place"], told["column"]) == ("Assessments", "AssessmentInternalReviewDate")


def test_an_open_assessment_without_factors(tmp_path):
    read = Read(tmp_path, census(child(details(assessment(end="", factors=())))))
    assert "cina_assessment_auth_date" not in only(read["cin_assessments"])
    assert read["assessment_factors"].is_empty()


def test_a_factor_that_would_break_the_json_does_not(tmp_path):
    import json

    read = Read(tmp_path, census(child(details(assessment(factors=('a"b\\', "1A"))))))
    listed = json.loads(read["assessment_factors"]["cinf_assessment_factors_json"][0])
    assert set(listed) == {'a"b\\', "1A"}


def test_a_child_in_need_plan(tmp_path):
    plan = el("CINPlanDates", CINPlanStartDate="2024-07-02", CINPlanEndDate="2024-09-01")
    assert only(Read(tmp_path, census(child(details(plan))))["cin_plans"]) == {
        "cinp_cin_plan_id": "CIN-P-A1-2024-07-02", "cinp_referral_id": REFERRED, "cinp_person_id": "A1",
        "cinp_cin_plan_start_date": date(2024, 7, 2), "cinp_cin_plan_end_date": date(2024, 9, 1),
        "source_row": "CINPlanDates/Child[1]/CINdetails[1]/CINPlanDates[1] (line 2)",
    }  # fmt: skip


def enquiry(start="2024-08-01", held="2024-08-20", nfa="false"):
    return el(
        "Section47", f"<S47ActualStartDate>{start}</S47ActualStartDate>",
        "<InitialCPCtarget>2024-08-22</InitialCPCtarget>",
        f"<DateOfInitialCPC>{held}</DateOfInitialCPC><ICPCnotRequired>{nfa}</ICPCnotRequired>",
    )  # fmt: skip


def protection(start="2024-08-20", *reviews):
    dates = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    return el(
        "ChildProtectionPlans", f"<CPPstartDate>{start}</CPPstartDate><CPPendDate>2025-02-01</CPPendDate>",
        "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>",
        "<NumberOfPreviousCPP>0</NumberOfPreviousCPP>", el("Reviews", dates),
    )  # fmt: skip


def test_an_enquiry_its_conference_its_plan_and_the_reviews(tmp_path):
    read = Read(
        tmp_path, census(child(details(enquiry(), protection("2024-08-20", "2024-11-10", "2025-01-30"))))
    )
    where = "Section47/Child[1]/CINdetails[1]/Section47[1] (line 2)"
    assert only(read["s47_enquiry"]) == {
        "s47e_s47_enquiry_id": "CIN-S-A1-2024-08-01", "s47e_referral_id": REFERRED, "s47e_person_id": "A1",
        "s47e_s47_start_date": date(2024, 8, 1), "s47e_s47_nfa": "N", "source_row": where,
    }  # fmt: skip
    assert only(read["initial_cp_conference"]) == {
        "icpc_icpc_id": "CIN-C-A1-2024-08-20", "icpc_s47_enquiry_id": "CIN-S-A1-2024-08-01",
        "icpc_person_id": "A1", "icpc_cp_plan_id": "CIN-CP-A1-2024-08-20", "icpc_referral_id": REFERRED,
        "icpc_icpc_target_date": date(2024, 8, 22), "icpc_icpc_date": date(2024, 8, 20), "source_row": where,
    }  # fmt: skip
    assert only(read["cp_plans"]) == {
        "cppl_cp_plan_id": "CIN-CP-A1-2024-08-20", "cppl_referral_id": REFERRED,
        "cppl_icpc_id": "CIN-C-A1-2024-08-20", "cppl_person_id": "A1",
        "cppl_cp_plan_start_date": date(2024, 8, 20), "cppl_cp_plan_end_date": date(2025, 2, 1),
        "cppl_cp_plan_initial_category": "NEG", "cppl_cp_plan_latest_category": "EMO",
        "source_row": "ChildProtectionPlans/Child[1]/CINdetails[1]/ChildProtectionPlans[1] (line 2)",
    }  # fmt: skip
    reviews = read["cp_reviews"].select(
        "cppr_person_id", "cppr_cp_plan_id", "cppr_cp_review_date", "source_row"
    )
    plan, path = "CIN-CP-A1-2024-08-20", "CPPreviewDate/Child[1]/CINdetails[1]/ChildProtectionPlans[1]"
    assert reviews.rows() == [
        ("A1", plan, date(2024, 11, 10), f"{path}/CPPreviewDate[1] (line 2)"),
        ("A1", plan, date(2025, 1, 30), f"{path}/CPPreviewDate[2] (line 2)"),
    ]
    assert read.issue("no_ssd_home")["column"] == "NumberOfPreviousCPP"


@pytest.mark.parametrize("wrapped", ["<CPPreviews>{}</CPPreviews>", "{}"])
def test_reviews_in_another_wrapper_or_in_none(tmp_path, wrapped):
    review = wrapped.format("<CPPreviewDate>2024-11-10</CPPreviewDate>")
    plan = el("ChildProtectionPlans", "<CPPstartDate>2024-08-20</CPPstartDate>", review)
    read = Read(tmp_path, census(child(details(plan))))
    assert read["cp_reviews"]["cppr_cp_plan_id"].to_list() == ["CIN-CP-A1-2024-08-20"]
    assert "unknown_element" not in read.rules()


def test_an_enquiry_that_awaits_its_conference_makes_none_and_says_so(tmp_path):
    read = Read(tmp_path, census(child(details(enquiry(held="")))))
    assert read["initial_cp_conference"].is_empty()
    assert "(once)" in read.issue("target_without_conference")["reason"]


def test_a_conference_under_no_enquiry_is_a_transfer_in(tmp_path):
    read = Read(tmp_path, census(child(details(DateOfInitialCPC="2024-06-10"))))
    assert only(read["initial_cp_conference"]) == {
        "icpc_icpc_id": "CIN-C-A1-2024-06-10", "icpc_person_id": "A1", "icpc_referral_id": REFERRED,
        "icpc_icpc_date": date(2024, 6, 10), "icpc_icpc_transfer_in": "Y",
        "source_row": "DateOfInitialCPC/Child[1]/CINdetails[1] (line 2)",
    }  # fmt: skip
    assert read.counts()["DateOfInitialCPC"] == (1, 1, 0)


@pytest.mark.parametrize(
    ("held", "nfa", "transfer"), [("", "false", None), ("", "true", "Y"), ("2024-08-20", "false", "Y")]
)
def test_it_may_be_an_enquirys_that_waits_for_one(tmp_path, held, nfa, transfer):
    read = Read(tmp_path, census(child(details(enquiry(held=held, nfa=nfa), DateOfInitialCPC="2024-09-10"))))
    alone = read["initial_cp_conference"].filter(
        read["initial_cp_conference"]["icpc_s47_enquiry_id"].is_null()
    )
    assert alone["icpc_icpc_transfer_in"].to_list() == [transfer]


def test_a_conference_given_twice_is_read_once(tmp_path):
    read = Read(tmp_path, census(child(details(enquiry(), DateOfInitialCPC="2024-08-20"))))
    assert read["initial_cp_conference"]["icpc_s47_enquiry_id"].to_list() == ["CIN-S-A1-2024-08-01"]
    assert read.issue("repeated_row")["effect"] == "row held"
    assert read.counts()["DateOfInitialCPC"] == (1, 0, 1)


def test_pre_proceedings(tmp_path):
    inside = el(
        "PreProceedingsandFGDM", PPStartDate="2025-01-06", LBPSentDate="2025-01-08", FGDMMeetingOffer="true",
        InitialPPMeetingDate="2025-01-20", ReviewMeetingsCount="2", StepDecisionDate="2025-03-01",
        PPOutcome="1", LetterInitCPDate="2025-03-02",
    )  # fmt: skip
    read = Read(tmp_path, census(child(details(inside))))
    row = only(read["pre_proceedings"])
    del row["source_row"]
    assert row == {
        "prep_table_id": "CIN-PP-A1-2025-01-06", "prep_person_id": "A1",
        "prep_pre_pro_decision_date": date(2025, 1, 6), "prep_pre_pro_letter_date": date(2025, 1, 8),
        "prep_initial_pre_pro_meeting_date": date(2025, 1, 20), "prep_pre_pro_meetings_num": 2,
        "prep_agree_stepdown_issue_date": date(2025, 3, 1), "prep_pre_pro_outcome": "1",
        "prep_care_pro_letter_date": date(2025, 3, 2),
    }  # fmt: skip
    assert read.issue("no_ssd_home")["column"] == "FGDMMeetingOffer"


def test_every_batch_has_exactly_its_tables_columns(tmp_path):
    read = Read(
        tmp_path, census(child(details(assessment(), enquiry(), protection("2024-08-20", "2024-11-10"))))
    )
    for batch in read.batches:
        assert dict(batch.frame.schema) == polars_schema(batch.table), batch.table


def test_two_of_a_kind_on_one_day_are_told_apart_by_what_they_say(tmp_path):
    one = details(assessment(), PrimaryNeedCode="N1")
    other = details(assessment("2024-06-04", "2024-08-01"), PrimaryNeedCode="N2")
    forth = Read(tmp_path, census(child(one, other)))
    back = Read(tmp_path, census(child(other, one)))
    for table in ("cin_episodes", "cin_assessments", "assessment_factors"):
        key = key_of(table)
        assert forth[table][key].n_unique() == 2
        assert forth[table].drop("source_row").sort(key).equals(back[table].drop("source_row").sort(key))
    linked = dict(forth["cin_assessments"].select("cina_referral_id", "cina_assessment_auth_date").rows())
    assert linked == {REFERRED: date(2024, 7, 1), f"{REFERRED}-2": date(2024, 8, 1)}


def test_referrals_that_differ_only_in_what_stands_under_them(tmp_path):
    one, other = details(assessment(end="2024-07-01")), details(assessment(end="2024-07-09"))
    forth, back = Read(tmp_path, census(child(one, other))), Read(tmp_path, census(child(other, one)))
    ends = [dict(read["cin_assessments"].select("cina_referral_id", "cina_assessment_auth_date").rows())
            for read in (forth, back)]  # fmt: skip
    assert ends[0] == ends[1]
    assert len(ends[0]) == 2


def test_two_children_with_the_same_facts_have_each_their_own_numbers(tmp_path):
    twins = [
        child(details(assessment(), enquiry(), protection("2024-08-20", "2024-11-10")), id=id)
        for id in ("T1", "T2")
    ]
    read = Read(tmp_path, census(*twins))
    for table in (
        "cin_episodes",
        "cin_assessments",
        "s47_enquiry",
        "cp_plans",
        "cp_reviews",
        "initial_cp_conference",
    ):
        assert read[table][key_of(table)].n_unique() == 2, table
