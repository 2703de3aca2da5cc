"""Published files: kinds told by columns, symbols that are never zero, and what a second file adds."""

from pathlib import Path

import polars as pl
import pytest

from data.benchmarks.read import read
from data.errors import DataError
from data.office import benchmarks as kept
from data.office.office import Office

PLACE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name"
)
OWN = "Local authority,E92000001,England,E12000008,South East,846,E06000043,Brighton and Hove"
LYNN = 'Local authority,E92000001,England,E12000006,East,999,E10999999,"King\'s Lynn, made up"'
SOUTH_EAST = "Regional,E92000001,England,E12000008,South East,,,"
ENGLAND = "National,E92000001,England,,,,,"
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def row(area: str, *cells: object, year: object = 2025) -> str:
    return f"{year},Reporting year,{area},{','.join(map(str, cells))}"


def write(folder: Path, name: str, columns: str, *rows: str, mark: bool = False) -> Path:
    path = folder / name
    path.write_text(
        (MARK if mark else "") + "\n".join([f"{PLACE},{columns}", *rows]) + "\n", encoding="utf-8"
    )
    return path


def values(path: Path) -> pl.DataFrame:
    (done,), _ = read([path], "E06000043")
    assert done.figures is not None
    return done.figures.values


def cell(found: pl.DataFrame, key: str, area: str = "E06000043", group: str = "") -> tuple[object, ...]:
    wanted = found.filter(
        pl.col("key") == key, pl.col("area_code") == area, pl.col("grouping") == group
    ).select("value", "symbol", "precision")
    assert wanted.height == 1, wanted
    return wanted.row(0)


REFERRALS = "category,referral_count,rereferral_count,rereferral_percent,no_further_action_percent"


def test_numbers_keep_their_precision_and_symbols_are_never_zero(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "c1_children_in_need_2013_to_2025.csv",
        REFERRALS,
        row(OWN, "Total", 3236, "c", 23.6, "k"),
        row(LYNN, "Total", "x", "z", "low", ""),
        row(ENGLAND, "Total", 632830, "u", "22.0", ":"),
        mark=True,
    )
    found = values(path)
    assert cell(found, "referrals") == (3236.0, None, 0)
    assert cell(found, "rereferral_pct") == (23.6, None, 1)
    assert cell(found, "rereferral_pct", "E92000001") == (22.0, None, 1)
    assert cell(found, "rereferral_pct", group="number") == (None, "c", None)
    symbols = found.filter(pl.col("value").is_null())["symbol"].to_list()
    assert sorted(symbols) == ["", ":", "c", "k", "low", "u", "x", "z"]
    assert found.filter(pl.col("value") == 0).is_empty()


def test_a_zero_that_is_printed_is_zero(tmp_path: Path) -> None:
    path = write(tmp_path, "c1.csv", REFERRALS, row(OWN, "Total", 0, 0, "0.0", 0))
    assert cell(values(path), "referrals") == (0.0, None, 0)


def test_columns_come_in_any_order_and_others_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "any_name.csv"
    path.write_text(
        "Rereferral_Percent,la_name,new_la_code,old_la_code,geographic_level,time_period,strange,referral_count\n"
        '23.6,"Brighton, and Hove",E06000043,846,Local authority,202425,7,1\n',
        encoding="utf-8",
    )
    (done,), _ = read([path], None)
    assert done.kind == "c1"
    assert done.newest == 2025
    assert done.figures is not None
    assert cell(done.figures.values, "rereferral_pct") == (23.6, None, 1)
    assert done.figures.areas["area_name"].to_list() == ["Brighton, and Hove"]
    assert "strange" in " ".join(done.figures.left_out)


def test_shares_are_worked_out_where_no_column_has_them(tmp_path: Path) -> None:
    bands = "same_day,1-10_days,11-20_days,21-30_days,31-40_days,41-45_days,46-50_days,61+_days"
    path = write(
        tmp_path,
        "c2_assessments.csv",
        f"category,Assessments_completed,{bands}",
        row(OWN, "Total", 200, 10, 20, 30, 40, 50, 30, 10, 10),
        row(LYNN, "Total", 200, "c", 20, 30, 40, 50, 30, 10, 10),
        row(ENGLAND, "Total", 0, 0, 0, 0, 0, 0, 0, 0, 0),
    )
    found = values(path)
    assert cell(found, "assess_45wd") == (90.0, None, 1)
    assert cell(found, "assess_45wd", "E10999999") == (None, "c", None)  # a part is suppressed: no sum
    assert cell(found, "assess_45wd", "E92000001") == (None, "z", None)
    assert cell(found, "assess_bands", group="61+_days") == (10.0, None, 0)


