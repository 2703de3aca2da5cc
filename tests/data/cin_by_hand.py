"""Children in need censuses by hand, element by element."""

from pathlib import Path

import polars as pl

from data.schema.tables import polars_schema
from data.sources.base import silent
from data.sources.cin_census import CinCensus

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year>"
    "<ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>"
    "<LEA>846</LEA><SoftwareCode>system</SoftwareCode><Release>1</Release><SerialNo>1</SerialNo>"
    "<DateTime>2025-04-20T10:00:00</DateTime></Source></Header>"
)


def el(name: str, *inside: object, **leaves: object) -> str:
    """An element; `leaves` are elements with one value each."""
    parts = [str(part) for part in inside] + [f"<{leaf}>{value}</{leaf}>" for leaf, value in leaves.items()]
    return f"<{name}>{''.join(parts)}</{name}>"


def child(*details: str, id: str = "A1", identifiers: str = "", characteristics: str = "") -> str:
    """A Child element with a number, a birth date and a sex."""
    who = el(
        "ChildIdentifiers",
        f"<LAchildID>{id}</LAchildID>",
        identifiers or "<PersonBirthDate>2015-03-04</PersonBirthDate><Sex>F</Sex>",
    )
    return el(
        "Child", who, el("ChildCharacteristics", characteristics or "<Ethnicity>WBRI</Ethnicity>"), *details
    )


def details(*inside: str, day: str = "2024-06-03", **more: object) -> str:
    """A CINdetails element with a referral date and a source."""
    return el(
        "CINdetails", f"<CINreferralDate>{day}</CINreferralDate><ReferralSource>1A</ReferralSource>",
        *(f"<{leaf}>{value}</{leaf}>" for leaf, value in more.items()), *inside,
        "<ReferralNFA>false</ReferralNFA>",
    )  # fmt: skip


def census(*children: str, header: str = HEADER) -> str:
    """A whole file."""
    return el("Message", header, el("Children", "\n", "\n".join(children)))


def source(folder: Path, text: str | bytes, **more: object) -> CinCensus:
    path = folder / "census.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CinCensus(path, **more)


class Read:
    """A census read to its end."""

    def __init__(self, folder: Path, text: str | bytes, **more: object) -> None:
        self.source = source(folder, text, **more)
        batches = list(self.source.batches(silent))
        names = dict.fromkeys(batch.table for batch in batches)
        self.tables = {
            name: pl.concat([batch.frame for batch in batches if batch.table == name]) for name in names
        }
        self.issues = pl.concat([batch.issues for batch in batches])
        self.batches = batches

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables.get(table, pl.DataFrame(schema=polars_schema(table)))

    def rules(self) -> dict[str, int]:
        return dict(self.issues["rule"].value_counts().iter_rows())

    def issue(self, rule: str) -> dict[str, str]:
        """The one issue of a rule."""
        (one,) = self.issues.filter(pl.col("rule") == rule).to_dicts()
        return one

    def counts(self) -> dict[str, tuple[int, int, int]]:
        return {each.place: (each.rows_in, each.rows_used, each.rows_held) for each in self.source.places()}
