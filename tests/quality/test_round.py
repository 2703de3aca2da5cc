"""A round from the draw to the closed audit: each step only by those who may, everything kept."""

from datetime import timedelta

import polars as pl
import pytest

from data.errors import DataError
from data.office import access_log as log
from data.office.quality import store
from fcl_tui.access.quality import (
    again,
    briefings,
    concerns,
    confirming,
    drawing,
    look,
    moderation,
    plan,
    steps,
)
from fcl_tui.access.quality.cases import case_of, history, written_in
from fcl_tui.access.readers import access_list as rosters
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.cli.asking.session import answer
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.quality.form import Action
from fcl_tui.quality.states import STATES, STEPS
from tests.quality.conftest import PERIOD, TODAY, graded

PEOPLE = ("quinn", "mo", "max", "ann", "bea", "sam", "ona", "bob", "boss")


def assigned(world, auditor="ann"):
    case_id = world.of_pod(world.pod)[0]
    desk = world.desk("quinn")
    steps.assign(desk, case_of(desk, case_id), auditor, moderator="mo")
    return case_id


def submitted(world, grade=3, actions=(), **values):
    case_id = assigned(world)
    desk = world.desk("ann")
    case = steps.start(desk, case_of(desk, case_id))
    draft = graded(case.tool, grade, **values)
    for one in actions:
        draft = draft.with_action(one)
    steps.submit(desk, case, draft)
    return case_id


def moderated(world, grade=3, **more):
    case_id = submitted(world, grade, **more)
    desk = world.desk("mo")
    moderation.moderate(desk, case_of(desk, case_id))
    return case_id


def state(world, case_id):
    return world.cases().filter(pl.col("case_id") == case_id).row(0, named=True)


def test_a_round_from_draw_to_closed(world):
    assert world.cases().height == 10
    action = Action("planning", "Write the plan anew", "ann", (TODAY + timedelta(days=9)).isoformat())
    case_id = moderated(world, actions=[action])
    row = state(world, case_id)
    assert (row["state"], row["auditor_grade"], row["grade"], row["outcome"]) == (
        "moderated",
        3,
        3,
        "improving",
    )
    assert (row["actions"], row["actions_open"]) == (1, 1)
    [action_id] = world.desk("mo").tables("audit_actions")["audit_actions"].collect()["action_id"]
    plan.tell(world.desk("ann"), action_id, "done", "the new plan is in the record")
    with pytest.raises(DataError, match="Another person|verifies"):
        plan.tell(world.desk("ann"), action_id, "verified")
    plan.tell(world.desk("mo"), action_id, "verified")
    assert state(world, case_id)["state"] == "closed"
    told = [one.words for one in history(world.desk("mo"), case_of(world.desk("mo"), case_id))]
    assert told[0] == "drawn"
    assert told[-1].startswith("closed")
    assert "audit: Good: a judgement" in told
    assert "moderation: Good" in told
    assert store.verify(world.desk("mo").office)[1] == []


def test_a_changed_grade_needs_a_reason_and_moves(world):
    case_id = submitted(world)
    desk = world.desk("mo")
    with pytest.raises(DataError, match="Say in a sentence why Inadequate"):
        moderation.moderate(desk, case_of(desk, case_id), 1)
    moderation.moderate(desk, case_of(desk, case_id), 1, "risk was missed in May")
    row = state(world, case_id)
    assert (row["grade"], row["moved"]) == (1, -2)
    again_ = world.cases().filter(pl.col("reaudit_of_case_id") == case_id).row(0, named=True)
    assert (again_["kind"], again_["blind"], again_["state"]) == ("dip", True, "drawn")
    assert again_["audits_due"] > TODAY + timedelta(days=80)


