"""Two sources that speak of one child: used once, told, never lost."""

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.merging.merge import Part, finished
from data.schema.tables import key_of, names, person_of, polars_schema

NO_PARENTS = {name: pl.LazyFrame(schema=polars_schema(name)) for name in names()}


def together(table, *sources):
    """The numbers of the rows used, and the issues as rule, severity, row, column, value, reason."""

    def part(letter, rows):
        whole = [{"source": letter, "source_row": f"{letter}{n}", key_of(table): f"{letter}{n}"} | row
                 for n, row in enumerate(rows)]  # fmt: skip
        return Part(pl.LazyFrame(whole, schema=polars_schema(table)), own_keys=True)

    done = finished(
        table, [part(*each) for each in zip("abc", sources, strict=False)], NO_PARENTS.__getitem__
    )
    rows = done.frame.collect()
    assert sum(len(each) for each in sources) - len(rows) == len(done.held) or table == "person"
    assert done.held["source_row"].is_in(done.issues.filter(effect="row held")["row"].implode()).all()
    return rows.sort("source_row"), done.issues


def visit(day, **more):
    return {"cppv_person_id": "1", "cppv_cp_visit_date": day} | more


def found(issues):
    return issues.sort("rule", "row").select("rule", "severity", "row").rows()


def test_the_same_visit_in_two_sources_is_counted_once():
    rows, issues = together("cp_visits", [visit(date(2025, 1, 1))], [visit(date(2025, 1, 1))] * 1)
    assert rows["source_row"].to_list() == ["a0"]
    assert found(issues) == [("superseded", "note", "b0")]


def test_a_visit_the_first_source_does_not_have_is_added():
    rows, issues = together("cp_visits", [visit(date(2025, 1, 1))], [visit(date(2025, 1, 5))])
    assert rows["source_row"].to_list() == ["a0", "b0"]
    assert found(issues) == [("added_by_later_source", "note", "b0")]


@pytest.mark.parametrize("day", [date(2024, 12, 29), date(2025, 1, 4)])
def test_a_visit_a_few_days_apart_is_added_with_a_warning(day):
    rows, issues = together("cp_visits", [visit(date(2025, 1, 1)), visit(date(2024, 1, 1))], [visit(day)])
    assert len(rows) == 3
    assert found(issues) == [("near_another_source", "warning", "b0")]
    assert "01/01/2025 (a, a0)" in issues["reason"].item()


def test_a_visit_without_a_date_adds_nothing():
    rows, issues = together("cp_visits", [visit(date(2025, 1, 1))], [visit(None)])
    assert rows["source_row"].to_list() == ["a0"]
    assert found(issues) == [("superseded", "note", "b0")]


def test_children_of_one_source_alone_come_from_it_and_nothing_is_told():
    other = visit(date(2025, 1, 1), cppv_person_id="2")
    rows, issues = together(
        "cp_visits", [visit(date(2025, 1, 1))], [other, other | {"cppv_cp_visit_date": None}]
    )
    assert rows["source_row"].to_list() == ["a0", "b0", "b1"]
    assert issues.is_empty()


def test_health_checks_of_two_kinds_on_one_day_are_two():
    check = {"clah_person_id": "1", "clah_health_check_date": date(2025, 1, 1)}
    rows, issues = together(
        "cla_health",
        [check | {"clah_health_check_type": "HEALTH"}],
        [check | {"clah_health_check_type": kind} for kind in ("HEALTH", "DENTAL")],
    )
    assert rows["source_row"].to_list() == ["a0", "b1"]
    assert ("superseded", "note", "b0") in found(issues)


def test_of_the_same_visit_what_differs_is_told_and_the_first_is_believed():
    rows, issues = together(
        "cp_visits",
        [visit(date(2025, 1, 1), cppv_cp_visit_seen="Y", cppv_cp_plan_id="P1")],
        [visit(date(2025, 1, 1), cppv_cp_visit_seen="N", cppv_cp_plan_id="Q9", cppv_cp_visit_bedroom="Y")],
    )
    assert rows["cppv_cp_visit_seen"].to_list() == ["Y"]
    (differ,) = issues.filter(rule="sources_disagree").to_dicts()
    assert (differ["source"], differ["row"], differ["column"], differ["value"]) == (
        "b", "b0", "cppv_cp_visit_seen", "N",
    )  # fmt: skip
    assert ": Y, from a (a0)" in differ["reason"]
    assert differ["person_id"] == "1"


