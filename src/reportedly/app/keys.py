"""The acts of the review screen and their keys: as they come, as a person's config file has them.

Door: `keys_of(own)`. A page takes them from here; what a person changes on a page stays in that browser.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reportedly.errors import UsageError


class Act(NamedTuple):
    """What a key does, in words."""

    key: str
    words: str


ACTS: Mapping[str, Act] = {
    "next": Act("j", "next claim"),
    "previous": Act("k", "previous claim"),
    "accept": Act("a", "accept"),
    "reject": Act("x", "reject"),
    "edit": Act("e", "edit"),
    "take": Act("s", "choose words in the text"),
    "comment": Act("c", "comment"),
    "claimant": Act("w", "change claimant"),
    "undo": Act("u", "undo"),
    "redo": Act("U", "redo"),
    "mark": Act("t", "mark this claim"),
    "merge": Act("m", "merge its incident"),
    "new": Act("n", "new incident of this claim"),
    "split": Act("p", "split off marked claims"),
    "link": Act("g", "link two marked claims"),
    "add": Act("+", "add a claim from selected words"),
    "finish": Act("Enter", "finish and next document"),
    "stay": Act("Shift+Enter", "finish and stay"),
}
"""After the key map of the design. `Shift+` stands before the name of a key that is no letter."""
_FIXED = frozenset("/?vo123456789")  # search, this list, second coder, open at publisher, event types


def keys_of(own: Iterable[str] = ()) -> Mapping[str, Act]:
    """Return the acts with their keys, some of them changed by `ACT=KEY`.

    Raises UsageError for an act that there is not, and for a key that has something else to do.
    """
    acts = dict(ACTS)
    for entry in own:
        name, _, key = entry.partition("=")
        if name not in acts:
            near = difflib.get_close_matches(name, acts, n=1)
            meant = f"did you mean `{near[0]}`?" if near else f"acts are {', '.join(acts)}"
            raise UsageError(f"setting `keys`: there is no act `{name}`", hint=meant)
        if not key or key in _FIXED:
            raise UsageError(f"setting `keys`: `{entry}` names no key that is free", hint="write ACT=KEY: accept=y")
        acts[name] = acts[name]._replace(key=key)
    _check_once(acts)
    return acts


def _check_once(acts: Mapping[str, Act]) -> None:
    held: dict[str, str] = {}
    for name, act in acts.items():
        if act.key in held:
            raise UsageError(f"setting `keys`: `{act.key}` would do both `{held[act.key]}` and `{name}`")
        held[act.key] = name
