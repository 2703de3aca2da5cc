"""The XML reader: records one at a time, and every hostile or broken file refused in one sentence."""

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import DataError
from data.sources.xml.sniff import first_names
from data.sources.xml.stream import CHUNK, Element, Limits, XmlRecords


def brief(value: object) -> str:
    """The name of a case: megabytes of text do not belong into it."""
    return repr(value)[:40]


def written(tmp_path, content, encoding="utf-8", name="return.xml"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(tmp_path, content, *, records=("Child",), limits=None, encoding="utf-8"):
    return list(XmlRecords(written(tmp_path, content, encoding), records, limits))


def refused(tmp_path, content, *, limits=None, encoding="utf-8") -> str:
    with pytest.raises(DataError) as told:
        read(tmp_path, content, limits=limits, encoding=encoding)
    assert "return.xml" in str(told.value)
    return str(told.value)


def test_records_with_their_lines_texts_and_trees(tmp_path):
    stream = XmlRecords(
        written(
            tmp_path,
            "<Message>\n<Children>\n <Child>\n  <Id> A1\n</Id><Dates/>\n </Child>\n"
            "<Child><Id><![CDATA[<A2>]]>&amp;</Id></Child></Children></Message>",
        ),
        {"CHILD"},
    )
    first, second = stream
    assert (first.name, first.key, first.line, first.text) == ("Child", "child", 3, "")
    assert [(each.name, each.line, each.text) for each in first.children] == [
        ("Id", 4, "A1"),
        ("Dates", 5, ""),
    ]
    assert second.line == 7
    assert second.get("id").text == "<A2>&"
    assert second.get("dates") is None
    assert stream.root == "Message"


def test_names_lose_their_namespace_and_keep_their_case(tmp_path):
    (child,) = read(
        tmp_path,
        '<m:Message xmlns:m="urn:x" xmlns:xsi="urn:y" xsi:schemaLocation="a b">'
        '<m:CHILD xmlns="urn:z" when="x" m:kind="y"><m:laChildID>1</m:laChildID></m:CHILD></m:Message>',
    )
    assert (child.name, child.key) == ("CHILD", "child")
    assert child.attributes == {"when": "x", "kind": "y"}
    assert (child.children[0].name, child.children[0].key) == ("laChildID", "lachildid")


def test_the_outermost_record_counts_and_what_is_outside_is_told(tmp_path):
    path = written(
        tmp_path,
        "<Message>\n<Odd>text</Odd><Odd/>\n<Children>words<Child><Child/></Child></Children></Message>",
    )
    stream = XmlRecords(path, {"child"})
    (child,) = stream
    assert [each.key for each in child.children] == ["child"]
    assert set(stream.outside) == {"Message", "Message/Odd", "Message/Children"}
    odd = stream.outside["Message/Odd"]
    assert (odd.count, odd.line, odd.texts) == (2, 2, 1)
    assert stream.outside["Message/Children"].texts == 1


def test_a_second_reading_tells_the_same_and_the_digest_is_the_files(tmp_path):
    import hashlib

    path = written(tmp_path, "<M><Child/><Child/></M>")
    stream = XmlRecords(path, {"child"})
    assert len(list(stream)) == len(list(stream)) == 2
    assert stream.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stream.outside["M"].count == 1


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8-sig"),
        ('<?xml version="1.0" encoding="Windows-1252"?>', "cp1252"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "iso8859-1"),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16"),
        ("", "utf-16"),
    ],
    ids=brief,
)
def test_encodings(tmp_path, declared, encoding):
    (child,) = read(tmp_path, f"{declared}<M><Child>Zoë é</Child></M>", encoding=encoding)
    assert child.text == "Zoë é"


def test_a_file_whose_declaration_lies_is_refused_with_its_line_and_advice(tmp_path):
    lie = '<?xml version="1.0" encoding="UTF-8"?>\n<M>\n<Child>Zoë</Child></M>'
    told = refused(tmp_path, lie, encoding="cp1252")
    assert "line 3, column 10" in told
    assert "Windows-1252" in told
    assert "UTF-8" in refused(tmp_path, '<?xml version="1.0" encoding="UTF-16"?><M/>')
    far = "<M>" + "<Child>x</Child>\n" * 20_000 + "<Child>\xeb</Child></M>"
    assert "line 20001" in refused(tmp_path, far, encoding="cp1252")


