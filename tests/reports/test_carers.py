"""The authority's list of foster carers: what is due on which day, and a file that is wrong."""

from datetime import date, timedelta

import pytest

from data.errors import DataError
from fcl_tui.access.carers import carers
from fcl_tui.config.carers import read
from tests.asking import ask
from tests.reports.by_hand import AS_AT, Authority, child, episode

DAY = timedelta(days=1)
HEAD = (
    "household,approved,places,last_review,worker,last_supervision,last_unannounced,temporary_from,children"
)


class OpenDoor:
    """Hides what it is told to."""

    def __init__(self, *hidden):
        self.hidden = hidden

    def hides(self, person):
        return person in self.hidden


def authority():
    return Authority(
        person=[child("1"), child("2")],
        cla_episodes=[episode("1", date(2024, 1, 1))],
        professionals=[
            {"prof_professional_id": "w1", "prof_staff_id": "S9", "prof_professional_name": "Sam Carter"}
        ],
    ).scan


def listed(tmp_path, *lines, head=HEAD, hidden=()):
    (tmp_path / "carers.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return carers(tmp_path, OpenDoor(*hidden), authority(), demo=False)


def shown(tmp_path, *lines, head=HEAD, as_at=AS_AT, **typed):
    frame = listed(tmp_path, *lines, head=head)
    known = {"carers": lambda: frame, "settings": {"carer_supervision_weeks": 6}}
    return ask("fostering-overview", authority(), by="carers", as_at=as_at, known=known, **typed)


@pytest.mark.parametrize(
    ("column", "value", "state"),
    [
        ("last_review", date(2025, 3, 30), "overdue"),
        ("last_review", date(2025, 3, 31), "due_soon"),
        ("last_review", date(2025, 4, 28), "due_soon"),
        ("last_review", date(2025, 4, 29), "due"),
        ("last_unannounced", date(2025, 3, 30), "overdue"),
        ("last_unannounced", date(2025, 3, 31), "due_soon"),
        ("last_supervision", AS_AT - 43 * DAY, "overdue"),
        ("last_supervision", AS_AT - 42 * DAY, "due_soon"),
        ("last_supervision", AS_AT - 35 * DAY, "due_soon"),
        ("last_supervision", AS_AT - 34 * DAY, "due"),
    ],
)
def test_the_due_day_is_in_time(tmp_path, column, value, state):
    fresh = AS_AT - DAY
    cells = {"last_review": fresh, "last_unannounced": fresh, "last_supervision": fresh} | {column: value}
    days = f"{cells['last_review']},,{cells['last_supervision']},{cells['last_unannounced']}"
    line = f"Smith,2019-05-01,2,{days},,"
    (row,) = shown(tmp_path, line).rows.to_dicts()
    name = {"last_review": "review_due", "last_unannounced": "unannounced_due"}.get(column, "supervision_due")
    assert (row[f"{name}_state"], row["state"]) == (state, state)


def test_what_is_due_is_said_after_one_word_for_all_of_it(tmp_path):
    fresh, old, soon = AS_AT - DAY, AS_AT - 400 * DAY, AS_AT - 360 * DAY
    head = HEAD.replace("temporary_from", "temporary_from,temporary_extended")
    lines = (
        f"Adams,2019-05-01,2,{old},,{old},{old},,,",
        f"Brown,2019-05-01,2,{soon},,{fresh},{old},,,",
        f"Clark,2019-05-01,2,{fresh},,{fresh},{fresh},,,",
        f"Davis,,1,,,{fresh},{fresh},{AS_AT - 113 * DAY},,",
        f"Evans,2019-05-01,0,{soon},,{fresh},{fresh},,,1",
    )
    rows = shown(tmp_path, *lines, head=head).rows
    assert dict(rows.select("household", "what_is_due").iter_rows()) == {
        "Adams": "overdue: annual review, supervision, unannounced visit",
        "Brown": "overdue: unannounced visit; soon: annual review",
        "Clark": None,
        "Davis": "overdue: end of temporary approval",
        "Evans": "1 over the approval; soon: annual review",
    }


@pytest.mark.parametrize(
    ("begun", "extended", "state"),
    [
        (AS_AT - 112 * DAY, "", "due_soon"),
        (AS_AT - 113 * DAY, "", "overdue"),
        (AS_AT - 84 * DAY, "no", "due_soon"),
        (AS_AT - 83 * DAY, "", "due"),
        (AS_AT - 168 * DAY, "yes", "due_soon"),
        (AS_AT - 169 * DAY, "yes", "overdue"),
    ],
)
def test_a_temporary_approval_holds_for_sixteen_weeks(tmp_path, begun, extended, state):
    fresh = AS_AT - DAY
    head = HEAD.replace("temporary_from", "temporary_from,temporary_extended")
    (row,) = shown(tmp_path, f"Lee,,1,,,{fresh},{fresh},{begun},{extended},", head=head).rows.to_dicts()
    assert (row["temporary_ends_state"], row["review_due"]) == (state, None)
    assert row["approval"] == "temporary (regulation 24)"


def test_an_approval_ends_the_temporary_one_and_starts_the_year(tmp_path):
    line = "Lee,2025-06-01,1,,,2026-03-30,2026-03-30,2025-04-01,"
    (row,) = shown(tmp_path, line).rows.to_dicts()
    assert (row["temporary_ends"], row["review_due"]) == (None, date(2026, 6, 1))
    (before,) = shown(tmp_path, line, as_at=date(2025, 5, 31)).rows.to_dicts()
    assert before["temporary_ends"] == date(2025, 7, 22)
    none = shown(tmp_path, line, as_at=date(2025, 3, 31))
    assert none.rows.is_empty()
    assert none.left_out.to_dicts() == [
        {"reason": "approved after the day", "count": 1, "what": "households"}
    ]


@pytest.mark.parametrize(
    ("places", "children", "vacancies", "over"),
    [(2, "1", 1, 0), (1, "1", 0, 0), (1, "1; 2", 0, 1), (3, "", 3, 0)],
)
def test_vacancies_and_over_the_approval(tmp_path, places, children, vacancies, over):
    fresh = AS_AT - DAY
    found = shown(tmp_path, f"Smith,2019-05-01,{places},{fresh},s9,{fresh},{fresh},,{children}")
    (row,) = found.rows.to_dicts()
    assert (row["vacancies"], row["over"], row["worker"]) == (vacancies, over, "Sam Carter")
    assert (row["state"] == "overdue") is bool(over)
    assert "children" not in found.rows.columns
    assert f"{vacancies} vacant" in found.headline


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Smith,31/02/2020,2,,,,,,"], ("row 2", "column approved", "'31/02/2020'", "not a date")),
        (["Smith,2020-01-01,two,,,,,,"], ("row 2", "column places", "'two'", "no number")),
        ([f"Smith,2020-01-01,{'9' * 5000},,,,,,"], ("row 2", "column places", "'999", "no number")),
        (["Smith,2020-01-01,-1,,,,,,"], ("column places", "'-1'")),
        (["Smith,2020-01-01,2,,,,,,7"], ("row 2", "column children", "'7'", "no child in this data")),
        (
            ["Smith,2020-01-01,2,,Nobody,,,,"],
            ("row 2", "column worker", "'Nobody'", "no worker in this data"),
        ),
        (["Smith,,2,,,,,,"], ("row 2", "column approved", "temporary_from")),
        ([",2020-01-01,2,,,,,,"], ("column household", "is empty")),
        (["Smith,2020-01-01,2,,,,,"], ("row 2", "8 values", "9 headings")),
        (["A,2020-01-01,2,,,,,,", "", "a,2020-01-01,2,,,,,,"], ("row 4", "household", "in row 2 already")),
        (["A,2020-01-01,2,,,,,,1", "B,2020-01-01,2,,,,,,1"], ("row 3", "children", "'1'", "in row 2 too")),
        (['A,"2020-01-01,2,,,,,,'], ("not a table of values",)),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_used(tmp_path, lines, said):
    with pytest.raises(DataError) as error:
        listed(tmp_path, *lines)
    for words in ("carers.csv", *said):
        assert words in str(error.value)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("household,approved", "places is missing"),
        (HEAD + ",colour", "'colour' is no heading"),
        (HEAD + ",places", "'places' is there twice"),
        ("", "household is missing"),
    ],
)
def test_a_wrong_heading_is_named(tmp_path, head, said):
    with pytest.raises(DataError, match=said):
        listed(tmp_path, head=head)


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "carers.csv").write_bytes(b"household\xff")
    with pytest.raises(DataError, match="not UTF-8"):
        read(tmp_path / "carers.csv")


