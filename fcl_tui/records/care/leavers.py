"""Care leavers on each day, those with a birthday in the window, and young people who stayed with carers.

The source holds the latest leaving care record alone: what it says without a date is of the day of the data.
"""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.days.calendar import age_on, birthday
from fcl_tui.definitions.directory import workers
from fcl_tui.definitions.statuses import leaver_since
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import label_as_sentence
from fcl_tui.records.over_time.people import with_holder, with_person

CURRENT = ("Relevant", "Former Relevant", "Qualifying")
ELIGIBLE = "Eligible"
AGES = ("16", "17 to 18", "19 to 21", "22 to 24", "Not known")
COHORTS = {"17 to 18": (17, 18), "19 to 21": (19, 20, 21)}
OF_COHORT = {"17 to 18": ("Relevant", "Former Relevant"), "19 to 21": ("Former Relevant",)}
GONE = ("NREQ", "DIED", "RHOM")
"""Not looked for: needs no service, died, home with parents six months or more"""
IN_WORK = ("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5")
NEET = {"G4": "Illness or disability", "G5": "Other reason", "G6": "Pregnancy or parenting"}
IN_EET, UNKNOWN = "In education, employment or training", "Not known"
NO_PLACE = ("G", "H", "R")
"""Abroad, deported, residence not known: left out of suitability"""
BAD = {"W": "Bed and breakfast", "V": "Emergency", "S": "No fixed abode", "X": "Custody"}
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
_PERSON = ["person_id", "day"]


def _records(scan: Scan) -> pl.LazyFrame:
    """One leaving care record per person, the one with the latest contact, then plan."""
    contact, plan = "clea_care_leaver_latest_contact", "clea_pathway_plan_review_date"
    told = (
        scan("care_leavers")
        .drop_nulls("clea_person_id")
        .sort(
            "clea_person_id",
            contact,
            plan,
            "source_row",
            descending=[False, True, True, True],
            nulls_last=True,
        )
        .unique("clea_person_id", keep="first", maintain_order=True)
        .select(
            person_id="clea_person_id",
            eligibility="clea_care_leaver_eligibility",
            touch="clea_care_leaver_in_touch",
            latest_contact=contact,
            plan_date=plan,
            home_code=pl.col("clea_care_leaver_accommodation").cast(pl.String),
            suitable=pl.col("clea_care_leaver_accom_suitable").cast(pl.String) == "1",
            activity=pl.col("clea_care_leaver_activity").cast(pl.String),
            adviser_id="clea_care_leaver_personal_advisor",
        )
        .join(leaver_since(scan).select("person_id", "since"), on="person_id", how="left")
    )
    return collect(told).lazy()  # used for each day of five birthdays, and small