def test_conferences_in_fifteen_days_are_two_bands_of_all(tmp_path: Path) -> None:
    columns = "category,Section47,Section47_rate,ICPC,ICPC_rate,Duration_0-10_days,Duration_11-15_days"
    path = write(tmp_path, "c4.csv", columns, row(OWN, "Total", 1205, 258.5, 426, 91.4, 100, 306))
    found = values(path)
    assert cell(found, "s47_rate") == (258.5, None, 1)
    assert cell(found, "icpc_15wd")[0] == pytest.approx(95.305, abs=0.001)


LENGTH = "3_months_or_less,3_months_or_less_percent,2years+,2years+_percent"


@pytest.mark.parametrize(
    ("whole", "key", "name"),
    [
        ("CPP_At31", "cp_2y_current", "a_file.csv"),
        ("CPP_end", "cp_2y_ended", "d7_cp_plans_2025.csv"),
    ],
)
def test_a_file_of_lengths_is_told_by_its_whole(tmp_path: Path, whole: str, key: str, name: str) -> None:
    path = write(tmp_path, name, f"category,{whole},{LENGTH}", row(OWN, "Total", 260, 66, 25.4, 8, 3.1))
    assert cell(values(path), key) == (3.1, None, 1)


def test_two_kinds_of_one_shape_need_the_published_name(tmp_path: Path) -> None:
    path = write(tmp_path, "x.csv", f"category,CPP_end,{LENGTH}", row(OWN, "Total", 260, 66, 25.4, 8, 3.1))
    with pytest.raises(DataError, match=r"x\.csv can be more than one kind.*published under"):
        read([path], None)


def test_looked_after_rates_are_told_by_their_population_type(tmp_path: Path) -> None:
    columns = "population_type,population_estimate,children_count,rate_per_10000"
    path = write(
        tmp_path,
        "cla_number_and_rate_per_10k_children.csv",
        columns,
        row(OWN, "Children looked after on 31 March", 46612, 332, 71),
        row(OWN, "Children starting to be looked after during the year", 46612, 129, 28),
        row(OWN, "Children ceasing to be looked after during the year", 46612, 156, 33),
    )
    found = values(path)
    assert cell(found, "cla_open") == (332.0, None, 0)
    assert cell(found, "cla_rate") == (71.0, None, 0)
    assert cell(found, "cla_start_rate") == (28.0, None, 0)
    assert cell(found, "cla_ceased") == (156.0, None, 0)


def test_of_rows_by_group_the_total_counts_and_what_is_unclear_is_said(tmp_path: Path) -> None:
    columns = "cla_group,placement_stability,number,percentage"
    three = "With 3 or more placements during the year"
    path = write(
        tmp_path,
        "la_cla_placement_stability.csv",
        columns,
        row(OWN, "CLA on 31 March", three, 40, 12),
        row(OWN, "CLA 2 years on 31 March", three, 30, 18),
        row(OWN, "CLA 2.5 years", "Living with the same carer", 77, 77),
        row(OWN, "CLA 2.5 years", "Not living with the same carer", 23, 23),
    )
    found = values(path)
    assert cell(found, "cla_3plus") == (12.0, None, 0)
    assert cell(found, "cla_3plus_2y") == (18.0, None, 0)
    assert cell(found, "cla_stable_2y") == (77.0, None, 0)
    rows = [
        row(OWN, "A", three, 4, 12),
        row(OWN, "B", three, 3, 13),
        row(OWN, "C", "With the same carer", 1, 2),
    ]
    path = write(tmp_path, "stability.csv", columns, *rows)
    (done,), _ = read([path], None)
    assert done.figures is not None
    assert "cla_3plus" not in done.figures.values["key"].to_list()
    assert "more than one value" in " ".join(done.figures.left_out)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("Total", "many", 1, 2, 3), r"c1\.csv, row 2, column referral_count: 'many' is neither"),
        (("Total", "1e5", 1, 2, 3), "'1e5' is neither"),
        (("Total", "NaN", 1, 2, 3), "'NaN' is neither"),
        (("Total", "=1+1", 1, 2, 3), "is neither"),
    ],
)
def test_a_cell_that_is_no_figure_is_named(tmp_path: Path, cells: tuple[object, ...], words: str) -> None:
    path = write(tmp_path, "c1.csv", REFERRALS, row(OWN, *cells))
    with pytest.raises(DataError, match=words):
        read([path], None)