def test_a_child_outside_the_remit_is_no_error_and_is_counted(tmp_path):
    found = listed(tmp_path, "Smith,2020-01-01,2,,,,,,9", hidden=("9",))
    assert found["placed"].to_list() == [1]
    assert "9" not in str(found.drop("household").to_dicts()[0].get("children", ""))


def test_without_a_file_it_says_so_and_the_demo_reads_its_own(tmp_path):
    found = ask("fostering-overview", authority(), by="carers")
    assert found.headline == "No list of carers is kept here."
    (tmp_path / "carers.csv").write_text("nonsense", encoding="utf-8")
    assert carers(tmp_path, OpenDoor(), authority(), demo=True) is None


def test_what_narrows_children_is_refused_with_the_carers(tmp_path):
    with pytest.raises(DataError, match="not listed by kind"):
        shown(tmp_path, "Smith,2020-01-01,2,,,,,,", kind="agency")


def test_the_carers_of_the_demo_can_be_read(tmp_path):
    from data.demo import generate
    from data.demo.staff.carers import carers as made_up

    tables = generate(children=60, seed=3, as_at=AS_AT)
    frame = made_up(tables, 3, AS_AT)
    (tmp_path / "carers-demo.csv").write_text(frame.write_csv(), encoding="utf-8")
    known = read(tmp_path / "carers-demo.csv")
    assert known is not None
    assert known.height == frame.height >= 2
    children = known["children"].explode().drop_nulls()
    assert children.is_in(tables["person"]["pers_person_id"].implode()).all()
    assert known["worker"].is_in(tables["professionals"]["prof_professional_name"].implode()).all()
