"""People whose names are nearly what was typed: a letter or two otherwise, or the same to the ear.

For when nothing fits as typed. Nothing is looked for but names: a number that is one digit otherwise is
somebody else's.
"""

from datetime import date

import polars as pl

from data.frames import Scan, collect, only
from data.text import fold
from fcl_tui.definitions.caseload import held_at
from fcl_tui.definitions.wording.labels import folded
from fcl_tui.prepared.find_index import WORDS
from fcl_tui.records.find.find import COLUMNS, dates_in
from fcl_tui.records.find.indexed import Index, with_any

MOST = 20
LONGEST = 30
"""Letters of a word that are compared"""
NEAR_NAME = "name like it"
SHORT, LONG = 3, 5
"""From so many letters on one letter, and from so many two, may be otherwise"""
_SOUNDS = (
    ("sch", "s"),
    ("ph", "f"),
    ("gh|th", "t"),
    ("ch|ck|kh|q", "k"),
    ("c([eiy])", "s$1"),
    ("c", "k"),
    ("x", "ks"),
    ("sh|z", "s"),
    ("([aeiou])w", "$1"),
    ("v|w", "f"),
    ("d", "t"),
    ("g([eiy])", "j$1"),
    ("y", "i"),
    ("h", ""),
)
"""Letters that sound alike in English, in the order they are put in each other's place"""


def sound(word: pl.Expr) -> pl.Expr:
    """How a folded word sounds, roughly: its consonants and its first vowel, doubled letters once.

    shaun and sean, catherine and kathryn, stephen and steven are the same. Null stays null.
    """
    for written, sounds in _SOUNDS:
        word = word.str.replace_all(written, sounds)
    first = word.str.slice(0, 1).str.replace_all("[aeiou]", "a")
    rest = word.str.slice(1).str.replace_all("[aeiou]", "")
    heard = pl.concat_str(first, rest)
    for letter in "bfgklmnprst":
        heard = heard.str.replace_all(f"{letter}{letter}+", letter)
    return heard


def distances(words: pl.DataFrame, typed: str) -> pl.DataFrame:
    """How many letters are to be changed, added or taken away to come from each word to what was typed.

    Args:
        words: word (String, folded, no nulls).
        typed: one folded word of 1 to LONGEST letters.

    Returns:
        words with distance (Int64), exact. Myers' bit vectors (A Fast Bit-Vector Algorithm for Approximate
        String Matching, 1999): a step a letter for all words at once, a row of the matrix in one integer.
    """
    size = len(typed)
    full, top = (1 << size) - 1, 1 << (size - 1)
    masks = {letter: sum(1 << at for at, one in enumerate(typed) if one == letter) for letter in set(typed)}

    def number(value: int) -> pl.Expr:
        return pl.lit(value, pl.UInt64)

    state = words.lazy().with_columns(
        length=pl.col("word").str.len_chars(),
        up=number(full),
        down=number(0),
        distance=pl.lit(size, pl.Int64),
    )
    up, down = pl.col("up"), pl.col("down")
    longest = int(words["word"].str.len_chars().max() or 0)  # type: ignore[arg-type]
    for at in range(longest):
        letter = pl.col("word").str.slice(at, 1)
        equal = letter.replace_strict(masks, default=0, return_dtype=pl.UInt64)
        state = (
            state.with_columns(equal=equal)
            .with_columns(
                level=((((pl.col("equal") & up) + up) ^ up) | pl.col("equal")) & number(full),
                steep=(pl.col("equal") | down) & number(full),
            )
            .with_columns(
                more=(down | ((pl.col("level") | up) ^ number(full))) & number(full),
                less=up & pl.col("level"),
            )
            .with_columns(
                inside=pl.lit(at) < pl.col("length"),
                change=((pl.col("more") & number(top)) != 0).cast(pl.Int64)
                - ((pl.col("less") & number(top)) != 0).cast(pl.Int64),
                more=((pl.col("more") * number(2)) | number(1)) & number(full),
                less=(pl.col("less") * number(2)) & number(full),
            )
            .with_columns(
                distance=pl.col("distance") + pl.when("inside").then("change").otherwise(0),
                up=(pl.col("less") | ((pl.col("steep") | pl.col("more")) ^ number(full))) & number(full),
                down=pl.col("more") & pl.col("steep"),
            )
        )
    return collect(state.select("word", "distance"))


