"""Measures: every number of the reports, defined once, by subject.

Definitions are data (`fcl_tui.reports.spec.Measure`): a report's table, its trend, the command `measure` and
the rows behind a figure all follow from the same one.
"""
