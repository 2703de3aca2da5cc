"""Quality assurance of practice: tools, draws, states and agreement as arithmetic.

No terminal, no database, no clock: the day and what is kept are arguments. The access log is another thing,
called audit in `fcl_tui.access`.
"""
