"""Not one name, date of birth, address or number of a child whom the reader may not see, in any output."""

import re
import shutil
from datetime import date

import polars as pl
import pytest

from data.errors import DataError
from data.snapshots.reader import open_current
from fcl_tui.access import DEMO_LIST
from fcl_tui.access.break_glass import notices
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Cover, Deputy, Person, Roster
from fcl_tui.access.readers.roles import FILE
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.access.seen import columns
from fcl_tui.access.seen.restricted_records import Seal, write
from fcl_tui.cli.asking.check import problems
from fcl_tui.cli.asking.lookups import found, reasons
from fcl_tui.cli.asking.marks import marks_listed
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.export import content
from fcl_tui.reports import catalogue
from tests.asking import asked, one_session
from tests.leaks import Authority

TODAY = date.today()
FORMATS = ("table", "csv", "json")
BOSS = Person("boss", "administrator")


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    home = ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("home"), demo=True)
    ready.restricted(60, 3, TODAY).write_csv(home / "sealed.csv")
    return home


@pytest.fixture(scope="module")
def known(home):
    """Open children with team and worker, by number."""
    scan = open_current(home).scan
    held = latest_first(
        scan("allocations").filter(open_on(TODAY), pl.col("role") == "allocated_worker"), "person_id"
    )
    return held.select("person_id", "team", "worker").collect()


@pytest.fixture(autouse=True)
def nobody_known():
    yield
    identity.forget()


def reads(home, user, *people, deputies=(), covers=()):
    roster.write(home, Roster((BOSS, *people), tuple(deputies), tuple(covers)))
    identity.forget()
    identity.declare(Identity(user, forced=True))


def telling(home, people):
    """Everything that says who these are and nobody else: numbers, names, days of birth, UPNs, postcodes."""
    scan = open_current(home).scan

    def values(frame, person, *columns_):
        mine = frame.filter(pl.col(person).is_in(people)).select(columns_).collect()
        others = frame.filter(~pl.col(person).is_in(people)).select(columns_).collect()
        for column in columns_:
            yield from set(mine[column].drop_nulls().cast(pl.String)) - set(others[column].cast(pl.String))

    told = set(people)
    told |= set(values(scan("people"), "person_id", "person_id", "name", "date_of_birth", "upn"))
    told |= set(values(scan("address"), "addr_person_id", "addr_address_postcode", "addr_address_json"))
    told |= set(values(scan("linked_identifiers"), "link_person_id", "link_identifier_value"))
    days = {one for one in told if len(one) == 10 and one[4] == "-"}
    firsts = {one for one in days if one.endswith("-01")}  # a month is called by its first day
    dates = {f"{date.fromisoformat(one):%d/%m/%Y}" for one in days - firsts}
    # a day is telling only where nobody else has anything on it
    return {one for one in told - firsts if len(one) > 3} | dates


# digits that are no child's number: a long fraction's, a row token's, a snapshot's name to the microsecond
CHANCE = re.compile(r"\d+\.\d{3,}|\bk\d{7,}|\b\d{8}T\d{12}Z")


def everything(home, clients):
    """All that the command line can be made to say, refusals too."""
    reports = [catalogue.load(entry.key) for entry in catalogue.every()]
    requests = [(report.key, {}) for report in reports]
    requests += [
        (report.key, {"detail": True} if view.behind else {"by": view.key})
        for report in reports
        for view in report.views
    ]
    requests += [("planner", {"detail": True, "format_": "ics"}), ("due-items", {"history": True})]
    requests += [(report.key, {"client": one}) for report in reports for one in clients]
    asks = [lambda key=key, more=more: asked(home, key, **more) for key, more in requests]
    asks += [lambda: problems(home)[0], lambda: marks_listed(home, None, history=True)]
    asks += [lambda one=one: reasons(home, one, "cin_visit", None) for one in clients]
    with one_session():
        for ask in asks:
            try:
                said = ask()
            except DataError as error:
                yield str(error)
                continue
            if isinstance(said, list):
                yield "\n".join(said)
                continue
            for form in FORMATS:
                yield CHANCE.sub("", content(said, form).decode())


