"""Not one number, name or word of an audited child to who has no part in it: reports, commands,
screens, errors.
"""

import io
import zipfile
from datetime import timedelta

import polars as pl
import pytest

from data.errors import DataError
from fcl_tui.access.quality import briefings, concerns, look, moderation, registers, steps
from fcl_tui.access.quality.cases import case_of
from fcl_tui.access.quality.printed import printed
from fcl_tui.access.quality.rows import FEW, few_together
from fcl_tui.cli.asking.measure import measured
from fcl_tui.cli.asking.session import answer
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.export import content
from fcl_tui.export.briefing import written
from fcl_tui.quality.form import Action
from fcl_tui.reports import catalogue
from tests.quality.conftest import PERIOD, TODAY, graded
from tests.quality.test_round import moderated

VIEWS = [view.key for view in catalogue.load("audits").views if not view.behind]
SECRET = "the neighbour heard shouting"


@pytest.fixture
def audited(world):
    """An audit of one pod with words, actions and a concern; moderated."""
    from tests.quality import test_round

    case_id = test_round.assigned(world)
    desk = world.desk("ann")
    case = steps.start(desk, case_of(desk, case_id))
    concerns.concern(desk, case, SECRET)
    case = case_of(desk, case_id)
    draft = graded(case.tool).changed("voice", text=SECRET).changed("summary", text=SECRET)
    draft = draft.with_action(Action("voice", SECRET, "ann", (TODAY + timedelta(days=9)).isoformat()))
    steps.submit(desk, case, draft)
    desk = world.desk("mo")
    moderation.moderate(desk, case_of(desk, case_id), 2, SECRET)
    return case_id


def everything(world, user):
    """All that the commands of audits give a user, in every format, and every error."""
    identity.forget()
    identity.declare(Identity(user, forced=True))
    told = []
    for view in VIEWS:
        for kind in ("json", "xlsx", "docx") if view == "case" else ("json",):
            try:
                body = content(answer(world.home, "audits", {"by": view}, format_=kind), kind)
            except DataError as error:
                told.append(str(error))
                continue
            if kind in ("xlsx", "docx"):
                with zipfile.ZipFile(io.BytesIO(body)) as parts:
                    body = b"".join(parts.read(name) for name in parts.namelist())
            told.append(body.decode("utf-8", "replace"))
    for audience in ("social_work", "slt", "board"):
        for kind in ("docx", "xlsx") if audience == "slt" else ("json",):
            try:
                body = written(briefings.given(world.desk(user), PERIOD, audience), kind)
            except DataError as error:
                told.append(str(error))
                continue
            if kind in ("xlsx", "docx"):
                with zipfile.ZipFile(io.BytesIO(body)) as parts:
                    body = b"".join(parts.read(name) for name in parts.namelist())
            told.append(body.decode("utf-8", "replace"))
    for case in world.cases()["case_id"]:
        try:
            told += printed(world.desk(user), case)
        except DataError as error:
            told.append(str(error))
        try:
            look.opened(world.desk(user), case)
        except DataError as error:
            told.append(str(error))
    return "\n".join(told)


def names_of(world, people):
    from data.snapshots.reader import open_current

    frame = open_current(world.home).scan("people").filter(pl.col("person_id").is_in(people))
    return frame.select("name").collect()["name"].drop_nulls().to_list()


@pytest.mark.parametrize("user", ["sam", "bea", "max", "ona", "bob"])
def test_who_has_no_part_learns_nothing_of_the_child(world, audited, user):
    row = world.cases().filter(pl.col("case_id") == audited).row(0, named=True)
    told = everything(world, user)
    assert SECRET not in told
    assert row["person_id"] not in told
    everyone = world.cases()["person_id"].to_list()
    people = [row["person_id"]] if user == "max" else everyone  # max manages other pods
    for name in names_of(world, people):
        assert name not in told, "in an error neither"
    for worker in (row["auditor"], row["moderator"]):
        assert f'"{worker}"' not in told, "who graded whom is staff data"


def test_who_has_a_part_has_it_so_that_the_test_can_fail(world, audited):
    person = world.cases().filter(pl.col("case_id") == audited)["person_id"][0]
    for user in ("quinn", "mo", "ann"):
        told = everything(world, user)
        assert SECRET in told
        assert person in told


def test_the_auditor_sees_their_own_case_alone(world, audited):
    person = world.cases().filter(pl.col("case_id") == audited)["person_id"][0]
    others = world.cases().filter(pl.col("person_id") != person)["person_id"].to_list()
    told = everything(world, "ann")
    assert not [one for one in others if one in told]


