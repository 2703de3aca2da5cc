"""A number and what it counts, in words: 1 child, 2 children, and sentences that begin so."""

from collections.abc import Mapping
from typing import Any

IRREGULAR = {"children": "child", "young people": "young person"}
VERBS = {"are": "is", "have": "has"}


def amount(count: int, plural: str) -> str:
    """A count and its noun: 1 episode, 2,178 referrals.

    Args:
        plural: the noun for more than one: a word of IRREGULAR, or one that ends in s.
    """
    return f"{count:,} {plural if count != 1 else _one(plural)}"


def in_words(left_out: Mapping[str, Any]) -> str:
    """What a report leaves out, as one sentence without a full stop: "1 child is in no family group".

    Args:
        left_out: a row of `omissions.said`: count, what (a plural noun), reason (how the sentence goes on).
    """
    count, what, reason = left_out["count"], left_out.get("what") or "rows", str(left_out["reason"])
    if count == 1:
        verb, _, rest = reason.partition(" ")
        reason = f"{VERBS.get(verb, verb)} {rest}".strip()
        if verb in VERBS:  # have left care and are out of service
            reason = reason.replace(" and are ", " and is ", 1)
        if verb == "of":  # of restricted records are not in it
            reason = reason.replace(" are ", " is ", 1)
        if verb == "need" and not rest.startswith("not "):
            reason = f"needs {rest}"
    return f"{amount(count, what)} {reason}"


def _one(plural: str) -> str:
    head, of, whose = plural.partition(" of ")
    return f"{_one_noun(head)}{of}{whose}"


def _one_noun(plural: str) -> str:
    for many, one in IRREGULAR.items():
        if f" {many} " in f" {plural} ":
            return plural.replace(many, one)
    if plural.endswith("ies"):
        return f"{plural[:-3]}y"
    return plural.removesuffix("s")
