"""From sources to a snapshot: every row counted, whatever is wrong with it."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl
import pytest

from data.errors import DataError
from data.schema.convert import typed
from data.schema.tables import names, polars_schema
from data.snapshots.place import FOLDER
from data.snapshots.reader import open_current
from data.sources.base import Batch, PlaceCount, coverage_schema
from data.sources.cin_census import CinCensus
from fcl_tui.loading.load import load
from tests.authority import ROWS, run, write
from tests.data import cin_by_hand as cin
from tests.postgres import postgres, postgres_server  # noqa: F401 - fixtures

DAY = date(2025, 6, 1)


def prepare(scan, rules, calendar):
    """A stand-in for the application's prepared frames."""
    return {
        "people": scan("person").select(person_id="pers_person_id"),
        "holidays": calendar.frame().lazy(),
        "rules": rules.frame().lazy(),
    }


def loaded(home, *sources, **options):
    result = load(sources, home, prepare=prepare, data_date=DAY, **options)
    return result, open_current(home)


def table(snapshot, name):
    return snapshot.scan(name).collect()


def told(snapshot, **wanted):
    return table(snapshot, "issues").filter(**wanted)


def balanced(result, snapshot):
    """rows in = rows used + held, and every held row is in the issues."""
    for places in result.places.values():
        for place in places:
            assert place.rows_in == place.rows_used + place.rows_held
    held = sum(place.rows_held for places in result.places.values() for place in places)
    assert told(snapshot, effect="row held").select("source", "row").height >= held
    return held


@pytest.fixture
def url(tmp_path):
    return write(f"sqlite:///{tmp_path}/authority.db")


def test_a_load_becomes_the_snapshot_in_use(tmp_path, url):
    heard = []
    result, snapshot = loaded(tmp_path / "home", url, progress=lambda *what: heard.append(what))
    assert snapshot.id == result.snapshot
    assert {name: count for name, count in result.tables.items() if count} == {
        name: len(rows) for name, rows in ROWS.items()
    }
    assert [
        name for name in names() if dict(snapshot.scan(name).collect_schema()) != polars_schema(name)
    ] == []
    assert set(table(snapshot, "people")["person_id"]) == {"1", "2", "3"}
    assert table(snapshot, "coverage")["table"].to_list() == list(names())
    assert table(snapshot, "holidays")["date"].dt.year().unique().sort().to_list() == list(range(2024, 2029))
    assert snapshot.manifest.data_date == DAY
    assert snapshot.manifest.sources[0].name == "SQLite authority.db"
    assert snapshot.manifest.tables["person"].rows_in == 3
    assert snapshot.verify() == []
    assert balanced(result, snapshot) == 0
    assert {what for what, _, _ in heard} >= {"Reading ssd_person", "Checking the data", "Working out people"}
    assert sum(result.issues.values()) == table(snapshot, "issues").height
    assert result.seconds > 0


def test_the_same_source_gives_the_same_files(tmp_path, url):
    first, one = loaded(tmp_path / "a", url)
    second, two = loaded(tmp_path / "b", url)
    assert one.manifest.files == two.manifest.files
    assert one.manifest.sources == two.manifest.sources
    assert first.tables == second.tables


def test_rows_without_a_child_get_it_from_their_plan_or_period_of_care(tmp_path, url):
    _, snapshot = loaded(tmp_path / "home", url)
    assert table(snapshot, "cp_visits")["cppv_person_id"].to_list() == ["1", "1"]
    assert table(snapshot, "cla_placement")["clap_person_id"].to_list() == ["2"]


def test_a_period_of_care_of_two_children_names_neither(tmp_path, url):
    run(
        url,
        "INSERT INTO ssd_cla_episodes (clae_cla_episode_id, clae_person_id, clae_cla_id)"
        " VALUES ('E2', '1', 'C1')",
    )
    _, snapshot = loaded(tmp_path / "home", url)
    assert table(snapshot, "cla_placement")["clap_person_id"].to_list() == [None]
    assert told(snapshot, rule="no_child")["row"].to_list() == ["ssd_cla_placement/L1"]


