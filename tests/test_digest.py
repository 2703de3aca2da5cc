"""A digest tells what a team has to chase and not one name, on the screen or in a mail as it is sent."""

import re
import socketserver
import threading
from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import DataError
from data.office import access_log as log
from data.office.marks import Mark, note_on
from data.snapshots.reader import open_current
from fcl_tui.access import DEMO_LIST
from fcl_tui.access.office import office_of
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.access.readers.roles import FILE
from fcl_tui.cli.sending.digest import told
from fcl_tui.cli.sending.mail import address, server_of
from fcl_tui.config import identity
from fcl_tui.config.settings import read
from fcl_tui.definitions.choices import teams
from fcl_tui.definitions.wording.amounts import in_words
from fcl_tui.records.day.digest import digest
from tests.test_cli import run

TODAY = date.today()
SECRET = "hunter2-in-clear"


class Server(socketserver.ThreadingTCPServer):
    """Takes mail as it is told to, and keeps it."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, answers=()):
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers, self.mails = dict(answers), []


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line.split()[0].upper().decode()
            usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok")
            answer = self.server.answers.get(word, usual)
            self.wfile.write(answer.encode() + b"\r\n")
            if word == "QUIT":
                return
            if answer.startswith("354"):
                mail = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(mail)
                self.wfile.write(b"250 taken\r\n")


@pytest.fixture
def server(request):
    with Server(getattr(request, "param", ())) as one:
        thread = threading.Thread(target=one.serve_forever, args=(0.01,))
        thread.start()
        yield one
        one.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    return ready.loaded(60, 3, TODAY, tmp_path_factory.mktemp("home"), demo=True)


@pytest.fixture(autouse=True)
def as_it_was(home, monkeypatch):
    monkeypatch.delenv("FCL_SMTP_PASSWORD", raising=False)
    yield
    identity.forget()
    for name in ("settings.toml", DEMO_LIST, FILE, "office.db", "audit-head.json", "audit.lock"):
        (home / name).unlink(missing_ok=True)


@pytest.fixture(scope="module")
def pods(home):
    return teams(open_current(home).scan, TODAY).collect().sort("clients", descending=True)["team"].to_list()


def setting(home, port, more="starttls = false"):
    text = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nfrom = "fcl@example.gov.uk"\n{more}\n'
    (home / "settings.toml").write_text(text)


def names(home):
    """Every forename and surname, but for words that teams, items and the digest itself are made of."""
    scan = open_current(home).scan
    people = scan("people").select("forename", "surname").collect()
    told_names = [name for column in people for name in column.drop_nulls()]
    parts = {part for name in told_names for part in re.findall(r"\w{2,}", name)}
    own = scan("rules").select("name").collect()["name"].drop_nulls().to_list()
    own += teams(scan, TODAY).collect()["team"].to_list()
    said = set(re.findall(r"\w+", " ".join(own)))
    telling = parts - said - {"of"}  # one of the demo's surnames has the word in it
    assert len(telling) > 60
    return telling


def test_no_name_and_no_birthday_in_what_is_printed_or_mailed(home, pods, server):
    setting(home, server.server_address[1])
    scan = open_current(home).scan
    person = scan("people").collect()["person_id"][0]
    office_of(read(home), demo=True).save([note_on(person, "ask for Zoemarie", "me", today=TODAY, days=9)])
    printed = "\n".join(told(home, pod, TODAY, None) for pod in pods)
    for pod in pods:
        told(home, pod, TODAY, "team@example.gov.uk")
    assert len(server.mails) == len(pods)
    raw = b"\n".join(server.mails).decode("ascii")
    assert re.search(r"\b[A-Z]\.[A-Z]\. \d+  ", printed)
    for text in (printed, raw, raw.replace("=\r\n", "")):
        words = set(re.findall(r"\w+", text))
        assert names(home) & words == set()
        assert "Zoemarie" not in words
        for born in scan("people").collect()["date_of_birth"].drop_nulls().unique():
            if (TODAY - born).days > 400:  # nearer days are those of work too
                assert f"{born:%d/%m/%Y}" not in text


def test_every_item_counted_is_a_line_and_the_counts_are_those_of_the_overview(home, pods):
    from fcl_tui.definitions.days.calendar import Calendar
    from fcl_tui.records.client_overview import totals

    scan = open_current(home).scan
    calendar = Calendar.of(scan("holidays").collect())
    for pod in pods:
        text = told(home, pod, TODAY, None)
        whole = totals(scan, calendar, TODAY, team=pod).collect().row(0, named=True)
        assert f"{whole['overdue']} overdue, {whole['due_in_7']} due in 7 days, 0 missed" in text
        lines = [line for line in text.splitlines() if re.search(r"  (overdue \d|due (today|in \d))", line)]
        assert len(lines) == whole["overdue"] + whole["due_in_7"]


def items(**columns):
    row = {
        "person_id": "12345",
        "item_id": "12345|cp_visit|s|1",
        "item": "Child protection visit",
        "due_date": date(2026, 11, 18),
        "state": "overdue",
        "days": -4,
        "unit": "wd",
        "mark_state": None,
        "mark_day": None,
    }
    nulls = {
        "mark_state": pl.String,
        "mark_day": pl.Date,
        "state": pl.String,
        "due_date": pl.Date,
        "days": pl.Int64,
    }
    return pl.LazyFrame([row | columns], schema_overrides=nulls)


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        ({}, "A.B. 12345  Child protection visit  overdue 4 working days"),
        ({"days": -1, "unit": "d"}, "A.B. 12345  Child protection visit  overdue 1 day"),
        ({"person_id": "9"}, "9  Child protection visit  overdue 4 working days"),
        ({"state": "due_soon", "due_date": date(2026, 12, 1), "days": 5}, "due in 5 working days"),
        ({"state": "due_soon", "due_date": date(2026, 11, 24), "days": 0}, "due today"),
        (
            {"mark_state": "broken", "mark_day": date(2026, 11, 20)},
            "overdue 4 working days  ! booked 20/11/2026, not done",
        ),
        (
            {
                "state": None,
                "due_date": None,
                "days": None,
                "mark_state": "broken",
                "mark_day": date(2026, 11, 20),
            },
            "no due date known  ! booked 20/11/2026, not done",
        ),
    ],
)
def test_a_line_says_how_late_or_how_soon(columns, line):
    who = pl.LazyFrame({"person_id": ["12345"], "initials": ["A.B."]})
    told_of = digest(items(**columns), who, date(2026, 11, 24)).collect()["line"].to_list()
    assert [one.endswith(line) for one in told_of] == [True]


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "due", "due_date": date(2026, 12, 2)},
        {"state": "not_required"},
        {"state": None, "due_date": None},
        {"state": "due_soon", "mark_state": "awaited", "mark_day": date(2026, 11, 20)},
    ],
)
def test_what_is_not_to_be_chased_is_no_line(columns):
    who = pl.LazyFrame({"person_id": ["12345"], "initials": ["A.B."]})
    assert digest(items(**columns), who, date(2026, 11, 24)).collect().is_empty()


def test_a_broken_promise_counts_once_and_no_word_that_was_typed_is_told(home, pods):
    text = told(home, pods[0], TODAY, None)
    person = re.search(r"\. (\w+)  .*overdue", text)[1]
    from tests.asking import asked

    row = asked(home, "client-overview", client=person, overdue=True).rows.row(0, named=True)
    day = TODAY - timedelta(days=1)
    mark = Mark(row["item_id"], "booked", "Typed Who", day=day, note="Typed Words")
    office = office_of(read(home), demo=True)
    office.save([mark])
    try:
        text = told(home, pods[0], TODAY, None)
    finally:
        office.undo([mark], "me")
        office.close()
    assert re.search(r"\b1 missed booking\b", text)
    assert text.count(f"! booked {day:%d/%m/%Y}, not done") == 1
    assert "Typed" not in text


def test_restricted_records_are_left_out_with_a_count_and_the_remit_holds(home, pods):
    text = told(home, pods[0], TODAY, None)
    person = re.search(r"\. (\w+)  .*overdue", text)[1]
    lines = len(re.findall(rf"\. {person}  ", text))
    (home / DEMO_LIST).write_text(f"person_id,reason\n{person},x\n")
    text = told(home, pods[0], TODAY, None)
    assert person not in text
    left_out = {"count": lines, "what": "items", "reason": "of restricted records are not in it"}
    assert f"- {in_words(left_out)}" in text
    assert f"- {lines} item" in text
    people = (Person("boss", "administrator"), Person("sam", "front-line manager", teams=(pods[0],)))
    roster.write(home, Roster(people, (), ()))
    identity.declare(identity.Identity("sam", forced=True))
    text = told(home, pods[0], TODAY, None)
    left_out = {"count": lines, "what": "items", "reason": "of restricted records are not in it"}
    assert f"- {in_words(left_out)}" in text
    assert f"- {lines} item" in text
    assert not re.search(r"\bR-\d", text)
    assert "Only children in the sender's remit" in text
    with pytest.raises(DataError, match="There is no team"):
        told(home, pods[1], TODAY, None)
    identity.forget()
    identity.declare(identity.Identity("boss", forced=True))
    with pytest.raises(DataError, match="sees no data"):
        told(home, pods[0], TODAY, None)


def test_it_is_in_the_access_log_before_it_is_sent(home, pods, server):
    setting(home, server.server_address[1], "starttls = false")
    path = home / "settings.toml"
    path.write_text("access_log = true\n" + path.read_text())
    told(home, pods[0], TODAY, "team@example.gov.uk")
    rows = log.AccessLog(home, None).rows(actions=[log.PRINTED], newest=1)
    assert rows["report"].to_list() == ["digest"]
    assert "mailed to team@example.gov.uk" in rows["detail"][0]


@pytest.mark.parametrize(
    ("server", "why"),
    [
        ({"RCPT": "550 no Secret Words"}, "refused the address"),
        ({"MAIL": "421 going away Secret Words"}, "refused the address|broke off"),
        ({"DATA": "554 no Secret Words"}, "broke off"),
    ],
    indirect=["server"],
)
def test_a_server_that_refuses_is_one_sentence_and_exit_1(home, pods, server, why, capfdbinary):
    setting(home, server.server_address[1])
    words = ("digest", "--home", home, "--team", pods[0], "--mail-to", "a@example.gov.uk")
    code, out, err = run(capfdbinary, *words)
    assert (code, out) == (1, "")
    assert re.search(f"^The mail was not sent: the mail server .*({why})", err)
    assert "Secret" not in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("server", [{"QUIT": "421 going away"}], indirect=True)
def test_a_server_that_has_taken_it_and_breaks_off_then_has_it(home, pods, server):
    setting(home, server.server_address[1])
    assert "was sent to team@example.gov.uk" in told(home, pods[0], TODAY, "team@example.gov.uk")
    assert len(server.mails) == 1


def test_without_starttls_nothing_is_sent_and_a_password_is_never_told(
    home, pods, server, monkeypatch, capfdbinary
):
    monkeypatch.setenv("FCL_SMTP_PASSWORD", SECRET)
    setting(home, server.server_address[1], 'user = "fcl"')
    words = ("digest", "--home", home, "--team", pods[0], "--mail-to", "a@example.gov.uk")
    code, _, err = run(capfdbinary, *words)
    assert (code, "STARTTLS" in err, server.mails) == (1, True, [])
    assert SECRET not in err
    server.shutdown()
    server.server_close()
    code, _, err = run(capfdbinary, *words)
    assert (code, "cannot be reached" in err) == (1, True)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("", "No mail server is set"),
        ("[mail]\nhost = 'h'\n", "needs host and from"),
        (f"[mail]\nhost = 'h'\nfrom = 'a@b'\npassword = '{SECRET}'\n", "FCL_SMTP_PASSWORD alone"),
        ("[mail]\nhost = 'h'\nfrom = 'a@b'\nport = '25'\n", "port in"),
        ("[mail]\nhost = 'h'\nfrom = 'a@b'\nport = 70000\n", "port in"),
        ("[mail]\nhost = 'h'\nfrom = 'a@b'\nport = true\n", "port in"),
        ("[mail]\nhost = 'h'\nfrom = 'a@b'\nuser = 'u'\nstarttls = false\n", "in clear"),
        ("[mail]\nhost = 'h'\nfrom = 'a b'\n", "not a mail address"),
        ("mail = 'h'\n", "mail is a table"),
    ],
)
def test_settings_that_cannot_be_right_are_refused_and_not_repeated(tmp_path, table, why):
    (tmp_path / "settings.toml").write_text(table)
    with pytest.raises(DataError, match=why) as refused:
        server_of(read(tmp_path))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("text", ["", "a", "a@", "@b", "a@b, c@d", "a@b\nBcc: c@d", "<a@b>", "é@b", "a@b@c"])
def test_no_second_receiver_gets_in_by_an_address(text):
    with pytest.raises(DataError):
        address(text)


def test_no_team_is_usage_and_a_wrong_one_is_told(home, capfdbinary):
    assert run(capfdbinary, "digest", "--home", home)[0] == 2
    code, out, err = run(capfdbinary, "digest", "--home", home, "--team", "nobody's")
    assert (code, out) == (1, "")
    assert "There is no team" in err
