"""Children who started and ceased to be looked after in a period, and why."""

from dataclasses import replace

from fcl_tui.definitions.figures.measure import Measure

STARTED = Measure(
    key="cla_started",
    label="Started to be looked after",
    where="flow = 'started'",
    unit="children",
    definition="Children with an episode of care that began in the period with reason S; short breaks are "
    "left out. Each child once: the first start in the period.",
    source="SSDA903; LAIT LACnum_Start",
)
CEASED = replace(
    STARTED,
    key="cla_ceased",
    label="Ceased to be looked after",
    where="flow = 'ceased'",
    definition="Children with an episode of care that ended in the period with any reason but X1; short "
    "breaks are left out. Each child once: the last time in the period. A transfer to another authority "
    "counts.",
    source="SSDA903; LAIT LACceased",
)
START_RATE = replace(
    STARTED,
    key="cla_start_rate",
    label="Starts per 10,000",
    statistic="rate",
    unit="rate per 10,000",
    definition="Children who started to be looked after in the period, a year and 10,000 aged 0 to 17.",
    source="LAIT LAC_Start_Rate",
    needs=("population",),
)
CEASE_RATE = replace(
    START_RATE,
    key="cla_cease_rate",
    label="Ceases per 10,000",
    where="flow = 'ceased'",
    definition="Children who ceased to be looked after in the period, a year and 10,000 aged 0 to 17.",
    source="LAIT LAC_Cease_Rate",
)
NET = Measure(
    key="cla_net",
    label="Net change",
    statistic="sum",
    of="change",
    unit="children",
    definition="Children who started in the period less those who ceased. Opening and net differ from "
    "closing "
    "where a child came twice, turned 18, or the data was corrected.",
    source="common practice",
)
REASONS = Measure(
    key="cla_ceased_reason",
    label="Reasons for ceasing, %",
    statistic="distribution",
    spread="reason",
    where="flow = 'ceased'",
    unit="%",
    definition="Each reason of the children who ceased to be looked after in the period, by their last time.",
    source="DfE ceased file",
)
ADOPTED = Measure(
    key="cla_ceased_adopted",
    label="Adopted, % of those who ceased",
    statistic="share",
    where="reason = 'Adopted'",
    out_of="flow = 'ceased'",
    unit="%",
    higher_is_better=True,
    definition="Of the children who ceased to be looked after in the period, those whose last episode ended "
    "E11 or E12.",
    source="LAIT LAC Adopted; Performance Board 37",
)
GUARDIANSHIP = replace(
    ADOPTED,
    key="cla_ceased_sgo",
    label="Special guardianship, % of those who ceased",
    where="reason = 'Special guardianship'",
    higher_is_better=None,
    definition="Of the children who ceased to be looked after in the period, those whose last episode ended "
    "E45 to E48 (before 2018/19 E43, E44).",
    source="LAIT LAC_ceased_SGO",
)
HOME_UNPLANNED = replace(
    GUARDIANSHIP,
    key="cla_ceased_home_unplanned",
    label="Went home unplanned, %",
    where="reason = 'Home, unplanned'",
    definition="Of the children who ceased to be looked after in the period, those whose last episode ended "
    "E4B.",
    source="LAIT LAC_RetHome_Not_CarePlan",
)
FLOW = (STARTED, CEASED, START_RATE, CEASE_RATE, NET, REASONS, ADOPTED, GUARDIANSHIP, HOME_UNPLANNED)
AGAIN = Measure(
    key="cla_reentry",
    label="Back in care within 12 months, %",
    statistic="share",
    where="returned",
    out_of="true",
    unit="%",
    window="rolling",
    higher_is_better=False,
    definition="Of the periods of care that began in the 12 months to the day, those of a child whose "
    "earlier "
    "period of care had ended 12 months or less before.",
    source="Annex A list 8, second or subsequent period in the last 12 months",
)
