"""The return as one XML file says the same as its CSV files."""

import re

import pytest

from data.errors import DataError
from data.sources.ssda903 import Ssda903, looks_like
from tests.data.ssda903_by_hand import FILES, Read, write

CHILDREN = """
  <CHILD>
    <HEADER>
      <CHILDID>101</CHILDID><SEX>1</SEX><DOB>15/05/2012</DOB><ETHNIC>WBRI</ETHNIC><UPN>A123456789012</UPN>
      <UASC>0</UASC><MOTHER>0</MOTHER>
      <AREVIEW><REVIEW>05/07/2024</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
      <AREVIEW><REVIEW>30/09/2024</REVIEW><REVIEW_CODE>PN3</REVIEW_CODE></AREVIEW>
      <OC2><SDQ_SCORE>17</SDQ_SCORE><CONVICTED>0</CONVICTED><IMMUNISATIONS>1</IMMUNISATIONS>
        <TEETH_CHECK>1</TEETH_CHECK><HEALTH_ASSESSMENT>1</HEALTH_ASSESSMENT>
        <SUBSTANCE_MISUSE>0</SUBSTANCE_MISUSE></OC2>
      <PERMANENCE><PREV_PERM>P2</PREV_PERM><LA_PERM>846</LA_PERM><DATE_PERM>zz/03/2015</DATE_PERM></PERMANENCE>
      <AD_PLACED><DATE_PLACED>01/09/2024</DATE_PLACED><DATE_PLACED_CEASED>01/02/2025</DATE_PLACED_CEASED>
        <REASON_PLACED_CEASED>RD3</REASON_PLACED_CEASED></AD_PLACED>
    </HEADER>
    <EPISODE><DECOM>10/06/2024</DECOM><RNE>S</RNE><LS>V2</LS><CIN>N1</CIN><PL>U6</PL>
      <PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>02/08/2024</DEC><REC>X1</REC><HOME_POST>AB1 2CD</HOME_POST>
      <PL_POST>EF3 4GH</PL_POST><URN>SC100</URN></EPISODE>
    <EPISODE><DECOM>02/08/2024</DECOM><RNE>L</RNE><LS>C1</LS><CIN>N1</CIN><PL>U6</PL>
      <PLACE_PROVIDER>PR1</PLACE_PROVIDER></EPISODE>
  </CHILD>
  <CHILD>
    <HEADER>
      <CHILDID>102</CHILDID><SEX>2</SEX><DOB>03/09/2008</DOB><ETHNIC>BAFR</ETHNIC><UPN>UN4</UPN>
      <UASC>1</UASC><MOTHER>1</MOTHER><MC_DOB>14/02/2025</MC_DOB><DUC>03/09/2026</DUC>
      <AMISSING><MISSING>M</MISSING><MIS_START>10/01/2025</MIS_START><MIS_END>11/01/2025</MIS_END></AMISSING>
      <IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>B1</ACCOM>
      <OC3/>
    </HEADER>
    <EPISODE/>
  </CHILD>
"""


def xml(tmp_path, body: str, name: str = "return_2025.xml"):
    path = tmp_path / name
    path.write_text(body, encoding="utf-8")
    return path


@pytest.fixture
def back(tmp_path):
    return Read(xml(tmp_path, f"<EXPSSDA903>{CHILDREN}</EXPSSDA903>"))


def test_it_says_the_same_as_the_csv_files(back, tmp_path):
    csv = Read(write(tmp_path / "csv"))
    for table, person in (
        ("person", "pers_person_id"), ("cla_reviews", "clar_cla_person_id"), ("sdq_scores", "csdq_person_id"),
        ("cla_previous_permanence", "lapp_person_id"), ("immigration_status", "immi_person_id"),
        ("mother", "moth_person_id"),
    ):  # fmt: skip
        ours, theirs = (
            frame.filter(frame[person].is_in(["101", "102"])).drop("source", "source_row").sort(person)
            for frame in (back.tables[table], csv.tables[table])
        )
        assert ours.equals(theirs.filter(theirs[person].is_in(ours[person].implode())).head(ours.height)), (
            table
        )
    assert back.rows("care_leavers", "clea_person_id", "clea_care_leaver_accommodation") == [("102", "B")]
    assert back.rows("cla_placement", "clap_cla_placement_type") == [("U6",)]
    assert back.rules("error", "warning") == set()


def test_its_account(back):
    place = back.places["return_2025.xml"]
    assert (place.rows_in, place.rows_held) == (2 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 1, 0)
    assert (
        back.source.coverage().filter(back.source.coverage()["table"] == "involvements")["coverage"][0]
        == "none"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda body: f'<x:Message xmlns:x="urn:903"><Wrapper>{body}</Wrapper></x:Message>',
        lambda body: f"<r>{body.replace('CHILDID', 'ID')}</r>",
        lambda body: f"<r>{body.replace('PL>', 'PLACE>')}</r>",
        lambda body: f"<r>{body.replace('<HEADER>', '').replace('</HEADER>', '')}</r>",
        lambda body: "<r>" + re.sub("<[^>]*>", lambda tag: tag[0].lower(), body) + "</r>",
        lambda body: (
            f"<r>{body.replace('<HEADER>', '<HEADER><Group>').replace('</HEADER>', '</Group></HEADER>')}</r>"
        ),
    ],
)
def test_wrappers_namespaces_and_case_do_not_matter(back, tmp_path, change):
    other = Read(xml(tmp_path, change(CHILDREN), "other_2025.xml"))
    for table, frame in back.tables.items():
        ours, theirs = (each.drop("source", "source_row") for each in (frame, other.tables[table]))
        assert theirs.equals(ours), table


def test_elements_that_are_not_the_returns_are_named(tmp_path):
    body = CHILDREN.replace("<MOTHER>0</MOTHER>", "<MOTHER>0</MOTHER><SHOE>9</SHOE>")
    back = Read(xml(tmp_path, f"<r><Note>x</Note>{body}</r>"))
    assert {column for _, column, _ in back.told("extra_column")} == {"SHOE", "r/Note"}


def test_a_child_without_a_number_is_held(tmp_path):
    back = Read(xml(tmp_path, f"<r>{CHILDREN.replace('<CHILDID>102</CHILDID>', '')}</r>"))
    assert back.places["return_2025.xml"].rows_held == 4
    assert "no_child_id" in back.rules("error")


@pytest.mark.parametrize(
    "body",
    [
        "<r>" + CHILDREN, f"<!DOCTYPE r [<!ENTITY a 'b'>]><r>{CHILDREN}</r>", "<html><body/></html>",
        "<r/>", "<",
        "<Message><Children><Child><UPN>A1</UPN><LAchildID>7</LAchildID></Child></Children></Message>",
    ],
)  # fmt: skip
def test_what_is_no_return_is_refused_in_a_sentence(tmp_path, body):
    with pytest.raises(DataError) as told:
        Read(xml(tmp_path, body))
    assert "return_2025.xml" in str(told.value)


def test_it_is_known_by_its_elements(tmp_path):
    assert looks_like(xml(tmp_path, f"<EXPSSDA903>{CHILDREN}</EXPSSDA903>"))


def test_csv_files_beside_it_are_joined_and_counted_once(tmp_path):
    folder = write(tmp_path / "both", {"reviews": FILES["reviews"]})
    xml(folder, f"<r>{CHILDREN}</r>")
    back = Read(folder)
    assert back.tables["cla_reviews"].height == 3
    assert len(back.told("duplicate_row")) == 2
    assert Ssda903(folder).checksum() == back.source.checksum()
