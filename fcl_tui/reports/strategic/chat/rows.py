"""The rows of a page of ChAT: official figures, the blocks of its records, what Annex A counts itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from data.frames import collect
from fcl_tui.definitions.days.window import Window
from fcl_tui.definitions.wording.amounts import amount
from fcl_tui.definitions.wording.labels import without_code
from fcl_tui.definitions.wording.printed import printed
from fcl_tui.definitions.wording.thousands import thousands
from fcl_tui.records.chat import annex as chat_annex
from fcl_tui.records.chat import blocks as chat
from fcl_tui.reports.measured.known import reason, unknown
from fcl_tui.reports.official import kept_figures, registry, trend
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.chat.pages import CODE_LISTS, HEADLINE, NOW, SIX_MONTHS, YEAR, Page
from fcl_tui.reports.strategic.chat.records import Records, over, page_of, window, window_of
from fcl_tui.reports.strategic.views.headline import population_of
from fcl_tui.reports.strategic.views.published import beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Asked, Family

SCHEMA = chat.ROWS | {
    "behind": pl.String,
    "measure": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "day": pl.Date,
    "first": pl.Date,
    "last": pl.Date,
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
    "compared": pl.String,
    "population": pl.String,
    "counts": pl.String,
    "why": pl.String,
}
"""behind: the address of the rows behind a figure, unique; measure, numerator to last, compared, population:
of a figure; counts: what a row of a block counts, in a sentence"""
FIGURE: dict[str, Any] = {
    "key": pl.String,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "day": pl.Date,
    "first": pl.Date,
    "last": pl.Date,
}
WHO_BESIDE = ("neighbours", "region", "england", "compared")
FIGURES = "Figures"
ANNEX = "As Annex A counts it"


def page_parts(page: Page, of: Records) -> Parts:
    """One page: figures, Annex A's counts, and the blocks of its records."""
    context = of.context
    asked = _asked(page.figures)
    annex = _annex(page, of)
    figures = _figures(asked, of, annex, page.key, six=page.window != YEAR)
    alone = annex.filter(pl.col("key") == "").drop("key")
    records, found = of.of_page(page), _blocks(page, of)
    rows = pl.concat([figures, alone, _read(page, found, over(page, context))])
    ages = chat.drawn(found.filter(pl.col("block") == chat.AGES))
    return Parts(
        rows.lazy(),
        _left_out(asked, page.figures, context),
        {"ages": ages.select("item", "male", "female").lazy()},
        lambda _: f"{page.title}: {_total(records, page)}, {over(page, context)}; Annex A {page.lists}",
    )


def _blocks(page: Page, of: Records) -> pl.DataFrame:
    """The blocks of a page's records, each with the word that its rows are asked for with (name)."""
    records = of.of_page(page)
    blocks = {chat.SEVERAL: chat.several(records, page.noun)} if page.window != NOW else {}
    if (other := page_of(page.next_page)) is not None:
        blocks[chat.ALSO] = chat.also_on(records, of.of_page(other), other.title)
    blocks |= {column: chat.bars(records, column, title) for column, title in page.bars}
    blocks |= {chat.ETHNICITY: chat.ethnicity(records), chat.AGE: chat.ages(records)}
    found = pl.concat([collect(block).with_columns(name=pl.lit(name)) for name, block in blocks.items()])
    apart = pl.col("block") == chat.BLOCKS[chat.APART]
    return found.with_columns(name=pl.when(apart).then(pl.lit(chat.APART)).otherwise("name"))


def blocks_of(page: Page, of: Records, names: Sequence[str]) -> pl.DataFrame:
    """The blocks of a page that have these names, as `records.chat.blocks.ROWS` with name."""
    if not names:
        return pl.DataFrame(schema=chat.ROWS | {"name": pl.String})
    return _blocks(page, of).filter(pl.col("name").is_in(list(names)))