def test_postgresql_gives_the_same_tables_as_sqlite(tmp_path, url, postgres):  # noqa: F811
    write(postgres)
    _, one = loaded(tmp_path / "a", url)
    _, two = loaded(tmp_path / "b", postgres)
    for name in names():
        assert table(one, name).drop("source").equals(table(two, name).drop("source")), name


LOOSE = (
    "CREATE TABLE loose AS SELECT * FROM {0}",
    "DROP TABLE {0}",
    "ALTER TABLE loose RENAME TO {0}",
)


def loosen(url, name):
    """Drop the constraints of a table: deployed ones enforce none."""
    run(url, *(statement.format(f"ssd_{name}") for statement in LOOSE))


def test_a_row_that_is_there_twice_is_kept_once(tmp_path, url):
    loosen(url, "cp_visits")
    run(url, "INSERT INTO ssd_cp_visits SELECT * FROM ssd_cp_visits")
    result, snapshot = loaded(tmp_path / "home", url)
    assert table(snapshot, "cp_visits")["cppv_cp_visit_id"].to_list() == ["V1", "V2"]
    assert told(snapshot, rule="duplicate_row")["row"].to_list() == ["ssd_cp_visits/V1", "ssd_cp_visits/V2"]
    assert PlaceCount("ssd_cp_visits", 4, 2, 2) in result.places["SQLite authority.db"]
    assert snapshot.manifest.tables["cp_visits"].rows_held == 2
    assert balanced(result, snapshot) == 2


def test_of_rows_with_one_number_the_fullest_is_kept(tmp_path, url):
    loosen(url, "cp_plans")
    run(
        url,
        "INSERT INTO ssd_cp_plans (cppl_cp_plan_id, cppl_referral_id, cppl_person_id)"
        " VALUES ('P1', 'A', '0')",
    )
    result, snapshot = loaded(tmp_path / "home", url)
    assert table(snapshot, "cp_plans")["cppl_person_id"].to_list() == ["1"]
    issue = told(snapshot, rule="duplicate_key").row(0, named=True)
    assert (issue["severity"], issue["effect"], issue["person_id"]) == ("error", "row held", "0")
    assert balanced(result, snapshot) == 1


def test_siblings_may_share_the_number_of_an_enquiry(tmp_path, url):
    loosen(url, "s47_enquiry")
    run(
        url,
        "INSERT INTO ssd_s47_enquiry (s47e_s47_enquiry_id, s47e_person_id)"
        " VALUES ('S', '1'), ('S', '2'), ('S', '2')",
    )
    result, snapshot = loaded(tmp_path / "home", url)
    assert table(snapshot, "s47_enquiry")["s47e_person_id"].to_list() == ["1", "2"]
    assert balanced(result, snapshot) == 1


def test_rows_without_a_number_get_the_same_one_at_every_load(tmp_path, url):
    loosen(url, "cla_visits")
    run(
        url,
        "INSERT INTO ssd_cla_visits (clav_person_id, clav_cla_visit_date)"
        " VALUES ('2', '2024-10-02'), ('1', '2024-10-01')",
    )
    result, snapshot = loaded(tmp_path / "a", url)
    visits = table(snapshot, "cla_visits")
    assert visits["clav_cla_visit_id"].to_list() == ["no-number-0000001", "no-number-0000002"]
    assert visits["clav_person_id"].to_list() == ["1", "2"]
    run(url, "UPDATE ssd_cla_visits SET rowid = rowid + 10 WHERE clav_person_id = '2'")
    assert (
        table(loaded(tmp_path / "b", url)[1], "cla_visits")
        .drop("source_row")
        .equals(visits.drop("source_row"))
    )
    assert told(snapshot, rule="no_key").height == 2
    assert balanced(result, snapshot) == 0


def test_a_person_without_a_number_is_held(tmp_path, url):
    loosen(url, "person")
    run(url, "INSERT INTO ssd_person (pers_surname) VALUES ('Nobody')")
    result, snapshot = loaded(tmp_path / "home", url)
    assert result.tables["person"] == 3
    assert told(snapshot, rule="no_key")["row"].to_list() == ["ssd_person/row 4"]
    assert balanced(result, snapshot) == 1


