"""What there is to say of one indicator in sentences: for the pane, for w, and for the pages of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

ORIGINS = {
    "computed": "worked out from the case data",
    "stand-in": "STAND-IN from the case data, not the measure itself",
    "typed": "entered",
    "imported": "loaded from a file",
}


def value_lines(line: Mapping[str, Any]) -> list[str]:
    """The value, its parts, where it is from and what colour it has, why."""
    told = [f"Value: {line['figure'] or 'none'} for {line['period'] or 'no period yet'}"]
    if line.get("numerator") is not None and line.get("denominator") is not None:
        told.append(f"Numerator {line['numerator']:g}, denominator {line['denominator']:g}")
    origin = ORIGINS.get(line.get("origin") or "", "")
    by = f" by {line['made_by']} on {line['made_at']:%d/%m/%Y}" if line.get("made_at") else ""
    status = (line.get("status") or "").replace("_", " ")
    told.append(f"Status: {status}{f', {origin}{by}' if origin else ''}")
    if line.get("snapshot_id"):
        told.append(f"Data: snapshot {line['snapshot_id']}")
    told += [
        f"{name}: {line[key]}" for name, key in (("Source", "source"), ("Note", "note")) if line.get(key)
    ]
    if line.get("replaces") is not None:
        told.append(f"The case data gives {line['replaces']:.1f}; the entered value is in its place")
    return told


def target_lines(line: Mapping[str, Any]) -> list[str]:
    """The target and what it is based on, the colour and the boundaries it follows from."""
    if line.get("green") is None:
        return [f"Target: none for {line.get('year') or 'this year'}, so no colour"]
    green, amber = line["green"], line.get("amber")
    bound = "at least" if line["polarity"] == "high" else "at most"
    told = [
        f"Target: green {bound} {green:g}"
        + (f", amber {bound} {amber:g}, else red" if amber is not None else "")
    ]
    if line.get("milestone"):
        told.append("That is the milestone of this period; the year ends on another target")
    told += [
        f"{name}: {line[key]}"
        for name, key in (
            ("Because", "rationale"),
            ("Comparator", "benchmark_used"),
            ("Approved by", "approved_by"),
        )
        if line.get(key)
    ]
    return told


def definition_lines(line: Mapping[str, Any]) -> list[str]:
    """What it counts, which way is good and what the framework's own table has instead."""
    told = [
        f"Counts: {line['definition']}",
        f"Good is: {line['polarity']}"
        + (f" (source: {line['polarity_source']})" if line["polarity"] != line["polarity_source"] else ""),
    ]
    if line.get("polarity_reason"):
        told.append(f"Direction: {line['polarity_reason']}")
    if line["unit"] != line["unit_source"]:
        told.append(f"Unit: {line['unit']}; the source table has {line['unit_source']}")
    told.append(
        f"{line['frequency'].capitalize()}, {line['coverage']}, goes to {line['goes_to']}; "
        f"version {line['version']}"
    )
    if line.get("measure"):
        told.append(f"Measure: {line['measure']} (fcl-tui measure {line['measure']})")
    told.append(f"From: {line['source_name']}")
    if line.get("remark"):
        told.append(f"Remark: {line['remark']}")
    return told


def signal_lines(line: Mapping[str, Any]) -> list[str]:
    """What the control chart says, and how the value compares."""
    told = []
    for name, key in (
        ("Last period", "way"),
        ("Year before", "way_year"),
        ("Mean of the last four", "way_mean"),
    ):
        if line.get(key):
            told.append(f"{name}: {line[key]}")
    if line.get("limits") in ("locked", "trial"):
        least = line["lower"] if line["unit"] == "score" else max(0.0, line["lower"])
        most = min(100.0, line["upper"]) if line["unit"] == "percent" else line["upper"]
        trial = " (trial limits: fewer than 12 points)" if line["limits"] == "trial" else ""
        told.append(f"Control chart: mean {line['mean']:.1f}, {least:.1f} to {most:.1f}{trial}")
        told.append(
            f"Signal: {line['signal']}" + (f"; target: {line['assurance']}" if line.get("assurance") else "")
        )
    for name, key in (("England", "england"), ("Statistical neighbours", "neighbours")):
        if line.get(key):
            told.append(f"{name}: {line[key]} ({line['benchmark_period']})")
    return told


def beside_lines(_row: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> list[str]:
    """All of one indicator, for the pane beside its values."""
    line = frames.get("line")
    if line is None or line.is_empty():  # the values of all of them: their own line says it
        return []
    return explained(line.row(0, named=True), frames)


def line_lines(row: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> list[str]:
    """The same of the line under the cursor of the Board."""
    import polars as pl

    mine = pl.col("no") == row["no"]
    told = {name: frames[name].filter(mine) for name in ("exceptions", "comments") if name in frames}
    return explained(row, told)


def report_lines(row: Mapping[str, Any], _frames: Mapping[str, pl.DataFrame]) -> list[str]:
    """An exception report for the pane beside the list of them."""
    return [line.strip() for line in exception_lines(row)]


def explained(line: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> list[str]:
    """Value, target, definition, signals, then what people said: exceptions and comments, newest first."""
    told = [*value_lines(line), "", *target_lines(line), "", *signal_lines(line), "", *definition_lines(line)]
    exceptions, comments = frames.get("exceptions"), frames.get("comments")
    if exceptions is not None and not exceptions.is_empty():
        told += ["", *(sentence for one in exceptions.to_dicts() for sentence in exception_lines(one))]
    elif line.get("suggested"):
        told += ["", f"An exception report is suggested: {line['suggested']}"]
    if line.get("praise"):
        told += ["", f"A note of thanks is suggested: {line['praise']}"]
    if comments is not None and not comments.is_empty():
        told.append("")
        for one in comments.to_dicts():
            told.append(
                f"{one['made_by']}, {one['made_at']:%d/%m/%Y} ({one['period'] or 'no period'}): {one['why']}"
            )
    return told


def exception_lines(one: Mapping[str, Any]) -> list[str]:
    """An exception report: how it stands, why it was asked, and its answer."""
    due = f", due {one['due']:%d/%m/%Y}" if one.get("due") else ""
    told = [
        f"Exception report, {one['state'].replace('_', ' ')}: asked by {one['requested_by']} on "
        f"{one['requested_at']:%d/%m/%Y}{due}",
        f"  Why: {one['reason'] or 'not given'}",
    ]
    names = {
        "owner": "Owner", "figures": "Figure", "cause": "Cause", "done": "Already done", "actions": "Actions",
        "trajectory_shown": "Expected", "trajectory": "Expected", "risks": "Risks to children",
        "asked": "Asked of the Board", "findings": "Audit findings", "review": "The Board said",
    }  # fmt: skip
    for key, name in names.items():
        if one.get(key) and not (key == "trajectory" and one.get("trajectory_shown")):
            sure = (
                f" ({one['cause_known'].replace('_', ' ')})"
                if key == "cause" and one.get("cause_known")
                else ""
            )
            told.append(f"  {name}{sure}: {one[key]}")
    return told
