"""Files to compare the demo authority with: real published values, and made-up files in the published format.

The population is made up so that the demo has about as many children in need per 10,000 as are published for
the authority that it is compared as; a made-up file says so in its name.
"""

from datetime import date
from importlib.resources import files
from pathlib import Path

from data.snapshots.directory import write_text

AUTHORITY = ("846", "E06000043", "Brighton and Hove")
REGION = ("E12000008", "South East")
ENGLAND = ("E92000001", "England")
IN_NEED = 440.9
"""Children in need per 10,000, as published for 31 March 2025"""
OTHERS = {REGION: (2_023_914, 313.9), ENGLAND: (12_183_016, 330.3)}
"""Population of mid-2024 and children in need per 10,000 at 31 March 2025, as published"""
_PLACE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "new_la_code,la_name"
)
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Some published files begin with a byte order mark, others do not"""


def write_files(folder: Path, children: int, as_at: date) -> Path:
    """Write the files for a demo of that many open children; those there are replaced. Returns the folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    values = files("data").joinpath("benchmarks/published_values.csv").read_text(encoding="utf-8")
    write_text(folder / "published_values.csv", values)
    people = max(100, round(children / IN_NEED * 10_000))
    years = range(as_at.year - 6, as_at.year)
    write_text(folder / "made_up_mid-year_population.csv", _population(people, list(years)))
    write_text(folder / "b1_made_up_children_in_need.csv", _in_need(people))
    return folder


def _place(year: int, period: str, level: str) -> str:
    country = ",".join(ENGLAND)
    region = ",".join(REGION)
    rest = {
        "National": ",,,,",
        "Regional": f"{region},,,",
        "Local authority": f"{region},{','.join(AUTHORITY)}",
    }
    return f"{year},{period},{level},{country},{rest[level]}"


def _population(people: int, years: list[int]) -> str:
    lines = [f"{_PLACE},age_group,population_estimate"]
    for year in years:
        for level, count in (
            ("Local authority", people),
            ("Regional", OTHERS[REGION][0]),
            ("National", OTHERS[ENGLAND][0]),
        ):
            lines.append(f"{_place(year, 'Calendar year', level)},0 to 17,{count}")
    return "\n".join(lines) + "\n"


def _in_need(people: int) -> str:
    """The numbers of children in need at 31 March 2025; the authority has one that is suppressed."""
    lines = [f"{MARK}{_PLACE},category,At31_episodes,awaiting_assessment,Started_episodes,Ended_episodes"]
    own = round(people * IN_NEED / 10_000)
    lines.append(f"{_place(2025, 'Reporting year', 'Local authority')},Total,{own},c,{own + 40},{own - 15}")
    for level, area in (("Regional", REGION), ("National", ENGLAND)):
        population, rate = OTHERS[area]
        count = round(population * rate / 10_000, -1)
        here = _place(2025, "Reporting year", level)
        lines.append(f"{here},Total,{count:.0f},{count * 0.07:.0f},{count * 1.12:.0f},x")
    return "\n".join(lines) + "\n"