def headline_parts(of: Records) -> Parts:
    """The first page: figures of six and twelve months beside the published ones."""
    asked, context = _asked(HEADLINE), of.context
    nothing = pl.DataFrame(schema=SCHEMA | {"key": pl.String})
    figures = _figures(asked, of, nothing, "headline", six=True)
    told = beside(context, [one for _, one in asked], context.as_at)
    rows = figures.drop(WHO_BESIDE).join(told, on="measure", how="left", maintain_order="left")
    return Parts(
        rows.select(*SCHEMA).lazy(),
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
    of: Records,
    annex: pl.DataFrame,
    page_key: str,
    *,
    six: bool,
) -> pl.DataFrame:
    """The official figures in the window of the page and over twelve months, Annex A's own beside them."""
    context = of.context
    alike: dict[tuple[str, Window], tuple[Family, list[Measure]]] = {}
    for family, measure in asked:
        alike.setdefault((family.key, Window.of(measure)), (family, []))[1].append(measure)
    on_page: list[Asked] = []
    of_year: list[Asked] = []
    for (_, own), (family, measures) in alike.items():
        on_page.append((family, measures, [window_of(context, measures[0], six=six)]))
        if own.kind == "period":
            of_year.append((family, measures, [window(context, YEAR)]))
    page, year = _told(on_page, of), _told(of_year, of)
    facts = pl.DataFrame(
        [(one.key, place, one.label, one.is_percent) for place, (_, one) in enumerate(asked)],
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
            measure="key",
            behind=pl.format("{}/figure/{}", pl.lit(page_key), "key"),
            population=population_of(context, [one for _, one in asked], "key"),
            shown=printed(pl.col("value"), pl.lit(1), pl.col("percent")),
            year_shown=printed(pl.col("year_value"), pl.lit(1), pl.col("percent")),
            of=pl.when("percent").then(counted),
        )
    )


def _told(asked: Sequence[Asked], of: Records) -> pl.DataFrame:
    """The figures of questions: those that the prepared sums hold, the others of the records."""
    keys = [one.key for _, measures, _ in asked for one in measures]
    prepared = kept_figures.read(of.context, keys)
    held: list[Asked] = []
    parts = [pl.LazyFrame(schema=FIGURE)]
    if prepared is not None:
        held, figures = kept_figures.found(prepared, of.query, asked)
        parts.append(trend.finished(held, of.context, figures))
    for family, measures, days in (one for one in asked if one not in held):
        rows = of.of(family, days[0])
        parts.append(trend.over(family, measures, of.context, days, of.query, records=rows))
    columns = [pl.col(name).cast(kind) for name, kind in FIGURE.items()]
    return pl.concat(collect(part.select(columns)) for part in parts)


def _annex(page: Page, of: Records) -> pl.DataFrame:
    """What Annex A counts in another way, and why: of SCHEMA, with key (the figure beside it, or "")."""
    frames = [pl.DataFrame(schema=SCHEMA | {"key": pl.String})]
    for name, key in page.annex:
        counts = chat_annex.COUNTS[name]
        told = collect(chat_annex.counted(counts, of.of_annex, of.context.calendar)).with_columns(
            block=pl.lit(ANNEX),
            percent=pl.col("item").str.ends_with("%"),
            behind=pl.lit(f"{page.key}/annex/{name}"),
            counts=pl.lit(f"{page.title}, as Annex A counts it: {counts.why}."),
        )
        shown = told.with_columns(annex_shown=printed(pl.col("annex"), pl.lit(1), pl.col("percent")))
        frames.append(_full(shown).with_columns(key=pl.lit(key)))
    return pl.concat(frames)


def _read(page: Page, found: pl.DataFrame, when: str) -> pl.DataFrame:
    """The blocks with their figures as text and in per cent; of ages the two sides are the figures."""
    whole, columns = pl.col("out_of"), [column for column, _ in page.bars]
    said = without_code(pl.col("item"), *CODE_LISTS)
    return _full(
        found.with_columns(
            item=said,
            shown=thousands(pl.col("value")),
            of=pl.when(whole.is_not_null()).then(thousands(whole.cast(pl.Float64))),
            share=pl.when(whole > 0).then(pl.col("value") * 100 / whole),
            behind=pl.format("{}/{}/{}", pl.lit(page.key), "name", "item"),
            counts=pl.format(
                "{} of {} ({}), {}: {}. From {}.",
                pl.when(pl.col("name").is_in(columns)).then(pl.lit("Records")).otherwise(pl.lit("Children")),
                pl.lit(page.title),
                pl.lit(when),
                pl.col("block").str.to_lowercase(),
                said,
                pl.lit(f"the snapshot, as {page.lists} of Annex A has them"),
            ),
        )
    )


def _full(frame: pl.DataFrame) -> pl.DataFrame:
    missing: Mapping[str, object] = {name: kind for name, kind in SCHEMA.items() if name not in frame.columns}
    told = frame.with_columns(pl.lit(None).alias(name) for name in missing)
    return told.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _total(records: pl.LazyFrame, page: Page) -> str:
    row = collect(records.select(rows=pl.len(), children=pl.col("person_id").n_unique())).row(0, named=True)
    if page.window == NOW:
        return amount(row["children"], page.noun)
    return f"{amount(row['rows'], page.noun)} of {amount(row['children'], 'children')}"