def test_no_briefing_holds_a_childs_number_name_or_words(world, audited):
    people = world.cases()["person_id"].to_list()
    desk = world.desk("quinn")
    frame = desk.tables("audit_frame")["audit_frame"].collect()["person_id"].to_list()
    registers.enter(
        desk, "feedback",
        [{"day": TODAY, "from_whom": "child", "tone": "mixed", "words": SECRET, "may_be_quoted": False,
          "person_id": people[0]}],
    )  # fmt: skip
    for audience in ("social_work", "slt", "board"):
        for told in (briefings.freeze(desk, PERIOD, audience), briefings.now(desk, PERIOD, audience)):
            text = written(told, "json").decode()
            assert SECRET not in text
            assert not [one for one in {*people, *frame} if one in text]
            assert not [one for one in names_of(world, people) if one in text]


def test_a_pod_of_few_audits_is_in_no_briefing_and_in_no_comparison_of_another_pod(world):
    case_id = moderated(world)
    pod = world.cases().filter(pl.col("case_id") == case_id)["pod"][0]
    desk = world.desk("quinn")
    for audience in ("slt", "board"):
        told = briefings.now(desk, PERIOD, audience)
        rows = [row for section in told.sections if section.number == 5 for row in section.rows]
        assert all(row[0] != pod for row in rows)
    identity.forget()
    identity.declare(Identity("max", forced=True))
    rows = answer(world.home, "audits", {"by": "pod"}).rows
    assert pod not in rows["pod"].to_list()
    rows = rows.filter(pl.col("audits_moderated") > 0)
    assert rows["pod"].to_list() == [FEW]
    assert rows["qa_audit_grade"].to_list() == rows["audits_good"].to_list() == [None]
    for view in ("pod", "quarter", "standard"):
        try:
            told = content(answer(world.home, "audits", {"by": view, "pod": pod}), "json").decode()
        except DataError:
            continue
        assert '"good": 1' not in told
        assert "100.0" not in told
    groups = measured(world.home, ["qa_audit_grade"], by="pod").rows["group"].to_list()
    assert pod not in groups
    identity.forget()
    identity.declare(Identity("mo", forced=True))
    rows = answer(world.home, "audits", {"by": "pod"}).rows.filter(pl.col("pod") == pod)
    assert rows["qa_audit_grade"].to_list() == [100.0], "their own pod they see"


def test_pods_of_few_grades_are_together_with_the_next_smallest_where_they_are_too_few():
    def rows(pod, count, part=None):
        told = {"round_id": "r", "pod": pod, "part": part, "auditor_grade": 1, "suggested_grade": 1}
        return [told | {"grade": 1, "moved": 0, "outcome": None}] * count

    cases = pl.DataFrame(rows("A", 2) + rows("B", 6) + rows("C", 9) + rows("own", 1, "moderate"))
    told = few_together(cases, 5)
    assert dict(told.group_by("pod").len().iter_rows()) == {FEW: 8, "C": 9, "own": 1}
    alone = few_together(pl.DataFrame(rows("A", 3) + rows("B", 3) + rows("C", 9)), 5)
    assert dict(alone.group_by("pod").len().iter_rows()) == {FEW: 6, "C": 9}
    enough = few_together(pl.DataFrame(rows("A", 5) + rows("B", 9)), 5)
    assert dict(enough.group_by("pod").len().iter_rows()) == {"A": 5, "B": 9}


def test_a_social_worker_compares_no_pods(world):
    moderated(world)
    identity.forget()
    identity.declare(Identity("bea", forced=True))
    assert answer(world.home, "audits", {"by": "pod"}).rows.is_empty()
    assert answer(world.home, "audits", {"by": "quarter"}).rows["moderated"].to_list() == [1]


def test_a_frozen_briefing_keeps_its_figures_and_says_what_was_corrected_since(world):
    case_id = moderated(world)
    desk = world.desk("quinn")
    first = briefings.freeze(desk, PERIOD, "slt")
    moderation.reopen(desk, case_of(desk, case_id), "agreed with the pod manager")
    desk = world.desk("mo")
    moderation.moderate(desk, case_of(desk, case_id), 1, "as agreed")
    desk = world.desk("quinn")
    kept = briefings.newest(desk, PERIOD, "slt")
    assert kept.sections == first.sections
    assert (kept.version, kept.corrected_since) == (1, 1)
    assert "1 corrected since" in kept.said
    assert briefings.freeze(desk, PERIOD, "slt").version == 2


def test_the_draw_shows_numbers_to_who_draws_and_of_others_only_those_in_the_remit(world):
    from fcl_tui.access.quality import drawing

    desk = world.desk("quinn")
    draw = desk.tables("audit_draws")["audit_draws"].collect()["draw_id"][0]
    rows = drawing.frame_of(desk, draw)
    seen = set(desk.door.seen_of(rows["person_id"].drop_nulls()))
    hidden = rows.filter(pl.col("place") != "selected", pl.col("person_id").is_not_null())
    assert set(hidden["person_id"]) <= seen
    assert rows.filter(pl.col("place") == "selected")["person_id"].null_count() == 0
    assert rows["person_id"].null_count() > 0, "the rest are counted without a number"
    for user in ("mo", "ann", "sam", "bob"):
        with pytest.raises(DataError):
            drawing.preview(world.desk(user), PERIOD)
