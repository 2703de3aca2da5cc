"""Layouts of different years, and several years in one folder."""

from datetime import date

import pytest

from data.sources.ssda903.years import year_in_name
from tests.data.ssda903_by_hand import FILES, Read, write, zipped


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("header_2024.csv", 2024), ("903 2024-25", 2025), ("SSDA903_2024_2025.zip", 2025), ("2023/24", 2024),
        ("episodes.csv", None), ("2019 and 2021", None), ("file 20241105.csv", None), ("903", None),
    ],
)  # fmt: skip
def test_the_year_a_name_says(name, year):
    assert year_in_name(name) == year


HEADER = "CHILD,{sex},DOB,ETHNIC,UPN,MOTHER,MC_DOB\n{rows}"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"


def test_codes_that_came_and_went(tmp_path):
    """1 and 2 to 2023/24, then M, F and U; H5 and F3 then, K3 and Z11 now."""
    files = {
        "header_2020": HEADER.format(sex="SEX", rows="1,1,01/01/2005,WBRI,,,\n2,2,01/01/2005,WBRI,,1.0,\n"),
        "header_2026": HEADER.format(sex="GENDER", rows="3,M,01/01/2009,WBRI,,,\n4,U,01/01/2009,WBRI,,,\n"),
        "episodes_2020": f"{EPISODES}1,01/05/2019,S,V2,N1,H5,PR4,01/01/2020,E43,,,,\n",
        "episodes_2026": f"{EPISODES}3,01/05/2025,S,V2,N1,K3,PR4,,,,,,\n4,01/05/2025,S,V2,N1,Z11,,,,,,,\n",
        "oc3_2020": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n5,01/01/2001,YES,F3,D1\n",
        "oc3_2026": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n6,01/01/2007,YES,F5,D1\n",
    }
    back = Read(write(tmp_path / "r", files, ""))
    assert back.rules("error", "warning") == set()
    assert back.rows("person", "pers_person_id", "pers_sex")[:4] == [
        ("1", "M"),
        ("2", "F"),
        ("3", "M"),
        ("4", "U"),
    ]
    assert ("2", "Y") in back.rows("person", "pers_person_id", "pers_is_mother")
    assert back.rows("cla_placement", "clap_cla_placement_type") == [("H5",), ("K3",), ("Z11",)]
    assert ("E46",) in back.rows("cla_episodes", "clae_cla_episode_ceased_reason")
    assert back.rows("care_leavers", "clea_care_leaver_activity") == [("F3",), ("F5",)]


def test_an_unknown_code_is_kept_and_told(tmp_path):
    back = Read(write(tmp_path / "r", {"episodes": f"{EPISODES}1,01/05/2024,S,Q9,N1,U6,PR1,,,,,,\n"}))
    assert back.told("unknown_code") == [("episodes_2025.csv", "LS", "Q9")]
    assert back.rows("legal_status", "lega_legal_status") == [("Q9",)]


@pytest.fixture
def two_years(tmp_path):
    """The episode that was open in 2024 has ended in 2025; OC3 and OC2 are answered again."""
    return {
        "header_2024": HEADER.format(sex="SEX", rows="1,1,15/05/2012,WBRI,,0,\n2,2,03/09/2008,BAFR,,0,\n"),
        "header_2025": HEADER.format(sex="SEX", rows="1,M,15/05/2012,WIRI,,0,\n2,F,03/09/2008,BAFR,,0,\n"),
        "episodes_2024": f"{EPISODES}1,10/06/2023,S,V2,N1,U6,PR1,,,,,,\n"
        "2,01/05/2023,S,V2,N1,U6,PR1,01/02/2024,E4A,,,,\n",
        "episodes_2025": f"{EPISODES}1,10/06/2023,S,V2,N1,U6,PR1,01/09/2024,X1,,,,\n"
        "1,01/09/2024,P,V2,N1,K2,PR1,,,,,,\n",
        "reviews_2024": "CHILD,DOB,REVIEW,REVIEW_CODE\n1,15/05/2012,05/07/2023,PN1\n",
        "reviews_2025": "CHILD,DOB,REVIEW,REVIEW_CODE\n1,2012-05-15,2023-07-05,PN1\n"
        "1,15/05/2012,01/02/2025,PN2\n",
        "oc3_2024": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n9,01/01/2006,YES,F2,B1\n",
        "oc3_2025": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n9,01/01/2006,NO,0,0\n",
        "oc2_2024": "CHILD,DOB,SDQ_SCORE,HEALTH_ASSESSMENT,IMMUNISATIONS\n1,15/05/2012,12,1,1\n",
        "oc2_2025": "CHILD,DOB,SDQ_SCORE,HEALTH_ASSESSMENT,IMMUNISATIONS\n1,15/05/2012,12,1,1\n",
    }  # fmt: skip


def test_years_are_joined_and_the_later_one_counts(two_years, tmp_path):
    back = Read(write(tmp_path / "r", two_years, ""))
    fields = ("clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_ceased_date")
    assert back.rows("cla_episodes", *fields) == [
        ("1", date(2023, 6, 10), date(2024, 9, 1)),
        ("1", date(2024, 9, 1), None),
        ("2", date(2023, 5, 1), date(2024, 2, 1)),
    ]  # fmt: skip
    assert back.places["episodes_2024.csv"].rows_held == 1
    assert {place for place, _, _ in back.told("superseded")} == {
        "episodes_2024.csv",
        "oc3_2024.csv",
        "oc2_2024.csv",
    }
    assert back.rows("care_leavers", "clea_care_leaver_in_touch") == [("NO",)]
    assert back.rows("person", "pers_person_id", "pers_ethnicity")[0] == ("1", "WIRI")
    assert back.told("files_disagree") == [("header_2024.csv", "ETHNIC", "WBRI")]
    assert back.source.data_date() == date(2025, 3, 31)