def test_an_inadequate_is_validated_once_the_head_of_service_has_confirmed_it(world):
    case_id = submitted(world)
    people = rosters.read(world.home).people
    hal = Person("hal", "senior manager", teams=(world.pod,))
    rosters.write(world.home, Roster((*people, hal)))

    def case(user):
        desk = world.desk(user)
        return desk, case_of(desk, case_id)

    with pytest.raises(DataError, match="Only the manager of the child's pod"):
        moderation.moderate(*case("hal"))
    with pytest.raises(DataError, match="nothing to confirm"):
        confirming.confirm(*case("hal"))
    assert moderation.moderate(*case("mo"), 1, "risk was missed") == "The head of service confirms it now"
    row = state(world, case_id)
    assert (row["state"], row["grade"], row["to_confirm"]) == ("submitted", None, True)
    for attempt in (
        lambda d, c: moderation.moderate(d, c, 3, "x"),
        lambda d, c: moderation.give_back(d, c, "x"),
    ):
        with pytest.raises(DataError, match="waits for the head of service"):
            attempt(*case("mo"))
    for user in ("mo", "ann", "quinn"):
        with pytest.raises(DataError):
            confirming.confirm(*case(user))
    waits = {user: answer_for(world, user)["todo"].to_list() for user in ("hal", "mo", "quinn")}
    assert waits == {"hal": ["Confirm"], "mo": [], "quinn": []}
    with pytest.raises(DataError, match="Say why"):
        confirming.do_not_confirm(*case("hal"), " ")
    confirming.do_not_confirm(*case("hal"), "say what was missed")
    assert answer_for(world, "mo")["todo"].to_list() == ["Moderate"]
    moderation.moderate(*case("mo"), 1, "two referrals were not read")
    confirming.confirm(*case("hal"))
    row = state(world, case_id)
    assert (row["state"], row["grade"], row["to_confirm"]) == ("moderated", 1, False)
    kept = world.desk("mo").tables("audit_revisions")["audit_revisions"].collect()
    assert kept["stage"].to_list() == ["audit", "proposal", "proposal", "moderation"]
    assert kept["reason_for_difference"][-1] == "two referrals were not read"
    assert world.cases().filter(pl.col("reaudit_of_case_id") == case_id).height == 1


def test_where_the_authority_does_not_want_it_nobody_confirms(world):
    case_id = submitted(world)
    hal = Person("hal", "senior manager", teams=(world.pod,))
    rosters.write(world.home, Roster((*rosters.read(world.home).people, hal)))
    with (world.home / "settings.toml").open("a") as file:
        file.write("inadequate_is_confirmed = false\n")
    desk = world.desk("mo")
    assert moderation.moderate(desk, case_of(desk, case_id), 1, "risk was missed") == "Validated"


def answer_for(world, user):
    identity.forget()
    identity.declare(Identity(user, forced=True))
    return answer(world.home, "audits", {"by": "todo"}).rows


def test_a_returned_audit_is_written_again_and_both_revisions_stay(world):
    case_id = submitted(world)
    desk = world.desk("mo")
    with pytest.raises(DataError, match="Say why"):
        moderation.give_back(desk, case_of(desk, case_id), " ")
    moderation.give_back(desk, case_of(desk, case_id), "no evidence for the voice of the child")
    desk = world.desk("ann")
    case = case_of(desk, case_id)
    assert case.state == "in_progress"
    assert written_in(desk, case).entry("voice").value == 3
    steps.submit(desk, case, graded(case.tool, 2))
    desk = world.desk("mo")
    kept = desk.tables("audit_revisions")["audit_revisions"].collect()
    assert kept["overall_grade"].to_list() == [3, 2]
    assert state(world, case_id)["auditor_grade"] == 2


def test_what_is_missing_is_not_handed_in(world):
    case_id = assigned(world)
    desk = world.desk("ann")
    case = steps.start(desk, case_of(desk, case_id))
    draft = graded(case.tool, 3).changed("voice", value=2, text="", no_action="")
    with pytest.raises(DataError, match="Evidence: Child's voice"):
        steps.submit(desk, case, draft)
    draft = graded(case.tool, 4).changed("overall_grade", value=2, text="")
    with pytest.raises(DataError, match="Outstanding is suggested"):
        steps.submit(desk, case, draft)


def test_a_plan_without_owner_or_day_is_not_validated(world):
    case_id = submitted(world, actions=[Action("planning", "Do it")])
    desk = world.desk("mo")
    with pytest.raises(DataError, match="lack an owner or a day"):
        moderation.moderate(desk, case_of(desk, case_id))


def test_a_replaced_case_gives_its_place_to_the_next_reserve_of_its_stratum(world):
    case_id = world.of_pod(world.pod)[0]
    desk = world.desk("quinn")
    frame = desk.tables("audit_frame")["audit_frame"].collect()
    stratum = state(world, case_id)["stratum"]
    first = frame.filter(pl.col("stratum") == stratum, pl.col("place") == "reserve").sort("rank")[
        "person_id"
    ][0]
    new = again.replace(desk, case_of(desk, case_id), "Conflict of interest")
    row = state(world, new)
    assert (row["person_id"], row["replaces_case_id"], row["state"]) == (first, case_id, "drawn")
    assert state(world, case_id)["state"] == "replaced"
    with pytest.raises(DataError, match="cannot become"):
        again.replace(desk, case_of(desk, case_id), "Conflict of interest")
    other = world.of_pod(world.pod)[0]
    with pytest.raises(DataError, match="A case is replaced because: The case was closed"):
        again.replace(desk, case_of(desk, other), "her aunt works here")


