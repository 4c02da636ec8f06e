"""Room 4, descriptions: what the words of a reference say of whom they mean: a name of its own, a description, nobody.

Doors: `identity`, `bears_a_name`, `definite`, `own_militia`. Helpers of `coreference`.
"""

from __future__ import annotations

from reportedly.model import GROUP_KINDS, ActorRef

_DEFINITE = frozenset({"the", "this", "these", "those", "both", "that"})
_DEFINITE_ENDS = frozenset("eshtESHT")  # a look at one letter settles most
_NAMED_KINDS = GROUP_KINDS | {"other"}


def identity(ref: ActorRef) -> str | None:
    """What makes two references the same actor: the id, else the name that the text gives to an unknown group."""
    if ref.actor_id is not None or ref.name is None:
        return ref.actor_id
    described = ref.name == ref.span.quote
    return ref.name if not described and ref.kind in _NAMED_KINDS else None


def bears_a_name(ref: ActorRef) -> bool:
    """ "the Free Kachin ARMY": a name of its own, written as such, describes no other group."""
    words: list[str] = ref.span.quote.split() if ref.kind in _NAMED_KINDS | {"state_forces"} else []
    numbered = ref.kind == "state_forces" and words[:1] and words[0][:1].isdigit()  # "the 6th Infantry DIVISION"
    if len(words) < 2 or not (words[0][:1].isupper() or numbered):
        return False
    last = words[-1]
    return last[:1].isupper() and (ref.role is None or (not last.isupper() and last.lower() == ref.role))


def definite(ref: ActorRef, text: str) -> bool:
    """Tell whether "the", "this", "these", "those" or "both" stands before the words; not "denied THAT soldiers"."""
    before = text[max(0, ref.span.start - 8) : ref.span.start].rstrip()
    word = before.split()[-1].lower() if before[-1:] in _DEFINITE_ENDS else ""
    return word in _DEFINITE and not (word == "that" and ref.span.quote.lower() == f"{ref.role}s")


def own_militia(ref: ActorRef, group: ActorRef) -> bool:
    """Tell whether the group is a people's or village's own militia, which is not who "the insurgents" are."""
    return ref.kind == "rebel_group" and group.kind == "identity_militia"
