"""An authority whose managers are listed, each with a key; and somebody who walks through all the screens."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from typer.testing import CliRunner

from data.office.office import Office
from data.snapshots.reader import open_current
from fcl_tui.access.readers import access_list as roster
from fcl_tui.cli.main import app
from fcl_tui.ssh.authorized import key_line
from tests.leaks import Authority, Said, caseloads, in_workbook
from tests.terminal import OURS

TODAY = date.today()
SIZE = {"columns": 180, "lines": 50}
TITLE = "Families, Children & Learning"


@dataclass(frozen=True)
class Reader:
    """One of the people listed: their entry, and the teams and workers whose children they see today."""

    user: str
    role: str
    entry: tuple[str, ...]
    teams: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    all: bool = False
    manages: bool = False
    """whether the third tier is theirs, by their own role or by standing in"""


class House:
    """The home, who is in it, and who reads what."""

    def __init__(self, server, ready):
        self.server, self.home = server, server.folder / "roles"
        ready.loaded(60, 3, TODAY, self.home, demo=True)
        self.sealed = set(ready.restricted(60, 3, TODAY)["person_id"])
        self.authority = Authority(open_current(self.home), TODAY)
        teams, workers = caseloads(self.authority)
        self.teams = teams[:5]
        self.readers = {one.user: one for one in self._readers(*self.teams, worker=workers[0])}
        self._list_them()
        self._seal_them()
        with server.authorized.open("a") as file:
            for user in ("stranger", *self.readers):
                public = Path(f"{server.key(user)}.pub")
                file.write(key_line(user, public, self.home, server.program) + "\n")
        self.marked = self._mark_all()

    def _readers(self, one, two, three, four, five, *, worker):
        yield Reader("boss", "administrator", ())
        yield Reader("sen", "senior manager", ("--all",), all=True, manages=True)
        yield Reader("ana", "analyst", ("--all",), all=True)
        yield Reader("fay", "front-line manager", ("--team", one), (one,), manages=True)
        yield Reader("bess", "business support officer", ("--team", two), (two,))
        yield Reader("wes", "social worker", ("--worker", worker), workers=(worker,))
        yield Reader("dee", "social worker", ("--team", three), (three, one), manages=True)
        yield Reader("col", "social worker", ("--team", four), (four, two))
        yield Reader("liv", "social worker", ("--team", four), (four,))
        yield Reader("olive", "social worker", ("--team", five), (five,))

    def command(self, *words):
        """The host's own account runs a command of fcl-tui."""
        done = CliRunner().invoke(app, ["--home", str(self.home), *words])
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    def _list_them(self):
        for one in self.readers.values():
            self.command("access", "add", one.user, "--role", one.role, *one.entry)
        day = timedelta(days=1)
        two = self.teams[1]
        self.command("access", "deputy", "dee", "--for", "fay", *days(TODAY - day, TODAY))
        self.command("access", "cover", "col", "--team", two, *days(TODAY, TODAY + day))
        self.command("access", "cover", "liv", "--team", two, *days(TODAY + day, TODAY + day))
        listed = roster.read(self.home)
        over = roster.Cover(
            "liv", self.teams[0], TODAY - 9 * day, TODAY - day
        )  # the command refuses the past
        roster.write(self.home, replace(listed, covers=(*listed.covers, over)))

    def _seal_them(self):
        self.of_wes = min(self.authority.remit(workers=self.readers["wes"].workers) & self.authority.open)
        self.sealed.add(self.of_wes)
        for number in sorted(self.sealed):
            self.command("access", "restrict", number, "--owner", "olive", "--reason", "adoption")

    def _mark_all(self):
        """A mark with words of its own on one item of every client; the words, by child."""
        from data.office.marks import same

        items = open_current(self.home).scan("due_items").collect()
        words, marks = {}, []
        for person in sorted(self.authority.open):
            mine = items.filter(items["person_id"] == person)["item_id"].to_list()
            if mine:
                words[person] = f"Wombat{person[::-1]}"
                marks += same(mine, "chased", "somebody", whom=words[person], note=words[person])
        Office(self.home / "demo-office").save(marks)
        return words

    def seen_by(self, user):
        """The children a reader may see; restricted ones only their owner."""
        one = self.readers.get(user)
        if one is None or user == "boss":
            return set()
        everyone = set(self.authority.people)
        seen = everyone if one.all else self.authority.remit(one.teams, one.workers)
        return seen | self.sealed if user == "olive" else seen - self.sealed

    def telltales(self, user):
        """What must not reach a reader."""
        seen = self.seen_by(user)
        hidden = set(self.authority.people) - seen
        counted = self.sealed  # their rows stay, without anything that says who it is
        words = {text for person, text in self.marked.items() if person in hidden}
        return self.authority.telling(hidden, seen, counted) | words

    def clients_of(self, user):
        """Whom the Client Overview of a reader names."""
        return self.seen_by(user) & self.authority.open


