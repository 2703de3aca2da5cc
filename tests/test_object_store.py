"""Snapshots that another host loaded: in an object store (a real one, on loopback) and in a shared folder."""

import json

import obstore
import pytest

pytest.importorskip("moto", reason="moto is not installed")

from moto.server import ThreadedMotoServer

from data import frames
from data.errors import DataError
from data.snapshots.history import snapshot_before
from data.snapshots.object_store import Store, publish
from data.snapshots.place import CURRENT
from data.snapshots.reader import open_current
from fcl_tui.config.current_snapshot import snapshot_in_use
from fcl_tui.config.settings import read
from tests.test_cli import run as command

QUESTIONS = (
    ("report", "client-overview"),
    ("report", "assessments", "--by", "team"),
    ("find", "a"),
)


@pytest.fixture(scope="module")
def store():
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def place(store, monkeypatch, request):
    monkeypatch.setenv("AWS_ENDPOINT_URL", store)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key-of-the-test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    import boto3

    bucket = f"b{abs(hash(request.node.name)):x}"
    boto3.client("s3", endpoint_url=store, region_name="us-east-1").create_bucket(Bucket=bucket)
    return f"s3://{bucket}/fcl"


@pytest.fixture(scope="module")
def home(tmp_path_factory, ready):
    folder = ready.demonstrated(60, 3, None, tmp_path_factory.mktemp("loads"))
    return folder / "demo" if (folder / "demo").exists() else folder


@pytest.fixture(autouse=True)
def _engine_as_before():
    yield
    frames.use_engine("auto")


def reader(tmp_path, **told):
    folder = tmp_path / "reads"
    folder.mkdir()
    (folder / "settings.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()))
    return folder


def answers(capfdbinary, home):
    told = []
    for question in QUESTIONS:
        code, out, err = command(capfdbinary, *question, "--home", home, "--format", "json")
        assert code == 0, err
        told.append(json.loads(out))
    return told


def test_a_host_that_only_reads_gives_the_same_answers(home, place, tmp_path, capfdbinary):
    code, out, _ = command(capfdbinary, "snapshots", "publish", place, "--home", home)
    assert code == 0
    assert "is in use in" in out
    there = answers(capfdbinary, reader(tmp_path, snapshots=place))
    assert there == answers(capfdbinary, home)
    assert there[0]["rows"]


def test_a_folder_of_several_hosts_needs_no_copy(home, tmp_path, capfdbinary):
    there = answers(capfdbinary, reader(tmp_path, snapshots=home))
    assert there == answers(capfdbinary, home)


def test_a_reader_finds_the_last_whole_snapshot(home, place):
    snapshot = open_current(home)
    publish(snapshot, place)
    assert Store(place).open_current().verify() == []
    files = Store(place)
    files.put("20990101T000000000000Z/tables/person.parquet", b"begun and not finished")
    assert Store(place).open_current().id == snapshot.id
    assert snapshot_before(Store(place).open_current()) is None


def test_a_spoiled_file_is_found(home, place):
    snapshot = open_current(home)
    publish(snapshot, place)
    Store(place).put(f"{snapshot.id}/tables/person.parquet", b"spoiled")
    assert Store(place).open_current().verify() == ["tables/person.parquet is not as it was written."]
    obstore.delete(Store(place)._store, f"{snapshot.id}/tables/person.parquet")
    assert "cannot be read" in Store(place).open_current().verify()[0]


def test_an_empty_place_says_how_to_fill_it(place, tmp_path, capfdbinary):
    code, _, err = command(
        capfdbinary, "report", "client-overview", "--home", reader(tmp_path, snapshots=place)
    )
    assert code == 1
    assert "fcl-tui snapshots publish" in err


@pytest.mark.parametrize("text", ["", "nothing", "../../etc"])
def test_a_pointer_that_names_no_snapshot(home, place, text):
    Store(place).put(CURRENT, text.encode())
    with pytest.raises(DataError, match="names no snapshot"):
        Store(place).open_current()


@pytest.mark.parametrize("text", ["{", "[]", '{"schema_version": 1}', '{"schema_version": 99}'])
def test_a_manifest_that_is_none(home, place, text):
    name = "20260101T000000000000Z"
    Store(place).put(f"{name}/manifest.json", text.encode())
    Store(place).put(CURRENT, name.encode())
    with pytest.raises(DataError, match=r"cannot be read|newer fcl-tui"):
        Store(place).open_current()


def test_a_store_that_is_not_there_is_told_without_its_keys(place, tmp_path, monkeypatch, capfdbinary):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    code, _, err = command(
        capfdbinary, "report", "client-overview", "--home", reader(tmp_path, snapshots=place)
    )
    assert code == 1
    assert "cannot be reached" in err
    assert "of-the-test" not in err


@pytest.mark.parametrize("wrong", ["some/folder", "nonsense://x", "s3://"])
def test_a_place_that_is_none(tmp_path, wrong):
    with pytest.raises(DataError, match=r"settings\.toml"):
        snapshot_in_use(read(reader(tmp_path, snapshots=wrong)))


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_every_engine_gives_the_same_answers(home, tmp_path, capfdbinary, engine):
    by_default = answers(capfdbinary, home)
    assert answers(capfdbinary, reader(tmp_path, snapshots=home, engine=engine)) == by_default


def test_an_engine_that_is_none(tmp_path):
    with pytest.raises(DataError, match="engine = 'cluster' is not usable"):
        read(reader(tmp_path, engine="cluster"))