@pytest.mark.parametrize("name", ["utf-7", "rot13", "gb2312", "no-such", "idna", "x" * 500])
def test_other_encodings_are_refused_by_name(tmp_path, name):
    told = refused(tmp_path, f'<?xml version="1.0" encoding="{name}"?><M/>')
    assert "encoding" in told
    assert len(told) < 300


BILLION = (
    '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]><M><Child>&c;</Child></M>'
)
EXTERNAL = '<!DOCTYPE m [<!ENTITY x SYSTEM "{uri}">]><M><Child>&x;</Child></M>'
QUADRATIC = f'<!DOCTYPE m [<!ENTITY a "{"a" * 9000}">]><M><Child>{"&a;" * 5000}</Child></M>'


@pytest.mark.parametrize(
    "text",
    [
        BILLION,
        QUADRATIC,
        EXTERNAL.format(uri="http://192.0.2.1/x"),
        '<!DOCTYPE m SYSTEM "http://192.0.2.1/m.dtd"><M/>',
        '<!DOCTYPE m [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><M/>',
        '<!DOCTYPE m [<!ATTLIST M a CDATA "x">]><M/>',
    ],
    ids=brief,
)
def test_document_types_are_refused(tmp_path, text, monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", None)  # nothing may ask for one
    assert "document type" in refused(tmp_path, text)


def test_an_external_entity_is_not_opened(tmp_path):
    secret = written(tmp_path, "secret", name="secret.txt")
    assert "secret<" not in refused(tmp_path, EXTERNAL.format(uri=secret.as_uri()))


def test_an_entity_that_nobody_declared_is_refused(tmp_path):
    assert "undefined entity" in refused(tmp_path, "<M><Child>&nbsp;</Child></M>")


def test_a_hundred_thousand_deep(tmp_path):
    assert "inside each other" in refused(tmp_path, "<a>" * 100_000 + "</a>" * 100_000)
    assert "inside each other" in refused(tmp_path, "<M><Child>" + "<a>" * 100_000)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"<M><{'n' * 1_000_000}/></M>", "a name"),
        (f'<M><Child {"n" * 300_000}=""/></M>', "a name"),
        (f'<M><Child a="{"v" * 200_000}"/></M>', "the attribute a"),
        (f'<M><Child a="{"v" * 2_000_000}"/></M>', "a tag or comment"),
        (f"<M><!--{'c' * 2_000_000}--></M>", "a tag or comment"),
        (f"<M><Child>{'t' * 200_000}</Child></M>", "the text of Child"),
        (f"<M><Child>{' ' * 200_000}</Child></M>", "the text of Child"),
        ("<M><Child>" + "".join(f"<n{at}/>" for at in range(3_000)) + "</Child></M>", "different names"),
        ("<M><Child " + " ".join(f'a{at}=""' for at in range(100)) + "/></M>", "attributes"),
    ],
    ids=brief,
)
def test_what_is_too_large_is_refused_while_it_is_read(tmp_path, text, what):
    assert what in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (Limits(elements=10), "<M><Child>" + "<a/>" * 10 + "</Child></M>"),
        (Limits(record=1000), "<M><Child>" + "<a>x</a>" * CHUNK + "</Child></M>"),
        (Limits(depth=3), "<M><Child><a><b/></a></Child></M>"),
        (Limits(names=3), "<M><a/><b/><c/></M>"),
        (Limits(token=CHUNK), f'<M><Child a="{"v" * 5 * CHUNK}"/></M>'),
    ],
    ids=brief,
)
def test_limits_can_be_lowered(tmp_path, limits, text):
    assert "goes beyond" in refused(tmp_path, text, limits=limits)


def test_at_the_limits_all_is_well(tmp_path):
    children = read(
        tmp_path,
        '<M><Child at="12345"><a>12345</a></Child></M>',
        limits=Limits(depth=3, elements=2, text=5, names=4, attributes=1, name=5),
    )
    assert children[0].children[0].text == "12345"


