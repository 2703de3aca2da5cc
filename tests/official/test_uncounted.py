"""What figures over time cannot count is counted, with its reason."""

from datetime import date

from fcl_tui.records.over_time.uncounted import uncounted
from tests.reports.by_hand import Authority, plan, referral

FIRST = date(2025, 4, 1)


def lines(scan, *tables):
    return sorted(uncounted(scan, tables, FIRST, ("cp_plans", "cin_episodes")).collect().rows())


def test_rows_without_a_child_or_a_date_and_those_left_out_on_purpose():
    scan = Authority(
        contacts=[{"cont_contact_date": FIRST}, {"cont_person_id": "1"},
                  {"cont_person_id": "1", "cont_contact_date": FIRST}],
        cin_episodes=[referral("1", FIRST, cine_referral_nfa="Y"), referral("1", FIRST)],
        cp_plans=[plan("1", FIRST, cppl_cp_plan_ola="Y")],
    ).scan  # fmt: skip
    assert lines(scan, "contacts", "cin_episodes", "cp_plans", "s47_enquiry") == [
        ("ended in no further action: in no figure of children in need", 1, "referrals"),
        ("held for another authority", 1, "child protection plans"),
        ("without a date, so in no period", 1, "contacts"),
        ("without the number of a child", 1, "contacts"),
    ]


def test_a_source_that_holds_some_months_alone_says_since_when():
    authority = Authority(contacts=[{"cont_person_id": "1", "cont_contact_date": date(2025, 9, 3)}])
    coverage = authority.frames["coverage"].collect()
    partial = coverage.with_columns(coverage=coverage["coverage"].replace("full", "partial"))
    authority.frames["coverage"] = partial.lazy()
    assert lines(authority.scan, "contacts") == [
        ("incomplete: this source holds no contacts before 03/09/2025", 5, "months"),
        ("incomplete: this source holds only some of the contacts", 1, "contacts"),
    ]


def test_a_table_that_the_source_cannot_carry_is_no_line():
    assert lines(Authority(none_of=("contacts",)).scan, "contacts") == []
