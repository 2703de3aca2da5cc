"""Children who started and ceased to be looked after in a period, and why."""

from dataclasses import replace

from fcl_tui.definitions.measure import Measure

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
    "breaks are left out. Each child once: the last time in the period.",
    source="SSDA903; LAIT LACceased",
)
