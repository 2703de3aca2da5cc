"""The pictures of the strategic reports."""

from fcl_tui.reports.spec import Chart

OVER_TIME = Chart(
    kind="line",
    frame="months",
    label="day",
    value="value",
    others=(("neighbours", "Neighbours"), ("region", "Region"), ("england", "England")),
    words="Ours",
)
STOCK = Chart(kind="months", frame="months", label="day", value="value")
STEPS = Chart(kind="bars", frame="steps", label="label", value="value", title="Step by step")
SHARES = Chart(kind="stacked", frame="parts", label="when", part="part", value="value")
PYRAMID = Chart(
    kind="pyramid",
    frame="parts",
    label="item",
    value="male",
    others=(("female", "Female"),),
    words="Male",
)