def _facts(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Who each is on the day, and what the record says, in words."""
    touch, doing, home = pl.col("touch").fill_null(""), pl.col("activity").fill_null("0"), pl.col("home_code")
    unknown = doing.is_in(["0", ""]) | (touch == "NO")
    ever = (
        scan("immigration_status")
        .filter(pl.col("immi_immigration_status") == "UASC")
        .group_by(person_id="immi_person_id")
        .agg(_arrived=pl.col("immi_immigration_status_start_date").fill_null(pl.date(1900, 1, 1)).min())
    )
    mothers = (
        scan("mother")
        .group_by(person_id="moth_person_id")
        .agg(_born=pl.col("moth_childs_dob").fill_null(pl.date(1900, 1, 1)).min())
    )
    return (
        with_holder(with_person(rows, scan), scan, advisers=True)
        .join(ever, on="person_id", how="left")
        .join(mothers, on="person_id", how="left")
        .join(workers(scan), left_on="adviser_id", right_on="_worker_key", how="left")
        .with_columns(
            uasc=pl.when((pl.col("_arrived") <= pl.col("day")).fill_null(value=False))
            .then(pl.lit("Yes"))
            .otherwise(pl.lit("No")),
            parent=(pl.col("_born") <= pl.col("day")).fill_null(value=False),
            advised=pl.col("adviser_id").str.strip_chars().fill_null("") != "",
            wanted=~touch.is_in(GONE),
            in_touch=touch == "YES",
            suitable=pl.col("suitable").fill_null(value=False),
            placed=~home.is_in(NO_PLACE).fill_null(value=False),
            accommodation=label_as_sentence(home, "accommodation").fill_null(NOT_RECORDED),
            bad_home=home.replace_strict(BAD, default=None, return_dtype=pl.String),
            eet=doing.is_in(IN_WORK),
            higher=doing.is_in(["F1", "P1"]),
            apprentice=doing.is_in(["F4", "P4"]),
            activity_unknown=unknown,
            doing=pl.when(doing.is_in(IN_WORK))
            .then(pl.lit(IN_EET))
            .otherwise(doing.replace_strict(NEET, default=UNKNOWN)),
        )
        .with_columns(adviser=pl.when("advised").then(pl.coalesce("_worker_name", "adviser_id")))
        .drop("_arrived", "_born", "_worker_name")
    )


def rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and young person with an entitlement who was old enough by it, up to 24.

    One without a birth date is in it. On an earlier day they are those whose present record says so, from
    the day they can first have been care leavers.

    Returns:
        day, first, last, person_id (unique per day), eligibility, current (Boolean: Relevant, Former Relevant
        or Qualifying and not died; Eligible ones are still looked after), age_group (of AGES), touch,
        home_code, activity (codes), latest_contact, plan_date (Date), in_touch, wanted (Boolean: contact is
        looked for: not NREQ, DIED, RHOM), contact_8w, plan_6m (Boolean), suitable, placed, eet, higher,
        apprentice, activity_unknown, advised, parent (Boolean), accommodation, bad_home, doing, adviser
        (words), uasc (Yes: ever unaccompanied), and the columns of `over_time`.

    Source: Annex A list 9.
    """
    records = _records(scan).filter(pl.col("eligibility").is_in([*CURRENT, ELIGIBLE]))
    begun = pl.col("since").is_null() | (pl.col("since") <= pl.col("day"))
    age, day = pl.col("age"), pl.col("day")
    return (
        _facts(days.join(records, how="cross").filter(begun), scan)
        .filter(age.is_null() | age.is_between(16, 24))
        .with_columns(
            current=pl.col("eligibility").is_in(CURRENT) & (pl.col("touch").fill_null("") != "DIED"),
            age_group=pl.when(age == 16)
            .then(pl.lit(AGES[0]))
            .when(age <= 18)
            .then(pl.lit(AGES[1]))
            .when(age <= 21)
            .then(pl.lit(AGES[2]))
            .when(age <= 24)
            .then(pl.lit(AGES[3]))
            .otherwise(pl.lit(AGES[4])),
            contact_8w=(pl.col("latest_contact") >= day.dt.offset_by("-56d")).fill_null(value=False),
            plan_6m=(pl.col("plan_date") >= day.dt.offset_by("-6mo")).fill_null(value=False),
        )
    )


def cohort(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and young person of the national cohorts: a 17th to 21st birthday in the window.

    17 to 18: relevant or former relevant; 19 to 21: former relevant. Not who died or went home for six months
    or more. Those not in touch, refusing or no longer needing help stay in.

    Returns:
        the columns of `rows` without current, age_group, contact_8w and plan_6m; cohort (of COHORTS),
        birthday (Date), turned (Int64: the age reached).

    Source: SSDA903, OC3; Department for Education, care leavers' activity and accommodation.
    """
    records = _records(scan).join(
        scan("people").select("person_id", born="date_of_birth"), on="person_id", how="left"
    )
    stays = ~pl.col("touch").fill_null("").is_in(["DIED", "RHOM"])
    inside = pl.col("birthday").is_between(pl.col("first"), pl.col("last"))
    parts = [
        days.join(
            records.filter(stays, pl.col("eligibility").is_in(OF_COHORT[name])).with_columns(
                birthday=birthday(pl.col("born"), age), turned=pl.lit(age, pl.Int64), cohort=pl.lit(name)
            ),
            how="cross",
        ).filter(inside)
        for name, ages in COHORTS.items()
        for age in ages
    ]
    those = pl.concat(parts).sort("turned").unique([*_PERSON, "cohort"], keep="last", maintain_order=True)
    return _facts(those.drop("born"), scan)


def stayed(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and young person of 19 or 20 who left foster care at 18.

    Care ended E17, or on the 18th birthday, and the last placement was with foster carers (U1 to U6).

    Returns:
        the columns of `_facts`; left (Date), staying_put (Boolean: lives with the former foster carers).

    Source: Department for Education, care leavers staying put.
    """
    born = scan("people").select("person_id", "date_of_birth")
    left = (
        scan("cla_episodes")
        .select(
            person_id="clae_person_id",
            left="clae_cla_episode_ceased_date",
            reason="clae_cla_episode_ceased_reason",
        )
        .drop_nulls("left")
        .filter(pl.col("reason") != "X1")
        .join(born, on="person_id", how="left")
        .filter((pl.col("reason") == "E17") | (pl.col("left") == birthday(pl.col("date_of_birth"), 18)))
        .sort("left")
        .unique("person_id", keep="last", maintain_order=True)
    )
    last_place = (
        left.select("person_id", "left")
        .join(
            scan("cla_placement").select(
                person_id="clap_person_id",
                start="clap_cla_placement_start_date",
                end="clap_cla_placement_end_date",
                kind="clap_cla_placement_type",
            ),
            on="person_id",
            how="inner",
        )
        .filter(pl.col("start") < pl.col("left"))
        .sort("start", "end", nulls_last=True)
        .unique("person_id", keep="last", maintain_order=True)
        .filter(pl.col("kind").is_in(FOSTER))
        .select("person_id")
    )
    age = age_on(pl.col("date_of_birth"), pl.col("day"))
    those = (
        days.join(left.join(last_place, on="person_id", how="semi"), how="cross")
        .filter(age.is_in([19, 20]), pl.col("left") <= pl.col("day"))
        .drop("date_of_birth", "reason")
        .join(_records(scan), on="person_id", how="left")
    )
    return _facts(those, scan).with_columns(staying_put=(pl.col("home_code") == "Z").fill_null(value=False))


def assessed(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and pathway assessment that fell due in its window, by the rule pathway_assessment.

    Returns:
        day, first, last, person_id, item_id, due_date, done_date (Date), in_time (Boolean), and the columns
        of `over_time`.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 42.
    """
    items = (
        scan("due_items")
        .filter(pl.col("rule") == "pathway_assessment", pl.col("due_date").is_not_null())
        .select("person_id", "item_id", "due_date", "done_date", "ended")
    )
    over = (pl.col("ended") < pl.col("due_date")).fill_null(value=False)
    those = days.join(items, how="cross").filter(
        pl.col("due_date").is_between(pl.col("first"), pl.col("last")), ~over
    )
    told = those.with_columns(in_time=(pl.col("done_date") <= pl.col("due_date")).fill_null(value=False))
    return with_holder(with_person(told, scan), scan)
