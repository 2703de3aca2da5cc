"""Whom a reader may see, worked out again without the narrowing under test, and what tells of others."""

import io
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

PREPARED = ("statuses", "allocations", "due_items", "events", "assessments")
LAST_CARE_LEAVER = 26


def open_on(spell, today):
    return (spell["start"] is None or spell["start"] <= today) and (
        spell["end"] is None or spell["end"] > today
    )


class Authority:
    """Everything in a snapshot, by child, as plain Python values."""

    def __init__(self, snapshot, today):
        self.today = today
        scan = snapshot.scan

        def rows(name):
            return scan(name).collect().to_dicts()

        self.people = {row["person_id"]: row for row in rows("people")}
        self.spells = defaultdict(list)
        for row in rows("allocations"):
            self.spells[row["person_id"]].append(row)
        statuses = rows("statuses")
        self.clients = {row["person_id"] for row in statuses} | set(self.spells)
        self.open = {row["person_id"] for row in statuses if open_on(row, today)}
        self.mother_of = {row["moth_childs_person_id"]: row["moth_person_id"] for row in rows("mother")}
        self.staff = {row["worker"] for spells in self.spells.values() for row in spells if row["worker"]}
        self.days = defaultdict(set)
        for name in PREPARED:
            for row in rows(name):
                self.days[row["person_id"]] |= {day for day in row.values() if type(day) is date}
        self.kept = defaultdict(set)
        """other things that only one household has: postcodes, addresses, identifiers"""
        for row in rows("address"):
            self.kept[row["addr_person_id"]] |= {row["addr_address_postcode"], row["addr_address_json"]}
        for row in rows("linked_identifiers"):
            self.kept[row["link_person_id"]].add(row["link_identifier_value"])
        for row in rows("people"):
            self.kept[row["person_id"]].add(row["upn"])

    def remit(self, teams=(), workers=()):
        """The numbers of children whom these teams and workers hold, and of mothers who are no clients."""
        theirs = set()
        for person, spells in self.spells.items():
            now = [one for one in spells if open_on(one, self.today)]
            if now:
                held = any(one["team"] in teams or one["worker"] in workers for one in now)
            else:
                ended = [one for one in spells if one["role"] == "allocated_worker"]
                last = max(ended, key=lambda one: (one["end"], one["start"] or date.min), default=None)
                held = last is not None and last["team"] in teams
            if held:
                theirs.add(person)
        mothers = {self.mother_of.get(person) for person in theirs} - {None}
        return theirs | (mothers - self.clients)

    def listed_name(self, person):
        """As the lists of the screens have it."""
        row = self.people[person]
        return f"{row['surname']}, {row['forename']}"

    def typed_name(self, person):
        """Enough to find somebody by, and not their whole name."""
        row = self.people[person]
        return f"{row['forename']} {row['surname']}"[:-1]

    def names(self, person):
        row = self.people[person]
        told = {row["name"]}
        if row["surname"] and row["forename"]:
            told |= {self.listed_name(person), f"{row['forename']} {row['surname']}"}
            told.add(f"{row['surname']},")  # in a narrow column the rest is cut off
        return told - {None}

    def telling(self, hidden, seen, figures=frozenset()):
        """What says that one of the hidden is meant, and nobody else: names, numbers, births, addresses.

        Args:
            seen: whom the reader may see.
            figures: whose days may stand there without a name (restricted, and counted).
        """
        hidden = [person for person in hidden if person in self.people]
        told = {one for person in hidden for one in {person, *self.names(person), *self.kept[person]} if one}
        shown = {one for person in seen for one in {person, *self.names(person), *self.kept[person]} if one}
        shown |= self.staff | {f"{name.split()[-1]}, {name.split()[0]}" for name in self.staff}
        born = {self.people[one]["date_of_birth"] for one in hidden} - self.ordinary_days({*seen, *figures})
        days = {f"{day:{form}}" for day in born for form in ("%d/%m/%Y", "%Y-%m-%d")}
        return (told - shown) | days

    def ordinary_days(self, people):
        """Days that may stand on a screen for another reason than that somebody was born on them."""
        days = {None}
        for person in people:
            days |= self.days[person]
            born = self.people[person]["date_of_birth"] if person in self.people else None
            if born is not None:
                days |= {
                    date(born.year + age, born.month, min(born.day, 28)) for age in range(LAST_CARE_LEAVER)
                }
                days.add(born)
        first = self.today - timedelta(days=800)  # periods and what came before them, the planner's weeks
        return days | {first + timedelta(days=day) for day in range(1200)}


FRACTION = re.compile(r"(:\d\d)\.\d{6}(?!\d)")
"""The millionths of a second when a mark was made; now and then they are some child's number."""


@dataclass(frozen=True)
class Said:
    """Something that reached a reader; what they had typed themselves is no leak."""

    text: str
    typed: frozenset[str] = frozenset()


def leaked(said, telltales):
    """Those of the telltales that are in it, each as a whole word."""

    def stands_in(tell, text):
        # a surname may be the second half of another: of Lee, nothing is told by Smith-Lee
        before = r"(?<![\w'’-])" if tell.endswith(",") else r"(?<!\w)"
        return tell in text and re.search(rf"{before}{re.escape(tell)}(?!\w)", text) is not None

    texts = [(FRACTION.sub(r"\1", one.text), telltales - one.typed) for one in said]
    return {tell for text, telling in texts for tell in telling if stands_in(tell, text)}


def in_workbook(content):
    """All text in an Excel file, its own parts and properties too."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def caseloads(authority):
    """Teams and workers who hold somebody open today, those with the most children first."""
    held = [
        (one["team"], one["worker"])
        for person in authority.open
        for one in authority.spells[person]
        if one["role"] == "allocated_worker" and open_on(one, authority.today)
    ]
    frame = pl.DataFrame(held, schema=["team", "worker"], orient="row")

    def ranked(column):
        return (
            frame[column].drop_nulls().value_counts().sort("count", column, descending=True)[column].to_list()
        )

    return ranked("team"), ranked("worker")
