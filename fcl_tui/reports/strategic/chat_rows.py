"""The rows of a page of ChAT: official figures, the blocks of its records, what Annex A counts itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.definitions.amounts import amount
from fcl_tui.definitions.days import frame as days_frame
from fcl_tui.definitions.window import Window
from fcl_tui.records import chat, chat_annex
from fcl_tui.reports.figures import condition
from fcl_tui.reports.known import reason, unknown
from fcl_tui.reports.official import registry, trend
from fcl_tui.reports.run import narrowed
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.chat_pages import HEADLINE, NOW, PAGES, SIX_MONTHS, YEAR, Page
from fcl_tui.reports.strategic.published import beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fcl_tui.definitions.measure import Measure
    from fcl_tui.definitions.window import Days
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.query import Query

SCHEMA = chat.ROWS | {
    "shown": pl.String,
    "of": pl.String,
    "share": pl.Float64,
    "annex": pl.Float64,
    "annex_shown": pl.String,
    "year_value": pl.Float64,
    "year_shown": pl.String,
    "neighbours": pl.String,
    "region": pl.String,
    "england": pl.String,
    "why": pl.String,
}
MONTHS = {SIX_MONTHS: 6, YEAR: 12}
FIGURE = {"key": pl.String, "value": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64}
FIGURES = "Figures"
ANNEX = "As Annex A counts it"


def window(context: Context, name: str) -> tuple[date, date, date]:
    """The as-at day with the first and last day of a window: the day itself, six or twelve months to it."""
    day = context.as_at
    if name == NOW:
        return day, day, day
    after = day + timedelta(days=1)
    whole = after.year * 12 + after.month - 1 - MONTHS[name]
    return day, _in_month(whole, after.day), day


def _in_month(whole: int, day: int) -> date:
    from calendar import monthrange

    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def page_parts(page: Page, context: Context, query: Query) -> Parts:
    """One page: figures, Annex A's counts, and the blocks of its records."""
    asked = _asked(page.figures)
    annex = _annex(page, context, query)
    figures = _figures(asked, context, query, annex, six=page.window != YEAR)
    alone = annex.filter(pl.col("key") == "").drop("key")
    records = _records(page, context, query)
    blocks = [chat.several(records, page.noun)] if page.window != NOW else []
    other = next((one for one in PAGES if one.key == page.next_page), None)
    if other is not None:
        blocks.append(chat.also_on(records, _records(other, context, query), other.title))
    blocks += [chat.bars(records, column, title) for column, title in page.bars]
    blocks += [chat.ethnicity(records), chat.ages(records)]
    found = pl.concat([collect(block) for block in blocks])
    rows = pl.concat([figures, alone, _read(found)])
    ages = found.filter(pl.col("block") == chat.AGES)
    return Parts(
        rows.with_row_index("row_key").with_columns(pl.col("row_key").cast(pl.String)).lazy(),
        _left_out(asked, page.figures, context),
        {"ages": ages.select("item", "male", "female").lazy()},
        lambda _: f"{page.title}: {_total(records, page)}, {_over(page, context)}; Annex A, {page.lists}",
    )


def headline_parts(context: Context, query: Query) -> Parts:
    """The first page: figures of six and twelve months beside the published ones."""
    asked = _asked(HEADLINE)
    nothing = pl.DataFrame(schema=SCHEMA | {"key": pl.String})
    figures = _figures(asked, context, query, nothing, six=True)
    told = beside(context, [one for _, one in asked], context.as_at)
    labels = pl.DataFrame(
        [(one.key, one.label) for _, one in asked], schema=["measure", "item"], orient="row"
    )
    published = labels.join(told, on="measure", how="left").select("item", "neighbours", "region", "england")
    rows = (
        figures.drop("neighbours", "region", "england").join(published, on="item", how="left").select(*SCHEMA)
    )
    return Parts(
        rows.with_row_index("row_key").with_columns(pl.col("row_key").cast(pl.String)).lazy(),
        _left_out(asked, HEADLINE, context),
        headline=lambda _: f"Six months from {window(context, SIX_MONTHS)[1]:%d/%m/%Y}, or as at the day",
    )


def _asked(keys: Sequence[str]) -> list[tuple[Family, Measure]]:
    """The measures of these keys that are worked out here, each with its family."""
    found = []
    for key in keys:
        try:
            family = registry.family_of(key)
        except LookupError:
            continue
        measure = family.measure(key)
        if not measure.spread:
            found.append((family, measure))
    return found


def _left_out(asked: Sequence[tuple[Family, Measure]], keys: Sequence[str], context: Context) -> pl.LazyFrame:
    here = {one.key for _, one in asked}
    missing = [key for key in keys if key not in here]
    rows = [(f"not worked out here: {', '.join(missing)}", len(missing), "figures")] if missing else []
    for family, measure in asked:
        if unknown(context, family.as_records, (measure,)):
            rows.append((f"{measure.label}: {reason(measure, context)}", 1, "figures"))
    return pl.LazyFrame(
        rows, schema={"reason": pl.String, "count": pl.Int64, "what": pl.String}, orient="row"
    )