def test_a_row_that_two_years_have_counts_once(two_years, tmp_path):
    back = Read(write(tmp_path / "r", two_years, ""))
    assert back.tables["cla_reviews"].height == 2
    assert ("reviews_2024.csv", None, None) in back.told("duplicate_row")


def test_the_same_answer_in_another_year_is_another_answer(two_years, tmp_path):
    back = Read(write(tmp_path / "r", two_years, ""))
    assert back.rows("sdq_scores", "csdq_table_id") == [("903-Q-1-2024",), ("903-Q-1-2025",)]
    assert back.rows("cla_health", "clah_health_check_id") == [
        ("903-H-HEALTH-1-2024",),
        ("903-H-HEALTH-1-2025",),
    ]
    assert back.tables["cla_immunisations"].height == 1


def test_years_in_folders_of_their_own(two_years, tmp_path):
    inside = {f"{name[-4:]}/{name[:-5]}.csv": text for name, text in two_years.items()}
    back = Read(zipped(inside, tmp_path / "years.zip"))
    together = Read(write(tmp_path / "r", two_years, ""))
    for table, frame in together.tables.items():
        assert back.tables[table].drop("source", "source_row").equals(frame.drop("source", "source_row")), (
            table
        )
    assert "2024: header.csv" in back.places


def test_a_name_that_its_dates_speak_against_is_not_believed(tmp_path):
    """header_2024 may mean the year that began in 2024."""
    back = Read(write(tmp_path / "r", FILES, "_2024"))
    assert back.source.data_date() == date(2025, 3, 31)


def test_a_part_of_a_year_speaks_for_no_day(tmp_path):
    text = f"{EPISODES}1,10/06/2026,S,V2,N1,U6,PR1,,,,,,\n"
    assert Read(write(tmp_path / "r", {"episodes": text}, "_2027")).source.data_date() is None


def test_an_episode_that_a_later_return_has_lost_is_told(tmp_path):
    files = {
        "episodes_2024": f"{EPISODES}1,10/06/2023,S,V2,N1,U6,PR1,,,,,,\n2,11/06/2023,S,V2,N1,U6,PR1,,,,,,\n",
        "episodes_2025": f"{EPISODES}2,11/06/2023,S,V2,N1,U6,PR1,,,,,,\n",
    }
    back = Read(write(tmp_path / "r", files, ""))
    assert back.told("open_in_earlier_year") == [("episodes_2024.csv", "DEC", "2023-06-10")]
    assert back.tables["cla_episodes"].height == 2


def of_2018(size: int, *episodes: str, sex: str = "1") -> dict[str, str]:
    """A return of 2017/18: every child came into care that year and had a review."""
    children = range(1, size + 1)
    return {
        "header": HEADER.format(
            sex="SEX", rows="".join(f"{child},{sex},15/05/2008,WBRI,,0,\n" for child in children)
        ),
        "episodes": EPISODES
        + "".join(f"{child},10/02/2018,S,V2,N1,U6,PR1,,,,,,\n" for child in children)
        + "".join(f"{line}\n" for line in episodes),
        "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE\n"
        + "".join(f"{child},15/05/2008,10/03/2018,PN1\n" for child in children),
    }


def test_reviews_typed_ahead_do_not_make_the_year(tmp_path):
    """However many they are: episodes decide."""
    files = of_2018(12)
    files["reviews"] += "".join(f"{child},15/05/2008,{child}/01/2023,PN1\n" for child in range(10, 22))
    for name in ("", "_2018"):
        back = Read(write(tmp_path / f"r{name}", files, name))
        assert back.source.data_date() == date(2018, 3, 31), name


def test_files_named_apart_are_of_no_later_year_than_the_episodes(tmp_path):
    files = of_2018(4)
    files["reviews_2018"] = files.pop("reviews") + "1,15/05/2008,10/01/2023,PN1\n"
    back = Read(write(tmp_path / "r", files, ""))
    assert back.source.data_date() == date(2018, 3, 31)


def test_an_episode_typed_ahead_does_not_make_the_year(tmp_path):
    back = Read(write(tmp_path / "r", of_2018(12, "13,10/02/2023,S,V2,N1,U6,PR1,,,,,,"), ""))
    assert back.source.data_date() == date(2018, 3, 31)


def test_a_year_that_the_codes_do_not_fit_needs_more_than_a_few_episodes(tmp_path):
    """1 and 2 for sex ended with 2023/24."""
    early = [f"{child},10/02/2024,S,V2,N1,U6,PR1,,,,,," for child in range(1, 13)]
    typed = "13,10/02/2025,S,V2,N1,U6,PR1,,,,,,"
    rows = "\n".join([*early, typed]) + "\n"
    for sex, year in (("1", 2024), ("M", 2025)):
        files = {
            "header": HEADER.format(sex="SEX", rows=f"1,{sex},15/05/2012,WBRI,,0,\n"),
            "episodes": EPISODES + rows,
        }
        assert Read(write(tmp_path / sex, files, "")).source.data_date() == date(year, 3, 31)


def test_without_episodes_the_other_files_tell_the_year(tmp_path):
    back = Read(write(tmp_path / "r", {"reviews": of_2018(3)["reviews"]}, ""))
    assert back.source.data_date() == date(2018, 3, 31)