def test_rows_of_unknown_children_are_kept_and_told(tmp_path, url):
    run(
        url,
        "INSERT INTO ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date)"
        " VALUES ('R9', '99', '2024-01-01'), ('R8', '', '2024-01-01')",
    )
    _, snapshot = loaded(tmp_path / "home", url)
    assert table(snapshot, "cin_episodes").height == 4
    assert told(snapshot, rule="orphan").select("row", "person_id").rows() == [("ssd_cin_episodes/R9", "99")]
    assert told(snapshot, rule="no_child").select("row", "severity").rows() == [
        ("ssd_cin_episodes/R8", "error")
    ]


def test_dates_that_cannot_be_are_told(tmp_path, url):
    run(
        url,
        "UPDATE ssd_cp_plans SET cppl_cp_plan_end_date = '2024-01-31'",
        "UPDATE ssd_cp_visits SET cppv_cp_visit_date = '2025-06-02' WHERE cppv_cp_visit_id = 'V1'",
        "UPDATE ssd_missing SET miss_missing_episode_start_date = '2016-04-30'",
        "UPDATE ssd_cla_episodes SET clae_cla_episode_start_date = 'whenever'",
    )
    _, snapshot = loaded(tmp_path / "home", url)
    assert told(snapshot, rule="end_before_start")["value"].to_list() == ["2024-02-01 to 2024-01-31"]
    assert told(snapshot, rule="future_date")["row"].to_list() == ["ssd_cp_visits/V1"]
    assert told(snapshot, rule="before_birth")["person_id"].to_list() == ["2"]
    assert told(snapshot, rule="unreadable_date")["value"].to_list() == ["whenever"]
    assert table(snapshot, "cp_visits").height == 2


def test_who_has_no_birth_date_and_who_has_no_worker(tmp_path, url):
    run(
        url,
        "INSERT INTO ssd_person (pers_person_id) VALUES ('4')",
        "INSERT INTO ssd_cin_episodes (cine_referral_id, cine_person_id, cine_referral_date)"
        " VALUES ('R4', '4', '2025-01-01')",
        "UPDATE ssd_cin_episodes SET cine_referral_worker_id = 'W7', cine_referral_team = 'Pod 1'",
        "INSERT INTO ssd_department (dept_team_id, dept_team_name) VALUES ('T1', 'Pod 1')",
    )
    _, snapshot = loaded(tmp_path / "home", url)
    assert told(snapshot, rule="no_birth_date")["person_id"].to_list() == ["4"]
    assert told(snapshot, rule="no_worker")["person_id"].to_list() == ["4"]
    assert told(snapshot, rule="unknown_worker").select("column", "value").rows() == [
        ("cine_referral_worker_id", "W7")
    ]
    assert told(snapshot, rule="unknown_team").is_empty()


def test_a_large_frame_made_in_parts_is_the_same(tmp_path, url, monkeypatch):
    run(
        url,
        "INSERT INTO ssd_contacts (cont_contact_id, cont_person_id)"
        " VALUES ('1', '3'), ('2', NULL), ('3', '10')",
    )

    def events(scan, rules, calendar):
        return {"events": scan("contacts").select(person_id="cont_person_id", detail="cont_contact_id")}

    whole = load([url], tmp_path / "a", prepare=events)
    monkeypatch.setattr("data.partition.PART", 1)
    parts = load([url], tmp_path / "b", prepare=events)
    made = [table(open_current(tmp_path / name), "events") for name in ("a", "b")]
    assert made[0].equals(made[1])
    assert made[0]["person_id"].to_list() == ["10", "3", None]
    assert whole.tables == parts.tables


# Several sources


@dataclass
class Lists:
    """A source made of rows, such as a workbook's lists: one row may feed several tables."""

    rows: dict
    name: str = "lists.xlsx"
    kind: str = "annex_a"
    day: date | None = None
    places_in: list = field(default_factory=list)

    def batches(self, progress):
        for place, (name, rows) in self.rows.items():
            raw = pl.DataFrame(rows)
            if "source_row" not in raw.columns:
                raw = raw.with_columns(
                    source_row=pl.concat_str(pl.lit(f"{place}/row "), pl.int_range(pl.len()))
                )
            frame, issues = typed(name, raw, source=self.name, place=place)
            self.places_in.append(PlaceCount(place, len(frame), len(frame), 0))
            yield Batch(name, frame, issues)

    def places(self):
        return self.places_in

    def coverage(self):
        rows = [(name, "partial", True, "x", "from lists") for name in names()]
        return pl.DataFrame(rows, schema=coverage_schema(), orient="row")

    def checksum(self):
        return "0"

    def data_date(self):
        return self.day