def days(first, last):
    return ("--from", str(first), "--until", str(last))


class Walk:
    """One reader's session in a terminal: every byte, every screen, and what they typed."""

    def __init__(self, house, ssh, user):
        self.house, self.user = house, user
        self.client = ssh(user=user, **SIZE)
        self.said: list[Said] = []
        self._from = 0
        self._screens: list[str] = []

    def see(self, *words):
        for one in words:
            self.client.see(one)
        self.keep()

    def keep(self):
        if self.client.text not in self._screens[-1:]:
            self._screens.append(self.client.text)

    def press(self, keys, *words):
        self.client.press(keys)
        self.see(*words)

    def close_window(self, words):
        """Escape, until a window with these words is gone."""
        self.client.press(b"\x1b")
        self.client.wait(lambda: words not in self.client.text, f"{words} closes")
        self.keep()

    def end_part(self, *typed):
        """What came since the last part, of which the reader had typed some."""
        raw = self.client.raw[self._from :]
        self._from = len(self.client.raw)
        whole = [raw.decode("utf-8", "replace"), OURS.sub(b"", raw).decode("utf-8", "replace")]
        whole += ["\n".join(self._screens), " ".join(" ".join(self._screens).split())]
        self.said += [Said(one, frozenset(typed)) for one in whole]
        self._screens = []

    def screens(self):
        return "\n".join(one.text for one in self.said)

    def open_report(self, tier, name, title):
        """From home: a tier's key goes to its first report, and the arrow to the next."""
        down = b"\x1b[B" if name in ("Leaving Care Supervision", "Assessments") else b""
        self.press(str(tier).encode() + down + b"\r", title)

    def home(self):
        self.press(b"\x1b", "Home ·")

    def page_through(self, names):
        """To the end of a list, until all of these have been on the screen, cut off or not."""
        left = {name[:20] for name in names}
        while True:
            self.keep()
            left -= {name for name in left if name in self.client.text}
            if not left:
                return
            before = self.client.text
            self.client.press(b"\x1b[6~")
            self.client.wait(lambda: self.client.text != before, f"the next page, for {sorted(left)[:3]}")

    def find(self, text, *words, then=b""):
        """Type into the window that finds, and close it or press another key."""
        self.press(b"f", "Find a client", "name, part of a name")
        self.press(text.encode(), text, *words)
        if then:
            self.client.press(then)
        else:
            self.close_window("Find a client")

    def leave(self):
        self.client.press(b"q")
        self.client.wait(self.client.gone, "leaving")
        self.end_part()
        assert self.client.status == 0


def scripted(house, user, *commands, at_once=2):
    """What each command over ssh says, output and errors, in their order."""

    def ask(words):
        done = house.server.ask(words, user=user)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(ask, commands))


def fetched(house, user, name):
    content = house.server.ask("fetch", name, user=user).stdout
    return in_workbook(content) if name.endswith(".xlsx") else content.decode()


def file_written(text):
    return re.search(r"written: fetch (\S+\.(?:xlsx|csv))", text)
