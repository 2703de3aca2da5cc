"""Health of children looked after for twelve months or more."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

ASSESSED = Measure(
    key="cla_health_year",
    label="Health assessment up to date, %",
    statistic="share",
    where="health_done",
    out_of="true",
    unit="%",
    window="rolling",
    higher_is_better=True,
    definition="Of the children looked after for 12 months or more on the day, those with a completed health "
    "assessment in the 12 months to it: two for a child under five, one from five. A refused one is not "
    "done.",
    source="LAIT LACHealth; Performance Board 35; SSDA903, OC2",
    needs=("cla_health.clah_health_check_date",),
)
DENTAL = replace(
    ASSESSED,
    key="cla_dental",
    label="Dental check in the year, %",
    where="dental_done",
    definition="Of the children looked after for 12 months or more on the day, those with a completed dental "
    "check in the 12 months to it. All ages; a refused one is not done.",
    source="LAIT LACDental; Performance Board 36",
)
IMMUNISED = replace(
    ASSESSED,
    key="cla_immunised",
    label="Immunisations up to date, %",
    where="immunised",
    definition="Of the children looked after for 12 months or more on the day, those whose immunisations are "
    "recorded as up to date, within the 12 months to it where that is dated. The source holds the latest "
    "status alone, so an earlier day is not known.",
    source="LAIT LACVaccinations",
    needs=("cla_immunisations", "as loaded"),
)
SDQ = replace(
    ASSESSED,
    key="cla_sdq_returned",
    label="SDQ completed in the year, %",
    where="sdq_score IS NOT NULL",
    out_of="sdq_age",
    definition="Of the children aged 5 to 16 looked after for 12 months or more on the day, those with a "
    "questionnaire's score in the 12 months to it.",
    source="DfE SDQ score was received",
    needs=("sdq_scores.csdq_sdq_completed_date",),
)
SDQ_MEAN = replace(
    SDQ,
    key="cla_sdq_avg",
    label="Average SDQ score",
    statistic="mean",
    of="sdq_score",
    where="sdq_age",
    out_of=None,
    unit="score",
    higher_is_better=False,
    definition="The mean of the latest score in the 12 months to the day, of the children aged 5 to 16 "
    "looked "
    "after for 12 months or more who have one. Read it beside how many do.",
    source="LAIT Emotional_LAC",
)
SDQ_BANDS = replace(
    SDQ,
    key="cla_sdq_band",
    label="SDQ bands, %",
    statistic="distribution",
    spread="sdq_band",
    where="sdq_age AND sdq_score IS NOT NULL",
    out_of=None,
    higher_is_better=False,
    definition="The latest scores of the same children by band: 0 to 13 normal, 14 to 16 borderline, 17 "
    "to 40 "
    "cause for concern.",
    source="LAIT Emotional_LAC",
)
SUBSTANCE = replace(
    ASSESSED,
    key="cla_substance",
    label="Substance misuse identified, %",
    where="misused",
    higher_is_better=False,
    definition="Of the children looked after for 12 months or more on the day, those with substance misuse "
    "recorded in the 12 months to it.",
    source="LAIT LACSubstance",
    needs=("cla_substance_misuse.clas_substance_misuse_date",),
)
CONVICTED = replace(
    ASSESSED,
    key="cla_convicted",
    label="Convicted or cautioned, 10 to 17, %",
    where="convicted",
    out_of="offence_age",
    higher_is_better=False,
    definition="Of the children aged 10 to 17 looked after for 12 months or more on the day, those with a "
    "conviction or caution in the 12 months to it.",
    source="LAIT LAC_Convictions",
    needs=("cla_convictions.clac_cla_conviction_date",),
)
YEAR = (ASSESSED, DENTAL, IMMUNISED, SDQ, SDQ_MEAN, SDQ_BANDS, SUBSTANCE, CONVICTED)
INITIAL = Measure(
    key="cla_health_initial",
    label="Initial health assessment in 20 working days, %",
    statistic="share",
    where="in_time",
    out_of="due",
    unit="%",
    higher_is_better=True,
    definition="Of the periods of care that began in the period and whose twentieth working day is before "
    "the "
    "as-at day, those with a completed health assessment by then. The first one counts as the initial.",
    source="timescale health_initial; common practice",
    needs=("cla_health.clah_health_check_date", "whole:cla_health", "whole:cla_episodes"),
)