def test_what_a_later_source_adds_to_a_child_is_used_once_and_told(tmp_path, url):
    lists = Lists(
        {
            "List 7": (
                "cp_visits",
                [
                    {"cppv_cp_visit_id": "AA-1", "cppv_person_id": "1", "cppv_cp_visit_date": "01/05/2025"},
                    {"cppv_cp_visit_id": "AA-2", "cppv_person_id": "2", "cppv_cp_visit_date": "02/05/2025"},
                    {"cppv_cp_visit_id": "AA-3", "cppv_person_id": "1", "cppv_cp_visit_date": "19/02/2024"},
                ],
            ),
            "List 1": (
                "person",
                [
                    {
                        "pers_person_id": "1",
                        "pers_sex": "b) Female",
                        "pers_dob": "28/02/2012",
                        "pers_ethnicity": "WBRI",
                    },
                    {"pers_person_id": "7", "pers_sex": "a) Male"},
                    {"pers_person_id": "7", "pers_dob": "01/01/2010"},
                ],
            ),
        }
    )
    result, snapshot = loaded(tmp_path / "home", url, lists)
    visits = table(snapshot, "cp_visits")
    assert visits["cppv_cp_visit_id"].to_list() == ["AA-1", "V1", "V2", "AA-2"]
    assert visits["source"].to_list() == ["lists.xlsx", *["SQLite authority.db"] * 2, "lists.xlsx"]
    assert told(snapshot, rule="superseded")["row"].to_list() == ["List 7/row 2"]
    added = told(snapshot, rule="added_by_later_source").row(0, named=True)
    assert (added["row"], added["value"], added["effect"]) == ("List 7/row 0", "2025-05-01", "kept")
    people = {row["pers_person_id"]: row for row in table(snapshot, "person").iter_rows(named=True)}
    assert people["1"]["pers_dob"] == date(2012, 2, 29)
    assert people["1"]["pers_ethnicity"] == "WBRI"
    assert people["1"]["source"] == "SQLite authority.db"
    assert (people["7"]["pers_sex"], people["7"]["pers_dob"]) == ("M", date(2010, 1, 1))
    differ = told(snapshot, rule="sources_disagree").row(0, named=True)
    assert (differ["source"], differ["column"], differ["value"]) == ("lists.xlsx", "pers_dob", "2012-02-28")
    assert (differ["row"], differ["effect"]) == ("List 1/row 0", "another value used")
    assert "29/02/2012, from SQLite authority.db (ssd_person/1)" in differ["reason"]
    assert balanced(result, snapshot) == 1
    assert result.notes == []
    assert PlaceCount("List 7", 3, 2, 1) in result.places["lists.xlsx"]
    coverage = {row["table"]: row for row in table(snapshot, "coverage").iter_rows(named=True)}
    assert (coverage["person"]["coverage"], coverage["person"]["latest_only"]) == ("full", False)
    assert (coverage["send"]["coverage"], coverage["send"]["latest_only"]) == ("partial", False)


def test_the_order_of_the_sources_decides(tmp_path, url):
    visit = {"cppv_cp_visit_id": "AA-1", "cppv_person_id": "1", "cppv_cp_visit_date": "01/05/2025"}
    result, snapshot = loaded(tmp_path / "home", Lists({"List 7": ("cp_visits", [visit])}), url)
    assert table(snapshot, "cp_visits")["cppv_cp_visit_id"].to_list() == ["AA-1", "V1", "V2"]
    assert balanced(result, snapshot) == 0
    assert "name the database first" in result.notes[0]