@pytest.mark.parametrize("code", [0, 1, 8, 11, 27])
def test_characters_that_xml_may_not_hold(tmp_path, code):
    told = refused(tmp_path, f"<M>\n<Child>a{chr(code)}b</Child></M>")
    assert "line 2, column 9" in told
    assert f"code {code}" in told


@pytest.mark.parametrize("reference", ["&#0;", "&#27;", "&#xD800;", "&#x110000;"])
def test_character_references_to_them_are_refused_too(tmp_path, reference):
    assert "not well-formed" in refused(tmp_path, f"<M><Child>{reference}</Child></M>")


WHOLE = "<?xml version='1.0'?><M><Children>\n<Child><Id>Zoë</Id></Child>\n<Child a='b'/></Children></M>"


@given(st.integers(min_value=0, max_value=len(WHOLE.encode()) - 1))
def test_a_file_cut_short_anywhere_is_refused(at):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        told = refused(Path(folder), WHOLE.encode()[:at])
    assert re.search(r"cut short|no XML|0 bytes", told)


def test_a_file_cut_short_says_where(tmp_path):
    told = refused(tmp_path, "<Message>\n<Child>\n<Id>12")
    assert "line 3" in told
    assert "middle of Id" in told


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "0 bytes"),
        ("  \n", "no XML"),
        ("<!DOCTYPE html><html><body>Login</body></html>", "web page"),
        ("<html><body>Login</body></html>", "web page"),
        ("child,date\n1,2\n", "not well-formed"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08rest", "gzip"),
        ("<M><Child></M>", "mismatched tag"),
        ("<M/><M/>", "junk"),
        ("<M><Child a=1/></M>", "not well-formed"),
        ('<M><Child a="1" a="2"/></M>', "duplicate attribute"),
        ("<M><Child>a & b</Child></M>", "not well-formed"),
    ],
    ids=brief,
)
def test_what_is_no_such_file_is_said_plainly(tmp_path, content, what):
    assert what in refused(tmp_path, content)


def test_folders_and_files_that_are_not_there(tmp_path):
    with pytest.raises(DataError, match="is a folder"):
        list(XmlRecords(tmp_path, {"child"}))
    with pytest.raises(DataError, match="There is no file"):
        list(XmlRecords(tmp_path / "none.xml", {"child"}))


def alive() -> int:
    """How many elements are in memory and in use."""
    gc.collect()
    return sum(isinstance(each, Element) for each in gc.get_objects())


def test_memory_holds_one_chunk_of_records_whatever_the_size(tmp_path):
    """Of 10,000 children (0.7 MB) never more than those of one chunk are alive."""
    one = "<Child><Id>1</Id><Dates><Start>2026-01-01</Start></Dates></Child>\n"
    path = written(tmp_path, "<M>" + one * 10_000 + "</M>")
    before, peak, count = alive(), 0, 0
    for count, _record in enumerate(XmlRecords(path, {"child"}), start=1):
        if count % 2000 == 1:
            peak = max(peak, alive() - before)
    assert count == 10_000
    assert 0 < peak <= 4 * (CHUNK // len(one) + 2)


def test_a_reader_who_stops_early_leaves_no_file_open(tmp_path):
    records = iter(XmlRecords(written(tmp_path, "<M><Child/><Child/></M>"), {"child"}))
    next(records)
    records.close()
    assert next(records, None) is None


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("<m:Message xmlns:m='x'><Header/><m:Children><Child>", ("message", "header", "children", "child")),
        ("<a><b/><a", ("a", "b")),
        ("plain text", ()),
        (b"\xff\xfe<\0a\0/\0>\0", ("a",)),
        ("", ()),
        ('<?xml version="1.0" encoding="no-such"?><a/>', ()),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", ()),
        (b"PK\x03\x04", ()),
    ],
    ids=brief,
)
def test_the_first_names_of_any_file(tmp_path, content, names):
    assert first_names(written(tmp_path, content)) == names


def test_first_names_never_raise(tmp_path):
    assert first_names(tmp_path) == ()
    assert first_names(tmp_path / "none.xml") == ()
    many = written(tmp_path, "<a>" + "<b/>" * 100)
    assert first_names(many, count=5) == ("a", "b", "b", "b", "b")