def test_a_second_draw_needs_a_reason_and_both_can_be_drawn_again(world):
    desk = world.desk("quinn")
    again_ = drawing.preview(desk, PERIOD)
    assert again_.number == 2
    with pytest.raises(DataError, match="A second draw needs --reason"):
        drawing.keep(desk, again_)
    begun = submitted(world)
    desk = world.desk("quinn")
    drawing.keep(desk, drawing.preview(desk, PERIOD), "the list of teams was wrong")
    told = drawing.verify(world.desk("quinn"), PERIOD)
    assert [well for _, well in told] == [True, True], told
    cases = world.cases().filter(pl.col("state") != "replaced")
    assert cases.height == 10, "what is begun keeps its place"
    assert begun in cases["case_id"].to_list()
    done = briefings.now(world.desk("quinn"), PERIOD, "slt").sections[0]
    assert "9 replaced: A second draw took its place" in done.lines, "not what was written about the draw"
    assert cases["person_id"].is_unique().all()


def test_a_challenge_leaves_the_validated_grade_and_reopening_corrects_it(world):
    case_id = moderated(world)
    desk = world.desk("quinn")
    moderation.challenge(desk, case_of(desk, case_id), 2, "drift since June")
    assert state(world, case_id)["grade"] == 3
    moderation.reopen(desk, case_of(desk, case_id), "the pod manager agrees that it be corrected")
    desk = world.desk("mo")
    moderation.moderate(desk, case_of(desk, case_id), 2, "drift since June, as challenged")
    assert (state(world, case_id)["grade"], state(world, case_id)["auditor_grade"]) == (2, 3)
    stages = desk.tables("audit_revisions")["audit_revisions"].collect()["stage"].to_list()
    assert stages == ["audit", "moderation", "challenge", "correction"]


def test_no_state_is_reached_by_a_part_that_may_not(world):
    """Every person tries every step from where the audit is, as it goes through its states."""
    case_id = world.of_pod(world.pod)[0]

    def parts_of(user):
        desk = world.desk(user)
        try:
            return desk, case_of(desk, case_id)
        except DataError:
            return desk, None

    way = [
        ("quinn", lambda d, c: steps.assign(d, c, "ann")),
        ("ann", steps.start),
        ("ann", lambda d, c: steps.submit(d, c, graded(c.tool))),
        ("mo", moderation.moderate),
        ("quinn", lambda d, c: moderation.reopen(d, c, "wrong year")),
        ("mo", lambda d, c: moderation.moderate(d, c, 4, "as agreed")),
    ]
    tried = {
        "assigned": lambda d, c: steps.assign(d, c, "bea", reason="x"),
        "in_progress": lambda d, c: (moderation.give_back if c.state == "submitted" else steps.start)(d, c, *(
            ["x"] if c.state == "submitted" else [])),
        "submitted": lambda d, c: steps.submit(d, c, graded(c.tool)),
        "moderated": lambda d, c: moderation.moderate(d, c, 3, "x"),
        "replaced": lambda d, c: again.replace(d, c, "Conflict of interest"),
        "reopened": lambda d, c: moderation.reopen(d, c, "x"),
    }  # fmt: skip
    for user, step in way:
        now = state(world, case_id)["state"]
        for other in PEOPLE:
            desk, case = parts_of(other)
            if case is None:
                continue
            may = {one.end for one in STEPS if one.start == now and case.parts & set(one.parts)}
            for end, attempt in tried.items():
                if end in may or (end == "in_progress" and now not in ("assigned", "submitted")):
                    continue
                with pytest.raises(DataError):
                    attempt(desk, case)
            assert state(world, case_id)["state"] == now, (other, now)
        desk = world.desk(user)
        step(desk, case_of(desk, case_id))
    assert {one.end for one in STEPS} | {"drawn"} == set(STATES)


def test_who_has_no_part_in_an_audit_does_not_learn_that_it_is_there(world):
    case_id = submitted(world)
    for user in ("bea", "max", "sam", "ona", "bob"):
        desk = world.desk(user)
        with pytest.raises(DataError, match="no such audit"):
            case_of(desk, case_id)
    refused = log.AccessLog(world.home).rows(actions=[log.REFUSED])
    assert refused.height == 5