def test_a_list_row_is_used_when_any_table_keeps_it(tmp_path):
    row = {"source_row": "List 8/row 2"}
    lists = Lists(
        {
            "List 8": ("cla_visits", [row | {"clav_cla_visit_id": "K", "clav_person_id": "1"}] * 2),
            "also": ("cla_reviews", [row | {"clar_cla_review_id": "K", "clar_cla_person_id": "1"}]),
        }
    )
    result, snapshot = loaded(tmp_path / "home", lists)
    assert told(snapshot, rule="duplicate_row").height == 1
    assert PlaceCount("List 8", 2, 2, 0) in result.places["lists.xlsx"]


def test_a_list_row_that_two_tables_hold_is_held_once(tmp_path):
    def rows(key, child):
        return [{"source_row": f"List 8/row {n}", key: "K", child: "1"} for n in (2, 3)]

    visits, reviews = (
        rows("clav_cla_visit_id", "clav_person_id"),
        rows("clar_cla_review_id", "clar_cla_person_id"),
    )
    lists = Lists({"List 8": ("cla_visits", visits), "also": ("cla_reviews", reviews)})
    result, snapshot = loaded(tmp_path / "home", lists)
    assert told(snapshot, rule="duplicate_row")["row"].to_list() == ["List 8/row 3"] * 2
    assert PlaceCount("List 8", 2, 1, 1) in result.places["lists.xlsx"]


def one_of_everything(started: str, met: str, reviewed: str) -> str:
    """A census of one child with an assessment and its factors, an enquiry and its conference, a plan."""
    return cin.census(
        cin.child(
            cin.details(
                cin.el(
                    "Assessments",
                    "<FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors>"
                    "</FactorsIdentifiedAtAssessment>",
                    AssessmentActualStartDate=started,
                ),
                cin.el(
                    "Section47", S47ActualStartDate=started, DateOfInitialCPC=met, ICPCnotRequired="false"
                ),
                cin.el(
                    "ChildProtectionPlans",
                    f"<Reviews><CPPreviewDate>{reviewed}</CPPreviewDate></Reviews>",
                    CPPstartDate=started,
                    InitialCategoryOfAbuse="NEG",
                ),
            )
        )
    )


