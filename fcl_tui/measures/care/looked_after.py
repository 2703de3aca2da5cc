"""Children looked after on a day: how many, who they are, how long, under what, where."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

OPEN = Measure(
    key="cla_open",
    label="Children looked after",
    unit="children",
    window="now",
    definition="Children in an episode of care that began on or before the day and had not ended by it, "
    "under 18. Short breaks (V3, V4) are left out; a child without a birth date is counted.",
    source="SSDA903; Annex A list 8; LAIT LACnum",
)
RATE = replace(
    OPEN,
    key="cla_rate",
    label="Looked after per 10,000",
    statistic="rate",
    unit="rate per 10,000",
    higher_is_better=None,
    definition="Children looked after on the day for each 10,000 of the population aged 0 to 17.",
    source="LAIT LAC; DfE rate_per_10000",
    needs=("population",),
)
TWELVE_MONTHS = replace(
    OPEN,
    key="cla_12m",
    label="Looked after 12 months or more",
    where="twelve_months",
    higher_is_better=None,
    definition="Children looked after on the day whose time in care is unbroken from 12 months before it, "
    "whatever the placement moves. Short breaks do not count.",
    source="DfE health outcomes of looked-after children; SSDA903",
)
UASC = replace(
    OPEN,
    key="cla_uasc",
    label="Unaccompanied children",
    where="uasc = 'Yes'",
    out_of="true",
    higher_is_better=None,
    definition="Children looked after on the day whose unaccompanied asylum-seeking status is in force "
    "on it.",
    source="LAIT Unacc_Asylmn_Seek_Childn",
)
AGE_AND_SEX = replace(
    OPEN,
    key="cla_age_pyramid",
    label="Age and sex",
    out_of="true",
    spread="age_and_sex",
    higher_is_better=None,
    definition="Children looked after on the day by the national age bands and sex.",
    source="DfE 31 March file; ChAT",
)
LENGTH = replace(
    AGE_AND_SEX,
    key="cla_length",
    label="Length in care",
    spread="length",
    definition="Children looked after on the day by the time since this period of care was entered.",
    source="common practice",
)
TURNS_18 = replace(
    OPEN,
    key="cla_turn18",
    label="18 in the next 12 months",
    where="adult_in_a_year",
    higher_is_better=None,
    definition="Children looked after on the day whose 18th birthday is in the 12 months after it.",
    source="sufficiency planning; ours",
)
_SHARE = replace(OPEN, statistic="share", out_of="true", unit="%", higher_is_better=None)
_SPREAD = replace(OPEN, statistic="distribution", unit="%", higher_is_better=None)
LEGAL = replace(
    _SPREAD,
    key="cla_legal",
    label="Legal status, %",
    spread="legal_status",
    definition="Each legal status of the children looked after on the day: the latest in force.",
    source="DfE 31 March file",
)
NEED = replace(
    _SPREAD,
    key="cla_need",
    label="Category of need, %",
    spread="need",
    definition="Each category of need of the children looked after on the day, of the episode open then.",
    source="DfE 31 March file, N1 to N8",
)
PLACEMENT = replace(
    _SPREAD,
    key="cla_placement",
    label="Placement type, %",
    spread="placement",
    definition="Each kind of placement of the children looked after on the day, in the national groups; "
    "temporary placements (T0 to T4) are shown apart.",
    source="DfE 31 March file; the groups of codes are ours",
)
PROVIDER = replace(
    _SPREAD,
    key="cla_provider",
    label="Provider, %",
    spread="provider",
    definition="Who provides the placements of the children looked after on the day.",
    source="DfE 31 March file",
)
FOSTER = replace(
    _SHARE,
    key="cla_foster_pct",
    label="In foster care, %",
    where="placement = 'Foster care'",
    higher_is_better=True,
    definition="Of the children looked after on the day, those in placements U1 to U6.",
    source="LAIT LAC_Foster_Placements",
)
IN_HOUSE = replace(
    FOSTER,
    key="cla_foster_inhouse",
    label="Foster placements in-house, %",
    where="provider_code = 'PR1'",
    out_of="placement = 'Foster care'",
    definition="Of the children in placements U1 to U6 on the day, those with provider PR1, own provision.",
    source="Performance Board 39; the codes are ours",
)
RESIDENTIAL = replace(
    OPEN,
    key="cla_residential",
    label="In residential placements",
    higher_is_better=False,
    where="placement_type IN ('K1', 'K2', 'R1', 'S1')",
    out_of="true",
    definition="Children looked after on the day in placements K1, K2, R1 or S1.",
    source="Performance Board 46; whether only disabled children are meant is open: see by disability",
)
FAR = replace(
    _SHARE,
    key="cla_20miles",
    label="Over 20 miles from home, %",
    where="miles > 20",
    higher_is_better=False,
    definition="Of the children looked after on the day, those placed over 20 miles from home: by distance "
    "alone, as the source does not say whether a placement is outside the area. Where no distance is "
    "recorded a child is not counted as far.",
    source="LAIT LACDistance",
    needs=("cla_placement.clap_cla_placement_distance",),
)
WITH_PARENTS = replace(
    _SHARE,
    key="cla_with_parents",
    label="Placed with parents, %",
    where="placement_type = 'P1'",
    definition="Of the children looked after on the day, those in placement P1.",
    source="LAIT LAC_Parents_OR_Others",
)
LONG_SECTION_20 = replace(
    OPEN,
    key="cla_s20_long",
    label="Section 20 over 12 months",
    higher_is_better=False,
    where="legal_code = 'V2' AND long_legal AND (age IS NULL OR age < 16)",
    definition="Children under 16 looked after on the day under section 20 (V2) that has been in force for "
    "more than 12 months.",
    source="drift check; common practice",
)
NOW = (
    OPEN, RATE, TWELVE_MONTHS, UASC, AGE_AND_SEX, LENGTH, TURNS_18, LEGAL, NEED, PLACEMENT, PROVIDER, FOSTER,
    IN_HOUSE, RESIDENTIAL, FAR, WITH_PARENTS, LONG_SECTION_20,
)  # fmt: skip

THREE_PLACEMENTS = replace(
    _SHARE,
    key="cla_3plus",
    label="3 or more placements in the year, %",
    where="placements >= 3",
    window="rolling",
    higher_is_better=False,
    definition="Of the children looked after on the day, those with three or more placements open at any "
    "time "
    "in the 12 months to it. Temporary ones (T0 to T4) are left out, and adoption by the foster carers the "
    "child was with is no move.",
    source="LAIT LACStable_2016on; DfE placement stability",
    needs=("whole:cla_placement",),
)
THREE_IN_TWO_YEARS = replace(
    THREE_PLACEMENTS,
    key="cla_3plus_2y",
    label="3 or more placements in 2 years, %",
    months=24,
    out_of="in_care_2y",
    definition="Of the children looked after for two years or more on the day, those with three or more "
    "placements open at any time in the 24 months to it, counted as in one year.",
    source="DfE placement stability, looked after two years",
)
THREE_WORKERS = replace(
    THREE_PLACEMENTS,
    key="cla_3plus_workers",
    label="3 or more social workers in the year, %",
    where="workers >= 3",
    definition="Of the children looked after on the day, those with three or more different case workers in "
    "the 12 months to it, also before care. One who came back counts once.",
    source="LAIT Stability_SocialWorker; DfE la_cla_swcount",
    needs=("involvements.invo_involvement_start_date",),
)
SAME_CARER = replace(
    _SHARE,
    key="cla_stable_2y",
    label="Same carer 2 years or more, %",
    where="settled",
    out_of="in_care_30m AND (age IS NULL OR age < 16)",
    higher_is_better=True,
    definition="Of the children under 16 looked after for two and a half years or more on the day, those "
    "with "
    "the same carer for two years or more, or placed for adoption and two years in that placement and the "
    "one "
    "before it.",
    source="LAIT LAC_LongStable; DfE living with the same carer",
    needs=("cla_episodes.clae_cla_episode_start_reason",),
)
STABILITY = (THREE_PLACEMENTS, THREE_IN_TWO_YEARS, THREE_WORKERS, SAME_CARER)

MOVES = replace(
    _SPREAD,
    key="cla_move_reason",
    label="Reasons placements changed, %",
    window="period",
    spread="change_reason",
    definition="Each reason of the placements that ended in the period.",
    source="DfE new placements file",
    needs=("whole:cla_placement",),
)
UNPLANNED = replace(
    OPEN,
    key="cla_unplanned_end",
    label="Unplanned placement endings",
    higher_is_better=False,
    unit="placements",
    window="period",
    where="change_code IN ('ALLEG', 'STAND', 'APPRR', 'CREQB', 'CREQO', 'CLOSE', 'LAREQ', 'CHILD')",
    out_of="true",
    definition="Placements that ended in the period because of an allegation, standards, approval removed, "
    "the carer's or the child's wish, closure, or the authority's request; every placement that ended.",
    source="our choice of codes",
    needs=("whole:cla_placement",),
)
ENDED = (MOVES, UNPLANNED)

PERMANENCE = replace(
    _SHARE,
    key="cla_perm_plan",
    label="Permanence plan recorded, %",
    where="planned",
    higher_is_better=True,
    definition="Of the children looked after on the day, those with a care plan open on it that names a "
    "permanence option.",
    source="Annex A list 8",
)
BY_SECOND_REVIEW = replace(
    PERMANENCE,
    key="cla_perm_second_review",
    label="Permanence plan by second review, %",
    where="in_time",
    out_of="true",
    definition="Of the periods of care that began four to seven months before the day, those with a "
    "permanence plan dated within four months.",
    source="care planning guidance; common practice",
    needs=("cla_care_plan.lacp_cla_care_plan_start_date", "whole:cla_episodes"),
)