def test_of_two_visits_on_one_day_neither_is_compared():
    twice = [visit(date(2025, 1, 1), cppv_cp_visit_seen=seen) for seen in ("Y", "N")]
    _, issues = together("cp_visits", twice, [visit(date(2025, 1, 1), cppv_cp_visit_seen="N")])
    assert found(issues) == [("superseded", "note", "b0")]


def test_stretches_of_time_are_never_mixed_and_the_unknown_ones_are_told_louder():
    def plan(start, end=None):
        return {"cppl_person_id": "1", "cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": end}

    first, second = date(2024, 1, 1), date(2025, 1, 1)
    rows, issues = together("cp_plans", [plan(first)], [plan(first, date(2024, 6, 1)), plan(second)])
    assert rows["source_row"].to_list() == ["a0"]
    assert [one for one in found(issues) if one[0] == "superseded"] == [
        ("superseded", "note", "b0"),
        ("superseded", "warning", "b1"),
    ]
    other_end = date(2024, 5, 1)
    _, issues = together("cp_plans", [plan(first, other_end)], [plan(first, date(2024, 6, 1))])
    assert issues.filter(rule="sources_disagree")["column"].to_list() == ["cppl_cp_plan_end_date"]


def test_missing_episodes_are_the_same_by_day_whatever_the_hour():
    def gone(hour, back):
        return {"miss_person_id": "1", "miss_missing_episode_start_date": datetime(2025, 1, 1, hour),
                "miss_missing_episode_end_date": back}  # fmt: skip

    first = [gone(22, datetime(2025, 1, 3, 9))]
    rows, issues = together("missing", first, [gone(0, datetime(2025, 1, 3))])
    assert rows["source_row"].to_list() == ["a0"]
    assert found(issues) == [("superseded", "note", "b0")]
    _, issues = together("missing", first, [gone(0, datetime(2025, 1, 4))])
    assert "03/01/2025" in issues.filter(rule="sources_disagree")["reason"].item()


def test_another_row_with_the_number_of_an_earlier_sources_is_held_with_a_warning():
    one = {"cppv_cp_visit_id": "7", "cppv_person_id": "1", "cppv_cp_visit_date": date(2025, 1, 1)}
    rows, issues = together("cp_visits", [one], [one | {"cppv_person_id": "2"}])
    assert rows["source_row"].to_list() == ["a0"]
    assert found(issues) == [("superseded", "warning", "b0")]


def test_siblings_of_two_sources_may_share_the_number_of_an_enquiry():
    one = {"s47e_s47_enquiry_id": "7", "s47e_person_id": "1"}
    rows, issues = together("s47_enquiry", [one], [one | {"s47e_person_id": "2"}])
    assert len(rows) == 2
    assert issues.is_empty()


def test_every_field_of_a_person_that_differs_names_both_sources_and_both_values():
    known = {"pers_person_id": "1", "pers_dob": date(2012, 2, 29), "pers_sex": "F", "pers_ethnicity": None}
    later = {"pers_person_id": "1", "pers_dob": date(2012, 2, 28), "pers_sex": "F", "pers_ethnicity": "WBRI"}
    last = {"pers_person_id": "1", "pers_surname": "Lee", "pers_ethnicity": "WIRI"}
    rows, issues = together("person", [known], [later], [last])
    (person,) = rows.to_dicts()
    assert (person["pers_dob"], person["pers_ethnicity"], person["pers_surname"]) == (
        date(2012, 2, 29), "WBRI", "Lee",
    )  # fmt: skip
    assert (person["source"], person["source_row"]) == ("a", "a0")
    told = {one["column"]: one for one in issues.to_dicts()}
    assert set(told) == {"pers_dob", "pers_ethnicity"}
    assert told["pers_dob"]["value"] == "2012-02-28"
    assert ": 29/02/2012, from a (a0)" in told["pers_dob"]["reason"]
    assert told["pers_ethnicity"]["source"] == "c"
    assert ": WBRI, from b (b0)" in told["pers_ethnicity"]["reason"]


TABLES = st.sampled_from(
    ["cp_visits", "cp_plans", "cla_health", "contacts", "address", "missing", "s47_enquiry"]
)