def test_files_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is not there"):
        read([tmp_path / "none.csv"], None)
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    with pytest.raises(DataError, match="is empty"):
        read([empty], None)
    latin = tmp_path / "latin.csv"
    latin.write_bytes(f"{PLACE},referral_count\n{row(OWN, 1)}\nM\xfcller\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"row 3: this is not UTF-8"):
        read([latin], None)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="columns of no kind of file that is known"):
        read([other], None)
    wrong = write(tmp_path, "c1.csv", REFERRALS, row(OWN, "Total", 1, 1, 1, 1, year="soon"))
    with pytest.raises(DataError, match="row 2, column time_period: 'soon'"):
        read([wrong], None)


def test_a_folder_passes_over_companions_and_names_what_it_does_not_know(tmp_path: Path) -> None:
    write(tmp_path, "c1.csv", REFERRALS, row(OWN, "Total", 1, 1, 1, 1))
    (tmp_path / "c1.meta.csv").write_text("col_name,col_type,label\na,b,c\n")
    (tmp_path / "letters.csv").write_text("a,b\n1,2\n")
    done, passed = read([tmp_path], None)
    assert [one.name for one in done] == ["c1.csv"]
    assert {one.name: one.why for one in passed} == {
        "c1.meta.csv": "describes another file",
        "letters.csv": "has columns of no kind of file that is known here",
    }


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("bds_long.csv", "Short Desc,Years,LA and Regions,Values,LA Number\nCIN,2025,Brighton,440.9,846",
         "is the long table of the Local Authority Interactive Tool"),
        ("stages.csv", "time_period,geographic_level,stage,number\n2025,National,One,01:07",
         "between the stages of adoption, over England alone"),
        ("a1.csv", "time_period,geographic_level,category,rate\n2025,National,All,40.6",
         "holds England alone"),
    ],
)  # fmt: skip
def test_known_files_that_are_not_used_say_what_they_are(
    tmp_path: Path, name: str, text: str, why: str
) -> None:
    write(tmp_path, "c1.csv", REFERRALS, row(OWN, "Total", 1, 1, 1, 1))
    (tmp_path / name).write_text(text + "\n")
    done, passed = read([tmp_path], None)
    assert [one.name for one in done] == ["c1.csv"]
    assert [(one.name, why in one.why) for one in passed] == [(name, True)]


def test_population_by_area_or_of_the_authority_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "ons_mid-year_population_estimates_2012_to_2024.csv",
        "age_group,population_estimate",
        row(OWN, "0 to 17", 46612, year=2024),
        row(OWN, "0 to 4", 9000, year=2024),
    )
    assert values(path).select("area_code", "year", "value").rows() == [("E06000043", 2024, 46612.0)]
    own = tmp_path / "own.csv"
    own.write_text("year,0-17\n2024,46612\n2023,46835\n")
    assert values(own)["value"].to_list() == [46612.0, 46835.0]
    with pytest.raises(DataError, match="Set authority in settings.toml"):
        read([own], None)
    own.write_text("year,0-17\n2024,c\n")
    with pytest.raises(DataError, match="row 2, column 0-17: 'c' is not a number of children"):
        read([own], "E06000043")


def test_neighbours_in_both_layouts(tmp_path: Path) -> None:
    path = tmp_path / "sn_model_2025_wide.csv"
    path.write_text(
        f"{MARK}old_la_code,SN_1,SN_1P,SN_2,SN_2P\n846,801,Close ,882,Somewhat close\n", encoding="utf-8"
    )
    (done,), _ = read([path], None)
    wanted = [("846", 1, "801", "Close"), ("846", 2, "882", "Somewhat close")]
    assert done.neighbours is not None
    assert done.neighbours.rows() == wanted
    assert done.newest == 2025
    other = tmp_path / "sn_may_2025.csv"
    other.write_text(
        "LA num,LA Name,GOReg,SN1,SNP,SN2,SNP\n846,Brighton,South East,801,Close ,882,Somewhat close\n"
    )
    (done,), _ = read([other], None)
    assert done.neighbours is not None
    assert done.neighbours.rows() == wanted


