"""However a census is written down, it says the same, and every row of it is accounted for."""

import random
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from data.merging.merge import Part, finished
from data.schema.tables import names
from data.sources.cin_census.chunk import HOME
from fcl_tui.loading.summary import account
from tests.data.cin_by_hand import HEADER, Read

TABLES = [name for name in names() if name in {*HOME.values(), "linked_identifiers", "assessment_factors"}]
DAYS = st.sampled_from(["2024-06-03", "2024-06-04", "2024-08-20"])
MAYBE = st.one_of(st.none(), DAYS)


def leaf(name, value):
    return value.map(lambda said: (name, said or ""))


def group(name, *parts, **many):
    """An element: parts are always there, `many` none to two times."""
    lists = [st.lists(one, max_size=2) for one in many.values()]
    return st.tuples(st.tuples(*parts), *lists).map(
        lambda made: (name, [*made[0], *(each for some in made[1:] for each in some)])
    )


def wrapped(name, one):
    return st.lists(one, max_size=3).map(lambda inside: (name, inside))


ASSESSMENT = group(
    "Assessments", leaf("AssessmentActualStartDate", DAYS), leaf("AssessmentAuthorisationDate", MAYBE),
    wrapped("FactorsIdentifiedAtAssessment", leaf("AssessmentFactors", st.sampled_from(["2B", "16A", "?"]))),
)  # fmt: skip
ENQUIRY = group(
    "Section47", leaf("S47ActualStartDate", DAYS), leaf("DateOfInitialCPC", MAYBE),
    leaf("ICPCnotRequired", st.sampled_from(["true", "0", ""])),
)  # fmt: skip
PROTECTION = group(
    "ChildProtectionPlans", leaf("CPPstartDate", MAYBE), leaf("InitialCategoryOfAbuse", st.just("NEG")),
    wrapped("Reviews", leaf("CPPreviewDate", MAYBE)),
)  # fmt: skip
PLAN = group("CINPlanDates", leaf("CINPlanStartDate", MAYBE), leaf("CINPlanEndDate", MAYBE))
REFERRAL = group(
    "CINdetails", leaf("CINreferralDate", DAYS), leaf("DateOfInitialCPC", MAYBE),
    leaf("PrimaryNeedCode", st.sampled_from(["N1", "N2", "N99"])), leaf("ReferralNFA", st.just("false")),
    a=ASSESSMENT, b=ENQUIRY, c=PROTECTION, d=PLAN,
)  # fmt: skip
WHO = group("ChildIdentifiers", leaf("Sex", st.sampled_from(["M", "F"])), leaf("PersonBirthDate", MAYBE))
DISABILITIES = wrapped("Disabilities", leaf("Disability", st.sampled_from(["AUT", "LD", ""])))
CHILD = group("Child", WHO, group("ChildCharacteristics", DISABILITIES), a=REFERRAL)


def numbered(children):
    """Give each child but every fourth a number."""
    for at, (_, parts) in enumerate(children):
        parts[0][1].append(("LAchildID", "" if at % 4 == 3 else f"C{at}"))
    return children


def plain(element) -> str:
    name, inside = element
    return f"<{name}>{inside if isinstance(inside, str) else ''.join(map(plain, inside))}</{name}>"


def census(children, write) -> str:
    return f"<Message>{HEADER}<Children>{''.join(map(write, children))}</Children></Message>"


class Scrambled:
    """Writes the same elements in another order and manner."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.prefix = self.dice.choice(["", "c:"])

    def blank(self) -> str:
        return self.dice.choice(["", "", " ", "\n\t", "\u00a0", "<!-- & -->"])

    def date(self, text: str) -> str:
        year, month, day = text.split("-")
        forms = [text, f"{text}T00:00:00", f"{text}T00:00:00Z", f"{text}Z", f"{day}/{month}/{year}"]
        return self.dice.choice(forms)

    def __call__(self, element) -> str:
        name, inside = element
        if isinstance(inside, str):
            said = self.date(inside) if inside.startswith("20") else inside
            body = f"{self.blank()}{said}{self.blank()}"
        else:
            parts = [self(part) for part in inside]
            if self.dice.random() < 0.2 and name in ("Assessments", "CINPlanDates"):
                first = inside[0][0]
                parts.append(f"<{self.prefix}{first} />")
            self.dice.shuffle(parts)
            body = "".join(part + self.space() for part in parts)
        name = self.dice.choice([name, name, name.lower(), name.upper()])
        return f"<{self.prefix}{name}>{body}</{self.prefix}{name}>"

    def space(self) -> str:
        return self.dice.choice(["", "\n  ", "<?odd instruction?>"])

    def file(self, children) -> str:
        children = self.dice.sample(children, len(children))
        text = census(children, self)
        return (
            text.replace("<Message>", "<Message xmlns:c='urn:census' xmlns='urn:other'>")
            if self.prefix
            else text
        )


def settled(read: Read) -> tuple[dict[str, pl.DataFrame], dict[str, tuple[int, int, int]]]:
    """The tables as a load makes them, and its account."""
    done: dict[str, pl.DataFrame] = {}
    held = []
    for table in TABLES:
        made = finished(table, [Part(read[table].lazy(), own_keys=False)], lambda name: done[name].lazy())
        done[table] = made.frame.collect().sort(made.order)
        held.append(made.held)
    counts = account(read.source, pl.concat(held), [frame.lazy() for frame in done.values()])
    return done, {each.place: (each.rows_in, each.rows_used, each.rows_held) for each in counts}


def elements(children) -> dict[str, int]:
    """How many rows a person counts in the file."""
    found: dict[str, int] = {}

    def count(element):
        name, inside = element
        found[name] = found.get(name, 0) + 1
        if not isinstance(inside, str):
            for part in inside:
                count(part)

    for each in children:
        count(each)
    return found


ROWS = (
    "Child", "CINdetails", "Assessments", "Section47", "ChildProtectionPlans", "CINPlanDates",
    "CPPreviewDate", "Disability",
)  # fmt: skip


@settings(max_examples=12)
@given(st.lists(CHILD, min_size=1, max_size=5).map(numbered), st.integers(0, 10**6))
def test_the_manner_of_writing_changes_nothing(children, seed):
    scrambled = Scrambled(seed)
    again = [children[0]] * scrambled.dice.choice([0, 1])
    with tempfile.TemporaryDirectory() as folder:
        ours = Read(Path(folder), census(children, plain))
        theirs = Read(Path(folder), scrambled.file([*children, *again]), children=2)
        (tables, counts), (others, their_counts) = settled(ours), settled(theirs)
    for table in TABLES:
        mine, other = (frames[table].drop("source_row") for frames in (tables, others))
        assert mine.equals(other), (table, mine, other)
    for told, listed in ((counts, children), (their_counts, [*children, *again])):
        expected = elements(listed)
        assert all(rows_in == used + held for rows_in, used, held in told.values())
        assert {place: told.get(place, (0,))[0] for place in ROWS} == {
            place: expected.get(place, 0) for place in ROWS
        }
    if not again:
        assert counts == their_counts
    held = ours.issues.filter(pl.col("effect") == "row held")
    assert held.height == sum(each.rows_held for each in ours.source.places())
    assert held["row"].n_unique() == held.height