def test_what_hangs_on_a_row_that_yields_goes_with_it_and_counts_as_held(tmp_path):
    texts = {
        "first.xml": one_of_everything("2024-06-10", "2024-06-24", "2024-09-10"),
        "second.xml": one_of_everything("2024-06-12", "2024-06-28", "2024-09-19"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result, snapshot = loaded(tmp_path / "home", *(CinCensus(tmp_path / name) for name in texts))
    for name in (
        "cin_assessments", "assessment_factors", "s47_enquiry", "initial_cp_conference", "cp_plans",
        "cp_reviews",
    ):  # fmt: skip
        assert table(snapshot, name)["source"].to_list() == ["first.xml"], name
    places = {place.place: place for place in result.places["second.xml"]}
    for name in ("Assessments", "Section47", "ChildProtectionPlans", "CPPreviewDate"):
        assert (places[name].rows_used, places[name].rows_held) == (0, 1), name
    hanging = told(snapshot, rule="superseded").filter(pl.col("reason").str.starts_with("It depends on"))
    assert hanging.sort("ssd_table").select("ssd_table", "severity").rows() == [
        ("assessment_factors", "note"),
        ("cp_reviews", "warning"),
        ("initial_cp_conference", "warning"),
    ]


def test_what_hangs_on_the_same_row_of_two_sources_is_added_to_it(tmp_path):
    texts = {
        "first.xml": one_of_everything("2024-06-10", "2024-06-24", "2024-09-10"),
        "second.xml": one_of_everything("2024-06-10", "2024-06-24", "2025-03-10"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, snapshot = loaded(tmp_path / "home", *(CinCensus(tmp_path / name) for name in texts))
    assert table(snapshot, "cp_reviews").select("source", "cppr_cp_plan_id").rows() == [
        ("first.xml", "CIN-CP-A1-2024-06-10"),
        ("second.xml", "CIN-CP-A1-2024-06-10"),
    ]
    assert table(snapshot, "initial_cp_conference")["source"].to_list() == ["first.xml"]


def test_two_sources_of_one_name_are_refused(tmp_path, url):
    with pytest.raises(DataError, match="Two of the sources are called"):
        loaded(tmp_path / "home", url, url)


def test_the_day_of_the_data(tmp_path, url):
    day = date(2025, 3, 1)
    someone = {"List 1": ("person", [{"pers_person_id": "1"}])}
    older, newer = Lists(someone, "a", day=date(2024, 1, 1)), Lists(someone, "b", day=day)
    assert load([older, newer], tmp_path / "a", prepare=prepare).data_date == day
    assert load([Lists(someone)], tmp_path / "b", prepare=prepare).data_date == date.today()
    written = datetime(2024, 7, 1, 12).timestamp()
    os.utime(url.removeprefix("sqlite:///"), (written, written))
    assert load([url], tmp_path / "c", prepare=prepare).data_date == date(2024, 7, 1)


# What stops a load: each leaves the last snapshot in use


@pytest.fixture
def home(tmp_path, url):
    loaded(tmp_path / "home", url)
    return tmp_path / "home"


def refused(home, *sources, **options):
    before = open_current(home).id
    with pytest.raises(DataError) as caught:
        loaded(home, *sources, **options)
    assert open_current(home).id == before
    assert [path for path in (home / FOLDER).iterdir() if path.name.startswith(".staging")] == []
    return str(caught.value)


def test_sources_that_cannot_be_read(home, tmp_path):
    run(f"sqlite:///{tmp_path}/empty.db", "CREATE TABLE x (y)")
    assert "nothing to load" in refused(home)
    assert "There is no file" in refused(home, str(tmp_path / "no.xlsx"))
    assert "holds no SSD tables" in refused(home, f"sqlite:///{tmp_path}/empty.db")
    assert "no schema called" in refused(home, f"sqlite:///{tmp_path}/empty.db", schema="care")


def test_rules_that_cannot_be_used(home, url, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text("this is [not toml")
    assert "rules" in refused(home, url, rules_path=rules)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("stage", ["Reading ssd_cp_visits", "Putting person in order", "Checking the data",
                                   "Working out people", "Putting the snapshot in use"])  # fmt: skip
def test_a_full_disk_or_an_interruption_at_any_stage(home, url, error, stage):
    def stop(what, _done, _total):
        if what == stage:
            raise error

    assert ("is full" if isinstance(error, OSError) else "interrupted") in refused(home, url, progress=stop)


def test_a_load_that_is_killed_leaves_the_last_snapshot_in_use(home, url):
    before = open_current(home).id
    program = (
        "import sys, time, pathlib; from fcl_tui.loading.load import load\n"
        "def slow(what, done, total):\n"
        "    if what.startswith('Reading ssd_cp_visits'): print('now', flush=True); time.sleep(60)\n"
        "load([sys.argv[1]], pathlib.Path(sys.argv[2]), progress=slow)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, url, str(home)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"now\n"
        assert "Another load" in refused_while_running(home, url)
        process.send_signal(signal.SIGKILL)
    assert open_current(home).id == before
    result, snapshot = loaded(home, url)
    assert snapshot.id == result.snapshot > before
    assert list((home / FOLDER).glob(".staging*")) == []


def refused_while_running(home, url):
    with pytest.raises(DataError) as caught:
        loaded(home, url)
    return str(caught.value)


def test_a_day_the_offices_are_closed_is_no_working_day(tmp_path, url):
    from data.snapshots.reader import open_current
    from fcl_tui.config.settings import read

    (tmp_path / "settings.toml").write_text("closures = [2026-12-29]\n", encoding="utf-8")
    load([url], tmp_path, closures=read(tmp_path).closures)
    days = open_current(tmp_path).scan("holidays").collect()
    assert days.filter(pl.col("date") == date(2026, 12, 29))["name"].to_list() == ["Local closure"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [({}, "no rows at all"), ({"List 1": ("person", [{"pers_forename": "Ann"}])}, "none could be used")],
)
def test_an_extract_of_nothing_never_takes_the_place_of_the_last_snapshot(tmp_path, url, rows, said):
    load([url], tmp_path)
    before = open_current(tmp_path).id
    with pytest.raises(DataError, match=said):
        load([Lists(rows)], tmp_path)
    assert open_current(tmp_path).id == before
