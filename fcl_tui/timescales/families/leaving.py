"""Young people leaving care: the pathway plan, adviser contact and adviser visits.

The source's table of care leavers holds the latest of everything, so only the open cycle of each is given.
"""

import polars as pl

from fcl_tui.definitions.days.calendar import birthday
from fcl_tui.definitions.statuses import leaver_since
from fcl_tui.timescales.cycles import attached, both, cycles, named, row_of, whole
from fcl_tui.timescales.families.care import FAR, periods
from fcl_tui.timescales.families.front_door import once
from fcl_tui.timescales.inputs import Ground, clock

FROM_AGE, ELIGIBLE_AT, ADULT = 14, 16, 18
SUPPORTED_TO = 25
GONE = ("DIED", "NREQ", "RHOM")
PLANNED_FOR = ("Eligible", "Relevant", "Former Relevant")
PLAN_OR_REVIEW = "the source holds the plan's start or its latest review in one date"


def _care_leavers(on: Ground) -> pl.LazyFrame:
    """One row per person: the columns the rules need, with dob and the row's name.

    limit_age is 25 for those in touch, else null (the rule's own). since: see `leaver_since`.
    """
    births = on.births().drop("died")
    return on.kept(
        "care_leavers",
        lambda: (
            on.scan("care_leavers")
            .filter(pl.col("clea_person_id").is_not_null())
            .select(
                person_id="clea_person_id",
                spell=pl.coalesce("clea_table_id", pl.lit("leaving care")),
                eligibility="clea_care_leaver_eligibility",
                in_touch="clea_care_leaver_in_touch",
                contact="clea_care_leaver_latest_contact",
                planned="clea_pathway_plan_review_date",
                row=row_of("care_leavers", "clea_table_id"),
                ended=pl.lit(None, pl.Date),
                ended_by=pl.lit(None, pl.String),
                limit_age=pl.when(pl.col("clea_care_leaver_in_touch") == "YES").then(SUPPORTED_TO),
            )
            .sort("person_id", "planned", "contact", "row", nulls_last=False)
            .unique("person_id", keep="last", maintain_order=True)
            .join(births, on="person_id", how="left")
            .join(leaver_since(on.scan), on="person_id", how="left")
        ),
    )


def _open(frame: pl.LazyFrame, rule: str) -> pl.LazyFrame:
    """The open cycle. Without a date to start from it is known from when the person can be a care leaver.

    The sixteenth birthday counts only where a date in the record is of that age: a record of a younger child
    is a problem in the data, and is shown.
    """
    grown = pl.max_horizontal("planned", "contact") >= pl.col("since")
    return clock(
        frame.with_columns(
            rule=pl.lit(rule),
            step=pl.lit("later"),
            cycle=pl.lit(1),
            source_rows="row",
            known_from=pl.when(pl.col("started").is_null()).then(
                pl.when(grown).then("since").otherwise("entered")
            ),
        )
    )


def pathway_review(on: Ground) -> pl.LazyFrame:
    """The next review of each pathway plan. Without a date there is no due date, and the reason is said."""
    blank_but_planned = pl.col("eligibility").is_null() & pl.col("planned").is_not_null()
    return _open(
        _care_leavers(on)
        .filter(
            pl.col("eligibility").is_in(PLANNED_FOR) | blank_but_planned,
            ~pl.col("in_touch").is_in(["DIED"]).fill_null(False),
        )
        .with_columns(
            started=pl.col("planned"),
            started_by=pl.lit("last pathway plan review, or plan start"),
            unknown=pl.when(pl.col("planned").is_null()).then(pl.lit("no pathway plan date in the source")),
        ),
        "pathway_review",
    )


def pa_contact(on: Ground) -> pl.LazyFrame:
    """The next contact with each care leaver in service. Those who refuse stay, and it is said.

    An eligible child is still looked after and is visited: given only where a contact is recorded.
    """
    out = pl.col("in_touch").is_in(GONE) | (pl.col("eligibility") == "No Current Eligibility")
    still_in_care = (pl.col("eligibility") == "Eligible") & pl.col("contact").is_null()
    return _open(
        _care_leavers(on)
        .filter(~out.fill_null(False), ~still_in_care.fill_null(False))
        .with_columns(
            started=pl.col("contact"),
            started_by=pl.lit("last contact"),
            unknown=pl.when(pl.col("contact").is_null()).then(pl.lit("no contact date in the source")),
            assumed=pl.when(pl.col("in_touch") == "REFU").then(pl.lit("the young person refuses contact")),
        ),
        "pa_contact",
    )


def pa_visit(on: Ground) -> pl.LazyFrame:
    """Adviser visits to a new address; the latest contact stands in for the visit."""
    people = _care_leavers(on).filter(pl.col("eligibility").is_in(["Relevant", "Former Relevant"]))
    homes = whole(
        on.scan("address")
        .select(
            person_id="addr_person_id",
            spell=named("addr_table_id", "addr_address_start_date"),
            started="addr_address_start_date",
            ended="addr_address_end_date",
            row=row_of("address", "addr_table_id"),
        )
        .join(people.select("person_id", "limit_age", "dob"), on="person_id", how="inner")
        .filter(pl.col("dob").is_null() | (pl.col("started") >= birthday(pl.col("dob"), ELIGIBLE_AT)))
        .with_columns(
            match_id=pl.lit(None, pl.String),
            ended_by=pl.lit("the young person moved"),
            started_by=pl.lit("address start"),
        )
    )
    contacts = people.select("person_id", date="contact", row="row", match_id=pl.lit(None, pl.String))
    made = attached(homes, contacts, start_day_counts=True)
    first = pl.col("cycle") == 1
    return clock(
        cycles(homes, made, then="last contact").with_columns(
            rule=pl.when(first).then(pl.lit("pa_visit_first")).otherwise(pl.lit("pa_visit_later")),
            step=pl.when(first).then(pl.lit("first")).otherwise(pl.lit("later")),
            assumed=pl.lit("the latest contact is used instead of the adviser's visit"),
        )
    )