@given(
    TABLES,
    st.lists(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), max_size=6), min_size=1, max_size=3),
)
def test_rows_in_are_rows_used_and_rows_held(table, sources):
    """`together` counts; here also: no child's day is in the table more often than one source has it."""
    schema = polars_schema(table, provenance=False)
    start = next((name for name, kind in schema.items() if kind.is_temporal()), None)
    person = person_of(table)

    def row(child, day):
        when = None if day == 0 or start is None else datetime(2025, 1, day)
        when = when.date() if when is not None and schema[start] == pl.Date else when
        return {person: str(child)} | ({start: when} if start else {})

    given_rows = [[row(*one) for one in rows] for rows in sources]
    rows, _ = together(table, *given_rows)
    if start is not None and len(rows):
        each = rows.drop_nulls([start]).group_by(person, start, "source").len()
        assert each.select(person, start).is_unique().all()


def test_children_a_part_at_a_time_give_the_same(monkeypatch):
    rows = [[visit(date(2025, 1, day), cppv_person_id=child) for child in "123" for day in days]
            for days in ((1, 2), (2, 9), (9, 20))]  # fmt: skip
    whole = together("cp_visits", *rows)
    monkeypatch.setattr("data.partition.PART", 2)
    parts = together("cp_visits", *rows)
    assert parts[0].equals(whole[0])
    order = ["rule", "row", "column"]
    assert parts[1].sort(order).equals(whole[1].sort(order))


def test_a_visit_of_another_kind_on_the_same_day_is_the_same_visit():
    """A list says that a child was seen; the database before it knows that it was a visit in care."""

    def source(letter, **tables):
        def of(name):
            rows = [{"source": letter, "source_row": f"{letter}{n}", key_of(name): f"{letter}{n}"} | row
                    for n, row in enumerate(tables.get(name, ()))]  # fmt: skip
            return pl.LazyFrame(rows, schema=polars_schema(name))

        return of

    def seen(day, child="1"):
        return {"cinv_person_id": child, "cinv_cin_visit_date": date(2025, 1, day)}

    in_care = [{"clav_person_id": "1", "clav_cla_visit_date": date(2025, 1, 9)}]
    first = source("a", cin_visits=[seen(1, "2")], cla_visits=in_care)
    second = source("b", cin_visits=[seen(9), seen(10), seen(9, "2")], cp_visits=[{"cppv_person_id": "1"}])

    def put_together(name, *sources):
        parts = [Part(of(name), own_keys=True, others=of) for of in sources]
        return finished(name, parts, NO_PARENTS.__getitem__)

    done = put_together("cin_visits", first, second)
    assert done.frame.collect()["source_row"].sort().to_list() == ["a0", "b1", "b2"]
    assert done.held["source_row"].to_list() == ["b0"]
    assert done.issues.filter(rule="superseded")["severity"].to_list() == ["note"]
    assert len(put_together("cla_visits", second, first).held) == 0, (
        "a visit in care is never left out for it"
    )


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [("O’Brien", "OBRIEN", False), ("Zoë", "Zoe", False), ("O’Brien", "Brien", True), ("李", "王", True)],
)
def test_names_differ_in_more_than_spelling(one, other, differ):
    _, issues = together(
        "person", *([{"pers_person_id": "1", "pers_surname": name}] for name in (one, other))
    )
    assert issues["rule"].to_list() == ["sources_disagree"] * differ


def test_what_each_source_words_or_links_in_its_own_way_is_not_compared():
    contact = {"cont_person_id": "1", "cont_contact_date": date(2025, 1, 1), "cont_contact_source_code": "1A"}
    _, issues = together(
        "contacts",
        [contact | {"cont_contact_source_desc": "Relative"}],
        [contact | {"cont_contact_source_desc": "1A: Individual"}],
    )
    assert found(issues) == [("superseded", "note", "b0")]
    episode = {"clae_person_id": "1", "clae_cla_episode_start_date": date(2025, 1, 1)}
    _, issues = together(
        "cla_episodes",
        [episode | {"clae_cla_id": "C1", "clae_cla_episode_ceased_date": date(2025, 2, 1)}],
        [episode | {"clae_cla_id": "X9", "clae_cla_episode_ceased_date": date(2025, 9, 1)}],
    )
    assert found(issues) == [("superseded", "note", "b0")]