def near(scan: Scan, text: str, as_at: date, limit: int = MOST, index: Index | None = None) -> pl.LazyFrame:
    """People whose names are nearly what was typed, every word of it, and who were born on a date in it.

    A word of three or four letters may have one letter otherwise, a longer one two, or it sounds the same
    (see `sound`). A word with a digit has to be there as it is.

    Args:
        index: of the same people; the answer is the same, and sooner there.

    Returns:
        the columns of `find`, one row per person, the nearest first: found_by is NEAR_NAME.
    """
    born, rest = dates_in(text, as_at)
    parts = [part[:LONGEST] for part in folded(rest).split()]
    if index is not None:
        scan = _of_those(scan, _maybe(index, parts))
    people = scan("people").filter(pl.col("find_key").is_not_null())
    if born:
        people = people.filter(pl.col("date_of_birth").is_in(born))
    if not any(_compared(part) for part in parts):
        people = people.head(0)
    spoken = people.select("person_id", word=pl.col("find_key").str.split(" ")).explode("word").unique()
    each = collect(spoken)
    words = each.select("word").unique()
    found = people.select("person_id", "name", cost=pl.lit(0, pl.Int64))
    for part in parts:
        costs = each.lazy().join(_costs(words, part).lazy(), on="word").group_by("person_id")
        best = costs.agg(more=pl.col("cost").min())
        found = found.join(best, on="person_id").select(
            "person_id", "name", cost=pl.col("cost") + pl.col("more")
        )
    first = collect(found.sort("cost", fold(pl.col("name")), "person_id", nulls_last=True).head(limit))
    who = first["person_id"].to_list()
    some = only(scan, who)
    described = held_at(some, as_at, some("people").filter(pl.col("person_id").is_in(who)))
    shown = first.lazy().select("person_id", found_by=pl.lit(NEAR_NAME))
    return shown.join(described, on="person_id", how="left", maintain_order="left").select(COLUMNS)


def _maybe(index: Index, parts: list[str]) -> pl.DataFrame:
    """Everybody who has a word that may be meant by each part, and perhaps others."""
    if not any(_compared(part) for part in parts):
        return with_any(index, [])
    every = collect(index.scan(WORDS))
    return with_any(index, [[part, *(f" {word} " for word in _costs(every, part)["word"])] for part in parts])


def _of_those(scan: Scan, people: pl.DataFrame) -> Scan:
    return lambda name: people.lazy() if name == "people" else scan(name)


def _compared(part: str) -> bool:
    """Whether a word is compared with others, or has to be there as it is."""
    return len(part) >= SHORT and part.isalpha()


def _costs(words: pl.DataFrame, part: str) -> pl.DataFrame:
    """The words that may be meant by one that was typed: word, cost (0 the word itself or a part of it)."""
    if not _compared(part):
        return collect(
            words.lazy()
            .filter(pl.col("word").str.contains(part, literal=True))
            .select("word", cost=pl.lit(0, pl.Int64))
        )
    most = 2 if len(part) >= LONG else 1
    heard = pl.select(sound(pl.lit(part))).item()
    alphabetic = words.filter(
        pl.col("word").str.contains(r"^\p{L}+$"), pl.col("word").str.len_chars() <= LONGEST
    )
    alike = pl.lit(len(heard) > 1) & (sound(pl.col("word")) == pl.lit(heard))
    size = pl.col("word").str.len_chars().cast(pl.Int64)
    candidates = alphabetic.filter(((size - len(part)).abs() <= most) | alike)
    within = pl.col("word").str.contains(part, literal=True)
    same = pl.col("word").str.slice(0, 1) == part[0]
    return collect(
        distances(candidates, part)
        .lazy()
        .filter((pl.col("distance") <= most) | alike)
        # of words as near, one that begins alike is more often meant
        .select("word", cost=pl.min_horizontal("distance", most + 1) * 2 + (~same).cast(pl.Int64))
        .filter(pl.col("cost").is_not_null())
    ).vstack(collect(words.lazy().filter(within).select("word", cost=pl.lit(0, pl.Int64))))
