"""Events and relationships as a reader would say them; what a file holds stays as it was recorded."""

import polars as pl

PLAIN = (
    ("protection plan made: yes", "a protection plan was made"),
    ("protection plan made: no", "no protection plan was made"),
    ("plan continues: yes", "the plan goes on"),
    ("plan continues: no", "the plan ends"),
    ("quorate: yes", "quorate"),
    ("quorate: no", "not quorate"),
    ("child seen: yes", "child seen"),
    ("child seen: no", "child not seen"),
    ("alone: yes", "alone"),
    ("alone: no", "not alone"),
    ("bedroom: yes", "bedroom seen"),
    ("bedroom: no", "bedroom not seen"),
    ("interview offered: yes", "interview offered"),
    ("interview offered: no", "no interview offered"),
    ("accepted: yes", "accepted"),
    ("accepted: no", "not accepted"),
    ("help accepted: yes", "help accepted"),
    ("help accepted: no", "help not accepted"),
    ("up to date: yes", "up to date"),
    ("up to date: no", "not up to date"),
    ("under 4", "child under four, not asked to attend"),
    ("cp", "child protection"),
    ("cp conference", "child protection conference"),
    ("nfa continue single", "no further action, the assessment goes on"),
    ("transfer as normal process", "handed over"),
    ("from Child", "referred by the child"),
)
"""Parts of an event's detail as they are recorded, and as they are said"""
BEGAN, ENDED = "Worker began", "Worker ended"
DOES_NOT_APPLY = ": does not apply"


def in_plain_words(events: pl.LazyFrame) -> pl.LazyFrame:
    """Say each event in plain words.

    Args:
        events: event, detail, worker (String) and more, as `client_summary.chronology` gives them.

    Returns:
        events with event_shown ("Stanley Carter became case worker"; never null where event is not) and told
        (the rest of the detail, each part once; null when there is none).
    """
    said = dict(PLAIN)
    part = pl.element().str.strip_chars()
    parts = (
        pl.col("detail")
        .str.split("; ")
        .list.eval(
            pl.when(~part.str.ends_with(DOES_NOT_APPLY)).then(
                part.replace(said)
                .str.replace(r"^(?:N\d|RC\d+) ", "")  # the code of a list; the words say the same
                .str.replace("^in touch: ", "")
                .str.replace(r"^from (.+)$", "referred by $1")
            )
        )
        .list.drop_nulls()
        .list.unique(maintain_order=True)
    )
    role = pl.col("detail").str.split("; ").list.first()
    verb = pl.col("event").replace_strict(
        {BEGAN: "became", ENDED: "is no longer"}, default=None, return_dtype=pl.String
    )
    who = pl.concat_str("worker", verb, role, separator=" ")  # null where any of them is
    rest = pl.when(who.is_not_null()).then(parts.list.slice(1)).otherwise(parts).list.join("; ")
    return events.with_columns(
        event_shown=pl.coalesce(who, "event"), told=pl.when(rest.str.len_chars() > 0).then(rest)
    )


def by_standing(people: pl.LazyFrame) -> pl.LazyFrame:
    """Who it is now first: present case workers, other present workers, relatives, then former workers.

    Args:
        people: the rows of `relationships`.

    Returns:
        the rows with as_who (String: what they are to the child, "until 11/07/2025: case worker" for former
        workers); otherwise in their order.
    """
    relation, detail, now = pl.col("relation"), pl.col("detail"), pl.col("current")
    worker = relation == "professional"
    former = pl.concat_str(
        pl.lit("until "), pl.col("end").dt.strftime("%d/%m/%Y").fill_null("?"), pl.lit(": "), detail
    )
    kin = {"family": "same family", "sibling": "sibling, same mother"}
    as_who = (
        pl.when(worker & now)
        .then(pl.coalesce(detail, pl.lit("worker")))
        .when(worker)
        .then(pl.coalesce(former, pl.lit("former worker")))
        .when(relation == "child")
        .then(pl.concat_str(pl.lit("child"), detail, separator=", ", ignore_nulls=True))
        .otherwise(relation.replace(kin))
    )
    place = (
        pl.when(worker & now & detail.str.contains("case worker").fill_null(value=False))
        .then(0)
        .when(worker & now)
        .then(1)
        .when(~worker)
        .then(2)
        .otherwise(3)
    )
    return people.with_columns(as_who=as_who).sort(place, maintain_order=True)