def eligible(on: Ground) -> pl.LazyFrame:
    """The day each child became eligible, and the end of the period of care it fell in.

    Eligible: looked after at 16 or 17, for 13 weeks since the fourteenth birthday. Days of all periods of
    care count together, short breaks do not; the day after the last of them is complete is the day.

    Returns:
        person_id, started, ended (Date), on_birthday (Boolean: the sixteenth birthday was the day), row
        (with that of the person where it was).
    """
    weeks = on.rules["pathway_assessment"].steps["eligible_after"][-1]
    days = weeks.every * 7
    births = on.births().drop("died")
    since = pl.max_horizontal("started", birthday(pl.col("dob"), FROM_AGE))
    until = pl.coalesce("ended", FAR)
    spells = (
        periods(on)
        .join(births, on="person_id", how="inner")
        .filter(pl.col("dob").is_not_null(), until > since)
        .sort("person_id", "started", "ended", "row", nulls_last=True)
        .with_columns(since=since, until=until)
        .with_columns(length=(pl.col("until") - pl.col("since")).dt.total_days())
        .with_columns(before=pl.col("length").cum_sum().over("person_id") - pl.col("length"))
    )
    reached = pl.col("since") + pl.duration(days=pl.lit(days) - pl.col("before"))
    complete = spells.filter(pl.col("before") < days, pl.col("before") + pl.col("length") >= days).select(
        "person_id", complete=reached
    )
    threshold = pl.max_horizontal("complete", birthday(pl.col("dob"), ELIGIBLE_AT))
    return (
        spells.join(complete, on="person_id", how="inner")
        .with_columns(threshold=threshold)
        .filter(pl.col("until") > pl.col("threshold"))
        .with_columns(eligible=pl.max_horizontal("threshold", "started"))
        .filter(pl.col("eligible") < birthday(pl.col("dob"), ADULT))
        .sort("person_id", "eligible", "started", "ended", "row", nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
        .with_columns(on_birthday=pl.col("eligible") == birthday(pl.col("dob"), ELIGIBLE_AT))
        .select(
            "person_id",
            "ended",
            "on_birthday",
            row=pl.concat_str(
                "row", pl.when("on_birthday").then("birth_row"), separator="; ", ignore_nulls=True
            ),
            started="eligible",
        )
    )


def pathway_assessment(on: Ground) -> pl.LazyFrame:
    """The needs assessment behind the first pathway plan: eligible children, relevant ones without a plan.

    A filled plan date means done. It may be that of the latest review, so on an earlier day than that date
    nobody can say that the assessment was overdue or missed (`soft`, `waived`). One more than a review's
    interval after the due date, or after the child left care, is a later review: when the first plan was
    made is then not known, and no lateness is claimed.
    """
    people = _care_leavers(on).select(
        "person_id", "eligibility", "planned", plan_row=pl.col("row"), dob="dob"
    )
    from_eligible = (
        eligible(on)
        .join(people.drop("dob"), on="person_id", how="left")
        .with_columns(
            spell=pl.lit("eligible"),
            ended_by=pl.lit("the child stopped being looked after"),
            started_by=pl.when("on_birthday")
            .then(pl.lit("became an eligible child on the sixteenth birthday"))
            .otherwise(pl.lit("became an eligible child, 13 weeks in care since fourteen complete")),
        )
    )
    left = periods(on).sort("started").unique("person_id", keep="last", maintain_order=True)
    from_relevant = (
        left.filter(pl.col("ended").is_not_null())
        .select("person_id", "row", started="ended")
        .join(people.filter(pl.col("eligibility") == "Relevant"), on="person_id", how="inner")
        .filter(
            pl.col("started") >= birthday(pl.col("dob"), ELIGIBLE_AT),
            pl.col("started") < birthday(pl.col("dob"), ADULT),
            pl.col("planned").is_null() | (pl.col("planned") >= pl.col("started")),
        )
        .drop("dob")
        .with_columns(
            spell=pl.lit("relevant"),
            ended=pl.lit(None, pl.Date),
            ended_by=pl.lit(None, pl.String),
            started_by=pl.lit("became a relevant child"),
        )
    )
    due = on.due("pathway_assessment", "first", pl.col("started"))
    planned, ended = pl.col("planned"), pl.col("ended")
    afterwards = (planned > ended).fill_null(False)
    nothing_owed = afterwards & (ended <= due)
    late = (planned > due).fill_null(False)
    a_review = late & (afterwards | (planned > on.due("pathway_review", "later", due)))
    gone = ~pl.col("eligibility").is_in(PLANNED_FOR).fill_null(False)
    made = pl.concat([from_eligible, from_relevant], how="diagonal_relaxed")
    return once(
        made.with_columns(
            done_date=pl.when(~nothing_owed & planned.is_not_null()).then(
                pl.max_horizontal("planned", "started")
            ),
            soft=late & ~nothing_owed,
            waived=late & ~nothing_owed,
            unknown=pl.when(gone & planned.is_null() & ended.is_not_null())
            .then(pl.lit("left care, and the plan of that time is not in the source"))
            .when(a_review & ~nothing_owed)
            .then(
                pl.lit("only the latest review is in the source: when the first plan was made is not known")
            ),
            assumed=both(pl.when(planned.is_not_null()).then(pl.lit(PLAN_OR_REVIEW))),
            row=pl.concat_str("row", "plan_row", separator="; ", ignore_nulls=True),
        ),
        "pathway_assessment",
    )