def test_loading_again_changes_nothing_and_a_revision_is_kept_beside(tmp_path: Path) -> None:
    office = Office(tmp_path / "home")
    first = write(tmp_path, "c1_2024.csv", REFERRALS, row(OWN, "Total", 9, 1, 24.5, 1, year=2024))
    done, _ = read([first], None)
    assert [(one.added, one.revised) for one in kept.save(office, done, "me", None)] == [(4, 0)]
    assert [(one.added, one.revised) for one in kept.save(office, done, "me", None)] == [(0, 0)]
    turned = write(tmp_path, "turned.csv", REFERRALS, row(OWN, "Total", 9, 1, 24.5, 1, year=2024) + "\n")
    assert (
        kept.save(office, read([turned], None)[0], "me", None)[0].added == 0
    )  # other bytes, the same figures
    second = write(
        tmp_path,
        "c1_2025.csv",
        REFERRALS,
        row(OWN, "Total", 9, 1, 24.4, 1, year=2024),
        row(OWN, "Total", 8, "c", 23.6, 1, year=2025),
    )
    done, _ = read([second], None)
    assert [(one.added, one.revised) for one in kept.save(office, done, "me", None)] == [(5, 1)]
    known = kept.read(office).values.filter(pl.col("key") == "rereferral_pct", pl.col("grouping") == "")
    assert known.select("year", "value", "file").rows() == [
        (2024, 24.5, "c1_2024.csv"),
        (2024, 24.4, "c1_2025.csv"),
        (2025, 23.6, "c1_2025.csv"),
    ]


def test_nothing_is_saved_when_one_of_the_files_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlalchemy as sa

    office = Office(tmp_path / "home")
    good = write(tmp_path, "c1.csv", REFERRALS, row(OWN, "Total", 1, 1, 1, 1))
    files, _ = read([good], None)
    calls: list[int] = []
    saved = kept._saved

    def failing(*args: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise sa.exc.OperationalError("x", {}, Exception("disk"))
        return saved(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "_saved", failing)
    with pytest.raises(DataError, match="could not be saved"):
        kept.save(office, [*files, *files], "me", None)
    assert kept.read(office).values.is_empty()


def test_neighbours_in_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["LA num", "LA Name", "GOReg", "SN1", "SNP", "SN2", "SNP"])
    sheet.append([846, "Brighton and Hove", "South East", 801, "Close ", "Southend-on-Sea", "Somewhat close"])
    path = tmp_path / "sn_may_2025.xlsx"
    book.save(path)
    (done,), _ = read([path], None)
    assert done.neighbours is not None
    assert done.neighbours.rows() == [
        ("846", 1, "801", "Close"),
        ("846", 2, "Southend-on-Sea", "Somewhat close"),
    ]


def test_the_region_and_the_neighbours_follow_from_the_authority(tmp_path: Path) -> None:
    from fcl_tui.access.board.comparators import comparators

    office = Office(tmp_path / "home")
    rates = "population_type,population_estimate,children_count,rate_per_10000"
    now = "Children looked after on 31 March"
    path = write(
        tmp_path,
        "cla_number_and_rate_per_10k_children.csv",
        rates,
        row(OWN, now, 46612, 332, 71),
        row(LYNN, now, 40000, 100, 25),
        row(LYNN.replace("999", "801").replace("King's Lynn, made up", "Southend-on-Sea"), now, 1, 1, 75),
        row(SOUTH_EAST, now, 2023914, 11050, 55),
        row(ENGLAND, now, 12183016, 81770, 67),
    )
    near = tmp_path / "sn_2025.csv"
    near.write_text("old_la_code,SN_1,SN_1P,SN_2,SN_2P\n846,Southend-on-Sea,Close ,999,Close\n")
    kept.save(office, read([path, near], None)[0], "me", None)
    known = comparators(office, {"authority": "E06000043"}, demo=False)
    assert known is not None
    told = known.of("cla_rate").select("who", "label", "value").rows()
    assert told == [
        ("own", "Brighton and Hove", 71.0),
        ("neighbours", "Statistical neighbours (mean of 2)", 50.0),
        ("region", "South East", 55.0),
        ("england", "England", 67.0),
    ]
    assert comparators(office, {}, demo=False) is None