def test_every_column_of_the_standard_and_of_the_prepared_frames_is_classified(home):
    snapshot = open_current(home)
    for name in snapshot._files:
        if name not in columns.NO_CHILD | columns.OF_ALL | columns.INDEX:
            names = snapshot.scan(name).collect_schema().names()
            assert columns.unclassified(names) == [], name


def test_a_column_nobody_thought_of_is_hidden():
    assert columns.class_of("pers_favourite_colour") == "hidden"
    assert columns.unclassified(["pers_favourite_colour"]) == ["pers_favourite_colour"]


def test_children_outside_the_remit_are_nowhere(home, known):
    team = known["team"].value_counts().sort("count")["team"][-1]
    theirs = set(known.filter(pl.col("team") == team)["person_id"])
    scan = open_current(home).scan
    reads(home, "sam", Person("sam", "front-line manager", teams=(team,)))
    door = at_the_door(home)
    narrowed = door.snapshot()
    people = set(scan("people").collect()["person_id"])
    seen = set(narrowed.scan("people").collect()["person_id"])
    assert theirs <= seen
    gone = sorted(people - seen)
    assert len(gone) > 100
    outside = sorted(set(known["person_id"]) - seen)
    assert door.counts_outside >= len(outside) > 0
    telltales, days = telling(home, gone), _days(narrowed)
    for said in everything(home, [outside[0], sorted(theirs)[0]]):
        found_ = [one for one in telltales if one in said]
        assert [one for one in found_ if one not in days] == []


def _days(snapshot):
    """Every day that something else in view stands on, as text in both spellings."""
    told = set()
    for name in ("events", "due_items", "statuses", "assessments", "involvements", "cin_assessments"):
        frame = snapshot.scan(name).collect()
        for column, kind in frame.schema.items():
            if kind == pl.Date:
                days = frame[column].drop_nulls().unique()
                told |= set(days.cast(pl.String)) | set(days.dt.strftime("%d/%m/%Y"))
    return told


@pytest.fixture
def sealed(home):
    """Restricted children, kept by another user and open to nobody."""
    people = pl.read_csv(home / "sealed.csv", infer_schema=False)["person_id"].to_list()
    write(home, {one: Seal("adoption", "olive") for one in people}, demo=True)
    assert (home / DEMO_LIST).read_text().startswith("person_id,reason,owner,may_open\n")
    yield people
    (home / DEMO_LIST).unlink()


def test_restricted_records_count_and_are_not_named_anywhere(home, known, sealed):
    whole = answer_of_single(home, "client-overview")
    reads(home, "sen", Person("sen", "senior manager", all=True))
    telltales = telling(home, sealed)
    narrowed = at_the_door(home).snapshot()
    assert narrowed.scan("person").filter(pl.col("pers_person_id").is_in(sealed)).collect().is_empty()
    days = _days(narrowed)
    for said in everything(home, sealed[:2]):
        assert [one for one in telltales if one in said and one not in days] == []
    rows = asked(home, "client-overview", by="child").rows
    assert rows.height == whole.height
    assert rows["team"].value_counts().sort("team").equals(whole["team"].value_counts().sort("team"))
    shut = rows.filter(pl.col("person_id").str.starts_with("R-"))
    assert 0 < shut.height <= len(sealed)
    assert set(shut["name"]) == {"Restricted"}
    assert shut["date_of_birth"].null_count() == shut.height
    for report in ("assessments", "due-items"):
        before, after = answer_of_single(home, report), None
        reads(home, "sen", Person("sen", "senior manager", all=True))
        after = asked(home, report).rows
        kept = [
            one for one in before.columns if one in ("rule", "state", "team", "completed", "in_time", "open")
        ]
        assert after.select(kept).sort(kept).equals(before.select(kept).sort(kept)), report


def answer_of_single(home, report):
    """As in a single person's own installation of the same data, where nobody was ever listed."""
    identity.forget()
    by = {"client-overview": "child"}.get(report)
    return asked(alone(home), report, by=by).rows


def alone(home):
    """The same snapshot in a home that nobody has written anything into."""
    other = home.parent / f"{home.name}-alone"
    if not other.exists():
        shutil.copytree(home / "snapshots", other / "snapshots")
    return other


