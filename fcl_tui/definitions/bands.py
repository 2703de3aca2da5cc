"""Bands in which children are counted, in the order they are read. Data alone."""

NOT_RECORDED = "Not recorded"
AGE_BANDS = ("Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over", "Not born", "Not known")
"""The bands of the national tables of looked-after children"""
LENGTHS = (
    "Under 1 month", "1 to 6 months", "6 to 12 months", "1 to 2 years", "2 to 5 years", "5 years or more",
    NOT_RECORDED,
)  # fmt: skip
"""How long a child has been in care"""
SDQ_BANDS = ("Normal, 0 to 13", "Borderline, 14 to 16", "Cause for concern, 17 to 40")
STAGES = ("Entering care to decision", "Decision to match", "Match to placement", "Placement to order")
"""Of an adoption"""