def _figures(
    asked: Sequence[tuple[Family, Measure]],
    context: Context,
    query: Query,
    annex: pl.DataFrame,
    *,
    six: bool,
) -> pl.DataFrame:
    """The official figures in the window of the page and over twelve months, Annex A's own beside them."""
    alike: dict[tuple[str, Window], tuple[Family, list[Measure]]] = {}
    for family, measure in asked:
        alike.setdefault((family.key, Window.of(measure)), (family, []))[1].append(measure)
    parts: dict[str, list[pl.DataFrame]] = {"page": [], "year": []}
    for (_, own), (family, measures) in alike.items():

        def over(days: Days, family: Family = family, measures: list[Measure] = measures) -> pl.DataFrame:
            told = trend.over(family, measures, context, days, query)
            return collect(told.select(pl.col(name).cast(kind) for name, kind in FIGURE.items()))

        if own.kind == "period":
            parts["page"].append(over([window(context, SIX_MONTHS if six else YEAR)]))
            parts["year"].append(over([window(context, YEAR)]))
        else:
            parts["page"].append(over([(context.as_at, *own.on(context.as_at))]))
    page, year = (pl.concat([pl.DataFrame(schema=FIGURE), *frames]) for frames in parts.values())
    facts = pl.DataFrame(
        [(one.key, place, one.label, one.unit in ("%", "per cent")) for place, (_, one) in enumerate(asked)],
        schema={"key": pl.String, "place": pl.Int64, "item": pl.String, "percent": pl.Boolean},
        orient="row",
    )
    told = (
        facts.join(page, on="key", how="left")
        .join(year.select("key", year_value="value"), on="key", how="left")
        .join(annex.select("key", "annex", "annex_shown", "why"), on="key", how="left")
    )
    counted = pl.format("{}/{}", pl.col("numerator").cast(pl.Int64), pl.col("denominator").cast(pl.Int64))
    return _full(
        told.sort("place").with_columns(
            block=pl.lit(FIGURES),
            shown=_shown("value"),
            year_shown=_shown("year_value"),
            of=pl.when("percent").then(counted),
        )
    )


def _records(page: Page, context: Context, query: Query) -> pl.LazyFrame:
    """The records of a page in its window, collected once: each block counts them."""
    family = registry.family_of(page.of)
    days = days_frame([window(context, page.window)])
    rows = narrowed(family.records(context, days), query).filter(condition(page.where))
    columns = ["person_id", "age", "age_band", "sex", "ethnicity", *(column for column, _ in page.bars)]
    return collect(rows.select(*dict.fromkeys(columns))).lazy()


def _annex(page: Page, context: Context, query: Query) -> pl.DataFrame:
    """What Annex A counts in another way, and why: of SCHEMA, with key (the figure beside it, or "")."""
    names = {NOW: NOW, "six months": SIX_MONTHS, "twelve months": YEAR}

    def rows(key: str, over: str) -> pl.LazyFrame:
        days = days_frame([window(context, names[over])])
        return narrowed(registry.family_of(key).records(context, days), query)

    frames = [pl.DataFrame(schema=SCHEMA | {"key": pl.String})]
    for name, key in page.annex:
        told = collect(getattr(chat_annex, name)(rows, context.calendar)).with_columns(
            block=pl.lit(ANNEX), percent=pl.col("item").str.ends_with("%")
        )
        shown = told.with_columns(annex_shown=_shown("annex"))
        frames.append(_full(shown).with_columns(key=pl.lit(key)))
    return pl.concat(frames)


def _read(found: pl.DataFrame) -> pl.DataFrame:
    """The blocks with their figures as text and in per cent; of ages the two sides are the figures."""
    whole = pl.col("out_of")
    return _full(
        found.with_columns(
            shown=pl.col("value").cast(pl.Int64).cast(pl.String),
            of=pl.when(whole.is_not_null()).then(whole.cast(pl.String)),
            share=pl.when(whole > 0).then(pl.col("value") * 100 / whole),
        )
    )


def _shown(name: str) -> pl.Expr:
    value = pl.col(name)
    whole = value.round(1) == value.round(0)
    number = pl.when(whole).then(value.round(0).cast(pl.Int64, strict=False).cast(pl.String))
    told = number.otherwise(value.round(1).cast(pl.String))
    return pl.when("percent").then(pl.format("{}%", told)).otherwise(told)


def _full(frame: pl.DataFrame) -> pl.DataFrame:
    missing: Mapping[str, object] = {name: kind for name, kind in SCHEMA.items() if name not in frame.columns}
    told = frame.with_columns(pl.lit(None).alias(name) for name in missing)
    return told.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _total(records: pl.LazyFrame, page: Page) -> str:
    row = collect(records.select(rows=pl.len(), children=pl.col("person_id").n_unique())).row(0, named=True)
    if page.window == NOW:
        return amount(row["children"], page.noun)
    return f"{amount(row['rows'], page.noun)} of {amount(row['children'], 'children')}"


def _over(page: Page, context: Context) -> str:
    day, first, _ = window(context, page.window)
    return f"as at {day:%d/%m/%Y}" if page.window == NOW else f"{first:%d/%m/%Y} to {day:%d/%m/%Y}"
