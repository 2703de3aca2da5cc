"""Our dataclass against the library's own: the same in all that is relied on."""

import dataclasses
import pickle
from dataclasses import field, fields, replace

import pytest

from data.dataclass import dataclass


@dataclass(frozen=True)
class Team:
    name: str
    workers: tuple[str, ...] = ()
    kept: dict[str, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Duty(Team):
    hours: int = 7


@dataclass(frozen=True, kw_only=True)
class Named:
    name: str


@dataclass
class Counted:
    count: int = 0


@dataclass(frozen=True)
class Checked:
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("fewer than none")

    def __repr__(self) -> str:
        return "checked"


def library(name: str, workers: tuple[str, ...] = ()) -> object:
    theirs = dataclasses.make_dataclass(
        "Team",
        [
            ("name", str),
            ("workers", tuple),
            ("kept", dict, field(default_factory=dict, repr=False, compare=False)),
        ],
        frozen=True,
    )
    return theirs(name, workers, {})


def test_equal_hashed_and_shown_as_the_library_does() -> None:
    one, same, other = Team("Pod 7", ("A",), {"a": 1}), Team("Pod 7", ("A",)), Team("Pod 8", ("A",))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert len({one, same, other}) == 2
    assert repr(one) == repr(library("Pod 7", ("A",)))
    assert one.kept == {"a": 1}
    assert same.kept is not other.kept


def test_a_class_that_stands_on_another_is_another() -> None:
    assert Duty("Pod 7") != Team("Pod 7")
    assert Duty("Pod 7", hours=7) == Duty("Pod 7")
    assert Duty("Pod 7", hours=8) != Duty("Pod 7")
    assert len({Duty("Pod 7"), Team("Pod 7"), Duty("Pod 7", hours=8)}) == 3
    assert [each.name for each in fields(Duty)] == ["name", "workers", "kept", "hours"]


def test_what_may_change_is_compared_and_never_hashed() -> None:
    assert Counted(1) == Counted(1)
    assert Counted(1) != Counted(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counted(1))


def test_replace_pickle_and_named_alone() -> None:
    assert replace(Team("Pod 7"), name="Pod 8") == Team("Pod 8")
    assert pickle.loads(pickle.dumps(Team("Pod 7", ("A",)))) == Team("Pod 7", ("A",))
    assert Named(name="Pod 7") == Named(name="Pod 7")
    with pytest.raises(TypeError, match="positional"):
        Named("Pod 7")  # type: ignore[misc]


def test_what_a_class_says_of_itself_stands() -> None:
    assert repr(Checked(1)) == "checked"
    with pytest.raises(ValueError, match="fewer than none"):
        replace(Checked(1), count=-1)