def test_the_auditor_is_no_moderator_and_not_the_childs_own_worker(world):
    case_id = world.of_pod(world.pod)[0]
    desk = world.desk("quinn")
    case = case_of(desk, case_id)
    with pytest.raises(DataError, match="cannot moderate their own"):
        steps.assign(desk, case, "ann", moderator="ann")
    with pytest.raises(DataError, match="child's own worker"):
        steps.assign(desk, case, case.row["allocated_worker"])
    with pytest.raises(DataError, match="not on the list"):
        steps.assign(desk, case, "nobody")
    with pytest.raises(DataError, match="does not audit cases"):
        steps.assign(desk, case, "bob")
    steps.assign(desk, case, "mo")  # the pod's own manager audits: then another moderates
    assert world.desk("mo").parts(state(world, case_id)) == {"auditor"}


def test_consistency_is_checked_blind_over_all_moderated_audits(world):
    case_id = moderated(world)
    desk = world.desk("quinn")
    assert again.check_consistency(desk, PERIOD) == 1
    with pytest.raises(DataError, match="already"):
        again.check_consistency(desk, PERIOD)
    second = world.cases().filter(pl.col("checks_case_id") == case_id).row(0, named=True)
    assert (second["auditor"], second["blind"], second["auditor_grade"]) == ("quinn", True, None)
    from fcl_tui.access.quality.rows import audited

    def grades(user):
        desk = world.desk(user)
        told = audited(desk.door, desk.door.snapshot().scan, TODAY, demo=True)
        return told.cases.collect().filter(pl.col("case_id") == case_id)["grade"].to_list()

    assert grades("quinn") == [None], "who grades again sees the first grade nowhere"
    assert grades("mo") == [3]
    desk = world.desk("quinn")
    case = steps.start(desk, case_of(desk, second["case_id"]))
    steps.submit(desk, case, graded(case.tool, 2))
    assert grades("quinn") == [3]


def test_an_audit_opens_that_one_child_to_its_auditor_for_its_time_and_writes_it_down(world):
    case_id = assigned(world)
    person = state(world, case_id)["person_id"]
    desk = world.desk("ann")
    with pytest.raises(DataError, match="No child in your remit"):
        desk.door.admit(person)
    door, snapshot = look.opened(desk, case_id)
    seen = snapshot.scan("people").collect()
    assert seen.filter(pl.col("person_id") == person).height == 1
    named = seen.filter(~pl.col("name").str.contains("Outside|outside").fill_null(value=False))
    assert named["person_id"].to_list() == [person], "relatives have no names"
    for name in ("cin_visits", "statuses", "allocations", "events", "due_items"):
        frame = snapshot.scan(name).collect()
        column = next(one for one in frame.columns if one.endswith("person_id"))
        assert set(frame[column]) <= {person}, name
    door.admit(person)
    door.record(log.OPENED, report="client-summary", person_id=person)
    others = world.cases().filter(pl.col("person_id") != person)["person_id"][0]
    with pytest.raises(DataError):
        door.admit(others)
    for action in (log.EXPORTED, log.COPIED, log.PRINTED):
        with pytest.raises(DataError, match="to be read"):
            door.record(action, report="client-summary", person_id=person)
    assert not door.may_mark
    assert not door.may_break_glass
    rows = log.AccessLog(world.home).rows(client=person, who="ann")
    assert "audit" in rows["action"].to_list()
    for user in ("bea", "sam", "ona"):
        with pytest.raises(DataError):
            look.opened(world.desk(user), case_id)


def test_the_look_ends_with_its_days_and_where_the_record_is_restricted(world):
    from dataclasses import replace

    case_id = moderated(world)
    desk = world.desk("ann")
    door, _ = look.opened(desk, case_id)
    late = replace(desk, as_at=TODAY + timedelta(days=29))
    with pytest.raises(DataError, match="no longer opens"):
        look.opened(late, case_id)
    person = state(world, case_id)["person_id"]
    (world.home / "restricted-demo.csv").write_text(f"person_id,reason,owner,may_open\n{person},x,boss,\n")
    desk = world.desk("ann")
    with pytest.raises(DataError, match="restricted"):
        look.opened(desk, case_id)
    with pytest.raises(DataError, match="restricted"):
        door.renew()


def test_a_concern_is_told_at_once_and_answered_by_a_manager(world):
    case_id = assigned(world)
    desk = world.desk("ann")
    concerns.concern(desk, case_of(desk, case_id), "bruises not followed up")
    assert state(world, case_id)["concern_open"]
    desk = world.desk("mo")
    concerns.answer_concern(desk, case_of(desk, case_id), "strategy discussion held today")
    assert not state(world, case_id)["concern_open"]
    desk = world.desk("ann")
    with pytest.raises(DataError, match="Only a manager"):
        concerns.answer_concern(desk, case_of(desk, case_id), "x")
