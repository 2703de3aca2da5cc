"""A snapshot as one reader may see it: every frame comes through `scan`, already narrowed.

Rows of children outside the reader's remit are not there. Rows of restricted records stay, so that counts
are right, without anything that says who it is; their numbers are tokens that last as long as the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.snapshots.reader import Frames, Snapshot
from fcl_tui.access.seen import columns, links
from fcl_tui.access.seen.read_once import ReadOnce
from fcl_tui.access.seen.row_tokens import KIN_SIGN, hashed, kin_token
from fcl_tui.access.seen.visible import View
from fcl_tui.definitions.wording.labels import OUTSIDE, RESTRICTED

if TYPE_CHECKING:
    from datetime import date

PROBLEM = "A problem in a restricted record; its owner can say more."
NAMELESS = "It names no child, so it is shown without its value; the person who loads the data can say more."


class Narrowed(Snapshot):
    """A snapshot whose `scan` gives only what the reader may see."""

    def __init__(self, snapshot: Snapshot, view: View) -> None:
        self.path, self.manifest = snapshot.path, snapshot.manifest
        self._whole, self.view = snapshot, view

    def fault(self) -> str | None:
        """As `Snapshot.fault`."""
        return self._whole.fault()

    def verify(self) -> list[str]:
        """As `Snapshot.verify`."""
        return self._whole.verify()

    def alike(self, other: Snapshot) -> Snapshot:
        """Another snapshot as the same reader may see it."""
        return Narrowed(other, self.view)

    def for_answer(self) -> Frames:
        """The same, as the reader may see it now; small frames are narrowed once."""
        return self if self.view.whole else ReadOnce(Narrowed(self._whole, self.view))

    def file_open(self, name: str, as_at: date) -> str:
        """As `Snapshot.file_open`."""
        return self._whole.file_open(name, as_at)

    def earlier(self) -> list[str]:
        """As `Snapshot.earlier`."""
        return self._whole.earlier()

    def sibling(self, name: str) -> Snapshot:
        """As `Snapshot.sibling`; whole, until it is asked for with `alike`."""
        return self._whole.sibling(name)

    def holds(self, name: str) -> bool:
        """As `Snapshot.holds`; what is of all children at once only for a reader who may have it."""
        return self._whole.holds(name) and name not in columns.withheld(self.view)

    def scan(self, name: str) -> pl.LazyFrame:
        """A frame by name, as `Snapshot.scan`, narrowed."""
        return self._narrowed(name, self._whole.scan(name))

    def scan_open(self, name: str, as_at: date) -> pl.LazyFrame:
        """As `Snapshot.scan_open`, narrowed."""
        return self._narrowed(name, self._whole.scan_open(name, as_at))

    def _narrowed(self, name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        if self.view.whole or name in columns.NO_CHILD:
            return frame
        if name in columns.withheld(self.view):
            raise DataError(f"{name} is of all children at once: it is not for who sees some of them.")
        if name in columns.INDEX:  # who reads it leaves out the closed records
            return frame
        if name in ("family", "mother"):
            return self._kin(name)
        if name == "issues":
            return self._issues(frame)
        return self._owned(name, frame)

    # Rows of one child

    def _within(self, person: pl.Expr) -> pl.Expr:
        """True if the child is in the remit. Rows without a child match only an unlimited remit."""
        if self.view.visible is None:
            return pl.lit(value=True)
        return person.is_in(self.view.visible.implode()).fill_null(value=False)

    def _clear(self, person: pl.Expr) -> pl.Expr:
        """Whether the child is in the remit and not sealed."""
        return self._within(person) & ~person.is_in(self.view.closed).fill_null(value=True)

    def _owned(self, name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        person, field_, parent, key = (
            ("person_id", None, None, None) if name in columns.PREPARED else links.owners(name)
        )
        extra: list[str] = []
        owner = pl.col(person) if person is not None else pl.lit(None, pl.String)
        if parent is not None and field_ is not None:
            frame = frame.join(
                self._owner_of(parent, str(key)),
                left_on=field_,
                right_on="_key",
                how="left",
                maintain_order="left",
            )
            owner, extra = pl.coalesce(owner, pl.col("_owner")), ["_owner"]
        parts = [frame.filter(self._clear(owner))]
        if self.view.closed:
            sealed = frame.filter(self._within(owner) & ~self._clear(owner))
            parts.append(sealed.with_columns(self._blank(frame, name)))
        if name == "people":
            parts.append(self._relatives(frame))
        return pl.concat(parts).drop(extra)

    def _owner_of(self, table: str, key: str) -> pl.LazyFrame:
        """_key (unique) and _owner, whose the rows of a table are."""
        person, field_, parent, above = links.owners(table)
        frame = self._whole.scan(table).rename({key: "_key"})
        own = pl.col(person) if person is not None else pl.lit(None, pl.String)
        if parent is not None and field_ is not None:
            rows = self._owner_of(parent, str(above)).rename({"_key": "_above", "_owner": "_theirs"})
            frame = frame.join(rows, left_on=field_, right_on="_above", how="left")
            own = pl.coalesce(own, pl.col("_theirs"))
        return (
            frame.select("_key", own.alias("_owner"))
            .filter(pl.col("_key").is_not_null())
            .unique("_key", keep="first", maintain_order=True)
        )

    def _blank(self, frame: pl.LazyFrame, name: str) -> list[pl.Expr]:
        """Every column of a sealed row as it is shown."""
        told: list[pl.Expr] = []
        for column, kind in frame.collect_schema().items():
            of = "kept" if column == "_owner" else columns.class_of(column)
            shown = pl.col(column)
            if of == "hidden":
                shown = pl.lit(None, kind)
            elif of == "key" and column == "item_id":
                shown = pl.concat_str(
                    self._token(pl.col("person_id")), "rule", hashed("item_id"), separator="|"
                )
            elif of == "key":
                shown = hashed(column).cast(kind)
            elif of == "person":
                shown = self._token(pl.col(column))
            elif column == "limit_date":  # a birthday: only whether it is reached
                shown = pl.when(pl.col("due_date") >= pl.col(column)).then("due_date")
            if name == "people" and column == "name":
                shown = pl.lit(RESTRICTED)
            told.append(shown.alias(column))
        return told

    def _token(self, person: pl.Expr) -> pl.Expr:
        old, new = list(self.view.tokens), list(self.view.tokens.values())
        return person.replace_strict(
            pl.Series(old, dtype=pl.String), pl.Series(new, dtype=pl.String), default=None
        )

    # Rows that link two people

    def _people_of_kin(self, table: str) -> list[str]:
        return ["fami_person_id"] if table == "family" else ["moth_person_id", "moth_childs_person_id"]

    def _links(self, table: str) -> pl.LazyFrame:
        """The rows that concern a child who is shown, or a brother or sister of one, as they are."""
        frame = self._whole.scan(table)
        group = "fami_family_id" if table == "family" else "moth_person_id"
        concerned = pl.any_horizontal(*(self._clear(pl.col(person)) for person in self._people_of_kin(table)))
        groups = frame.filter(concerned).select(group).drop_nulls().unique()
        return pl.concat(
            [
                frame.join(groups, on=group, how="semi", maintain_order="left"),
                frame.filter(concerned & pl.col(group).is_null()),
            ]
        )

    def _kin(self, table: str) -> pl.LazyFrame:
        frame = self._links(table)
        clear = {one: self._clear(pl.col(one)) | pl.col(one).is_null() for one in self._people_of_kin(table)}
        all_clear = pl.all_horizontal(*clear.values())
        told = [pl.when(shown).then(pl.col(one)).otherwise(kin_token(one)) for one, shown in clear.items()]
        key = "fami_table_id" if table == "family" else "moth_table_id"
        told += [
            pl.when(all_clear).then(pl.col(one)).otherwise(hashed(one)).alias(one)
            for one in (key, "source_row")
        ]
        if table == "mother":
            child = self._clear(pl.col("moth_childs_person_id")) | (
                pl.col("moth_childs_person_id").is_null() & self._clear(pl.col("moth_person_id"))
            )
            told.append(pl.when(child).then("moth_childs_dob").alias("moth_childs_dob"))
        return frame.with_columns(told)

    def _relatives(self, people: pl.LazyFrame) -> pl.LazyFrame:
        """A row for each relative who may not be named, under a token that no other frame has."""
        linked = pl.concat(
            [
                self._links(table).select(pl.col(one).alias("person_id"))
                for table in ("family", "mother")
                for one in self._people_of_kin(table)
            ]
        )
        hidden = linked.filter(pl.col("person_id").is_not_null() & ~self._clear(pl.col("person_id"))).unique()
        name = (
            pl.when(pl.col("person_id").is_in(self.view.closed))
            .then(pl.lit(RESTRICTED))
            .otherwise(pl.lit(OUTSIDE))
        )
        blank = [
            pl.lit(None, kind).alias(column)
            for column, kind in people.collect_schema().items()
            if column not in ("person_id", "name")
        ]
        return hidden.select(kin_token("person_id").alias("person_id"), name.alias("name"), *blank).select(
            people.collect_schema().names()
        )

    # Problems in the data

    def _issues(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Problems of children in the remit; what a sealed or nameless one quotes is not shown."""
        person = pl.col("person_id")
        nameless, closed = person.is_null(), person.is_in(self.view.closed).fill_null(value=False)
        if self.view.visible is not None:
            frame = frame.filter(self._within(person))
        others = pl.col("column").str.ends_with("person_id").fill_null(value=False) & (
            pl.col("value") != person
        ).fill_null(value=False)
        sealed = closed | nameless
        unclear = self._unclear_links().with_columns(_unclear=pl.lit(value=True))
        frame = frame.join(unclear, on=["column", "value"], how="left", maintain_order="left")
        others |= pl.col("_unclear").is_not_null()
        return frame.with_columns(
            person_id=pl.when(closed).then(self._token(person)).otherwise(person),
            value=pl.when(~(sealed | others)).then("value"),
            row=pl.when(~sealed).then("row"),
            reason=pl.when(closed)
            .then(pl.lit(PROBLEM))
            .when(nameless)
            .then(pl.lit(NAMELESS))
            .otherwise("reason"),
        ).drop("_unclear")

    def _unclear_links(self) -> pl.LazyFrame:
        """column, value: what fields that name another row may hold that is of a child who is not shown."""
        parents: dict[tuple[str, str], list[str]] = {}
        for field_, parent, key in links.of_rows():
            parents.setdefault((parent, key), []).append(field_)
        return pl.concat(
            [
                self._owner_of(parent, key)
                .filter(~self._clear(pl.col("_owner")))
                .select(pl.lit(fields).alias("column"), value="_key")
                .explode("column")
                for (parent, key), fields in parents.items()
            ]
        )

    # What a screen needs to know

    @property
    def numbers(self) -> Mapping[str, str]:
        """The child's number behind each token."""
        return {token: person for person, token in self.view.tokens.items()}

    def sealed(self, person_id: str) -> bool:
        """Whether the record, by number or by token, is restricted and not open to this reader."""
        return self.numbers.get(person_id, person_id) in self.view.closed

    def seen(self, person_id: str) -> bool:
        """Whether the child is in the remit and not sealed. A relative who is not named has no record."""
        return self.seen_of(pl.Series([person_id])).len() > 0 and not self._stands_for_kin(person_id)

    def _stands_for_kin(self, person_id: str) -> bool:
        if self.view.whole or not person_id.startswith(KIN_SIGN):  # which a number may begin with too
            return False
        signs = self._relatives(self._whole.scan("people"))
        return person_id in collect(signs)["person_id"]

    def hides(self, person_id: str) -> bool:
        """Whether somebody has the number and is not shown to this reader under it."""
        if self.view.whole:
            return False
        theirs = self._whole.scan("people").filter(pl.col("person_id") == person_id).select("person_id")
        return collect(theirs).height > 0 and not self.seen(person_id)

    def seen_of(self, people: pl.Series) -> pl.Series:
        """Those of the numbers that are in the remit and not sealed."""
        return people.to_frame("person").filter(self._clear(pl.col("person")))["person"]
