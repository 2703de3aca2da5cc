"""Measures over time under their official keys: declared by family, imported when one is asked for.

A *family* is a kind of record with the figures counted of it (children looked after on a day; starts and
ceasings in a period). To declare one:

1. `fcl_tui/records/<subject>/<family>.py`: `rows(scan, days)`, Polars alone. `days` has one row per as-at
   day: day, first, last (`definitions.days.asked`); the rows have day, person_id, what tells one record from
   another and the columns they are grouped by. No loop over days: one join. A family that needs more than the
   scan (a calendar, settings) sets `of_context` and names a function of (context, days).
2. `fcl_tui/measures/<subject>/<family>.py`: a `Measure` for each key, as for every report.
3. A module here with `FAMILIES = (Family(...), ...)`: the report whose readers may have its figures, the
   address of its rows as text (`fcl_tui.records.care.looked_after:rows`), its measures and its dimensions.
   Declarations import no Polars.
4. One line in `registry.MODULES`: the module, and how its keys begin.

`fcl-tui measure KEY` finds it from there: as at any day, with `--from`, `--to`, `--by`, `--rows`, and with
`--by month` its month ends. A window is the measure's own: `now` the day, `period` what was asked for,
`rolling` its `months` up to the day. `trend.over` gives any measure for a frame of days at once.
"""