def test_a_token_joins_in_every_table_and_is_not_the_number(home, sealed):
    reads(home, "sen", Person("sen", "senior manager", all=True))
    scan = at_the_door(home).snapshot().scan
    people = set(scan("people").filter(pl.col("name") == "Restricted").collect()["person_id"])
    tokens = {one for one in people if one.startswith("R-")}
    assert len(tokens) == len(sealed)
    for table, person in (
        ("statuses", "person_id"),
        ("due_items", "person_id"),
        ("involvements", "invo_person_id"),
    ):
        rows = scan(table).filter(pl.col(person).str.starts_with("R-")).collect()
        assert rows.height
        assert set(rows[person]) <= tokens
    plain = open_current(home).scan
    for table, key in (("cin_episodes", "cine_referral_id"), ("cin_assessments", "cina_referral_id")):
        before = plain(table).filter(pl.col(f"{key[:4]}_person_id").is_in(sealed)).collect()
        after = scan(table).filter(pl.col(f"{key[:4]}_person_id").str.starts_with("R-")).collect()
        assert after.height == before.height
        assert not set(after[key]) & set(before[key])
        assert after[key].n_unique() == before[key].n_unique()


def test_find_gives_a_restricted_record_by_its_whole_number_only(home, sealed):
    reads(home, "sen", Person("sen", "senior manager", all=True))
    person = sealed[0]
    row = open_current(home).scan("people").filter(pl.col("person_id") == person).collect().row(0, named=True)
    assert found(home, person, None).rows["name"].to_list() == ["Restricted"]
    for text in (row["name"], person[:-1], str(row["date_of_birth"]), row["surname"]):
        assert person not in found(home, text, None).rows["person_id"].to_list()
        assert "Restricted" not in found(home, text, None).rows["name"].to_list()


def test_glass_is_broken_by_a_manager_with_a_reason_and_the_owner_hears_of_it(home, sealed):
    manager = Person("sen", "senior manager", all=True)
    olive = Person("olive", "social worker", all=True)
    reads(home, "sen", manager, olive)
    with pytest.raises(DataError, match="restricted record"):
        asked(home, "client-summary", client=sealed[0])
    with pytest.raises(DataError, match="at least 10"):
        asked(home, "client-summary", client=sealed[0], break_glass="because")
    told = asked(home, "client-summary", client=sealed[0], break_glass="child at the hospital now")
    assert told.parts["overview"]["person_id"] == sealed[0]
    assert "hospital" not in content(told, "json").decode()
    with pytest.raises(DataError, match="restricted record"):  # this process's next question is a new one
        asked(home, "client-summary", client=sealed[0])
    door = at_the_door(home)
    snapshot = door.snapshot()
    assert named(snapshot, sealed) == set()
    door.break_glass(sealed[0], "child at the hospital now")
    assert named(snapshot, sealed) == {sealed[0]}  # that record, and no other restricted one with it
    reads(home, "olive", manager, olive)
    door = at_the_door(home)
    assert ["child at the hospital now" in one and "sen" in one for one in notices(door)] == [True, True]
    door.record("session started")
    assert notices(door) == []
    door.snapshot()
    door.admit(sealed[0])  # the owner is one of the named people


def test_a_restricted_review_summary_is_opened_as_a_client_summary_is(home, sealed):
    reads(home, "sen", Person("sen", "senior manager", all=True))
    person = sealed[0]
    with pytest.raises(DataError, match="restricted record"):
        asked(home, "review-summary", client=person)
    reason = "child at the hospital now"
    told = asked(home, "review-summary", client=person, break_glass=reason, format_="docx")
    assert told.parts["overview"]["restricted"]
    log = at_the_door(home).log
    assert log is not None
    looks = [(row["action"], row["report"], row["person_id"]) for row in log.rows(newest=5).to_dicts()]
    assert ("printed", "review-summary", person) in looks
    assert any(action == "broke glass" and who == person for action, _, who in looks)


def named(snapshot, people):
    """Those of the people who are in a frame of the snapshot under their own number."""
    told = set()
    for name, person in (("people", "person_id"), ("person", "pers_person_id"), ("due_items", "person_id")):
        told |= set(snapshot.scan(name).collect()[person]) & set(people)
    return told


def test_a_social_worker_cannot_break_glass(home, sealed):
    reads(home, "jo", Person("jo", "social worker", all=True))
    with pytest.raises(DataError, match="Only a manager"):
        asked(home, "client-summary", client=sealed[0], break_glass="child at the hospital now")
    door = at_the_door(home)
    snapshot = door.snapshot()
    with pytest.raises(DataError, match="Only a manager"):
        door.break_glass(sealed[0], "child at the hospital now")
    assert named(snapshot, sealed) == set()
    assert named(open_current(home), sealed) == set(sealed)


def test_a_team_sees_its_own_children_whole(home, known):
    team = known["team"].value_counts().sort("count")["team"][-1]
    (home / DEMO_LIST).unlink(missing_ok=True)
    before = asked(alone(home), "client-overview", team=team).rows
    reads(home, "sam", Person("sam", "business support officer", teams=(team,)))
    after = asked(home, "client-overview")
    assert after.rows.filter(pl.col("team") == team).equals(before)
    theirs = Authority(open_current(home), TODAY).remit((team,))
    assert set(before["person_id"]) <= set(after.rows["person_id"]) <= theirs
    assert not after.left_out or all(one["what"] != "children" for one in after.left_out)
    assert team in after.parameters["remit"]


def test_deputies_and_cover_count_on_their_days_only(home, known):
    from datetime import timedelta

    one, two = known["team"].value_counts().sort("count")["team"].to_list()[-2:]
    first = known.filter(pl.col("team") == one)["person_id"][0]
    day = timedelta(days=1)
    sam, ann = Person("sam", "social worker", teams=(two,)), Person("ann", "front-line manager", teams=(one,))
    for start, until, open_ in ((-1, 0, True), (0, 0, True), (0, 1, True), (1, 2, False), (-2, -1, False)):
        span = (TODAY + start * day, TODAY + until * day)
        for lists in ({"deputies": [Deputy("sam", "ann", *span)]}, {"covers": [Cover("sam", one, *span)]}):
            reads(home, "sam", sam, ann, **lists)
            door = at_the_door(home)
            snapshot = door.snapshot()
            assert snapshot.seen_of(pl.Series([first])).len() == open_, (start, until, lists)
            assert named(snapshot, [first]) == ({first} if open_ else set())
            assert door.allows("assessments") == (open_ and "deputies" in lists)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[person]]\nuser = 'x'\nrole = 'king'\n", "no role"),
        ("[[person]]\nuser = 'x'\nrole = 'analyst'\nsees = 'all'\n", "means nothing"),
        ("[[person]]\nuser = 'x'\nrole = 'analyst'\nuntil = '2027'\n", "takes a day"),
        ("[[person]\n", "not valid TOML"),
        ("", "No person has the role"),
    ],
)
def test_a_mistake_in_the_list_closes_the_door_to_everybody(home, text, wrong):
    (home / FILE).write_text(text)
    identity.forget()
    identity.declare(Identity("x", forced=True))
    with pytest.raises(DataError, match="not set up correctly"):
        asked(home, "client-overview")
    identity.forget()  # the account that owns the file is told what is wrong
    with pytest.raises(DataError, match=wrong):
        asked(home, "client-overview")


def test_whoever_is_not_listed_or_has_gone_is_refused_and_it_is_written_down(home):
    old = Person("gone", "social worker", all=True, until=date(2020, 1, 1))
    for user in ("stranger", "gone"):
        reads(home, user, old)
        with pytest.raises(DataError, match="list of people"):
            asked(home, "client-overview")
    reads(home, "boss")
    with pytest.raises(DataError, match="sees no data of children"):
        found(home, "a", None)
    assert at_the_door(home).log.rows(actions=["refused"])["who"].to_list()[:3] == [
        "boss",
        "gone",
        "stranger",
    ]


def test_what_cannot_be_written_down_is_not_shown(home):
    from data.office.access_log import AccessLog

    reads(home, "sam", Person("sam", "social worker", all=True))
    head = home / "audit-head.json"
    assert asked(home, "client-overview").rows.height
    (home / "audit.lock").rename(home / "aside")
    (home / "audit.lock").mkdir()
    try:
        with pytest.raises(DataError, match="cannot be written"):
            asked(home, "client-overview")
    finally:
        (home / "audit.lock").rmdir()
    assert AccessLog(home).verify()[1] == []
    assert head.exists()
