"""Room 4, acceptance: whether an event word, with its arguments, is the event that its entry says.

Door: `accepts(sentence, hit, arguments, lexicon)`. The needs stand with the entries in `lexicon/en/triggers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportedly.claims.frames import Arguments
from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ActorRef
from reportedly.model.reading import Sentence, TriggerHit

_ARMED = frozenset({"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces"})
_PEOPLE = _ARMED | {"civilians", "protesters", "rioters", "government", "media"}
_ACTING = _PEOPLE | {"international_organisation", "company"}
_STRIKERS = frozenset(
    "missile rocket shell drone bomb warplane jet helicopter aircraft artillery mortar projectile airstrike strike round munition plane gunship attack blast explosion bomber fire".split()
)
_PLACE_ROLES = frozenset(
    "village town city hamlet district neighbourhood neighborhood base camp post outpost position barracks garrison checkpoint airport airfield border headquarters stronghold area territory region province capital port bridge station hill road mine field island zone locality settlement facility building installation county state municipality suburb part swathe swath".split()
)


def accepts(sentence: Sentence, hit: TriggerHit, found: Arguments, lexicon: Lexicon) -> bool:
    """Tell whether all needs of the entry that concern arguments hold."""
    test = _Test(sentence, found, lexicon)
    checks: Mapping[str, Callable[[], bool]] = {
        "actor": lambda: any(test.acts(i) for i in (*found.initiators, *found.targets)),
        "subject_actor": lambda: any(test.acts(i) for i in found.initiators),
        "object_actor": lambda: any(test.acts(i) for i in found.targets),
        "object": lambda: bool(found.targets),
        "armed_subject": lambda: any(test.armed(i) for i in found.initiators),
        "armed_object": lambda: any(test.armed(i) for i in found.targets),
        "violent_subject": lambda: any(test.armed(i) or test.strikes(i) for i in (*found.initiators, *found.means)),
        "place_object": lambda: any(test.place(i) for i in found.targets),
        "person_object": lambda: any(test.person(i) for i in found.targets),
        "thing_object": lambda: any(test.thing(i) for i in found.targets),
        "aircraft_object": lambda: any(sentence.tree[i].lemma in lexicon.aircraft for i in found.targets),
        "place": lambda: bool(sentence.places),
    }
    return all(checks[need]() for need in hit.needs if need in checks)


class _Test:
    """Questions about single arguments."""

    def __init__(self, sentence: Sentence, found: Arguments, lexicon: Lexicon) -> None:
        self._sentence = sentence
        self._lexicon = lexicon

    def _ref(self, index: int) -> ActorRef | None:
        return self._sentence.actors.get(index)

    def acts(self, index: int) -> bool:
        ref = self._ref(index)
        if ref is None:
            return False
        named = self._sentence.tree[index].is_proper
        return ref.actor_id is not None or ref.country is not None or ref.kind in _ACTING or named

    def armed(self, index: int) -> bool:
        ref = self._ref(index)
        return ref is not None and (
            ref.kind in _ARMED or self._role_armed(ref) or ref.kind == "government" and ref.actor_id is not None
        )

    def _role_armed(self, ref: ActorRef) -> bool:
        role = self._lexicon.roles.get(ref.role or "")
        return role is not None and role.armed

    def strikes(self, index: int) -> bool:
        return (
            self._sentence.tree[index].lemma in _STRIKERS or self._sentence.tree[index].lemma in self._lexicon.weapons
        )

    def place(self, index: int) -> bool:
        token = self._sentence.tree[index]
        ref = self._ref(index)
        if token.lemma in _PLACE_ROLES:
            return True
        return any(p.span.start < token.end and token.start < p.span.end for p in self._sentence.places) and not (
            ref and ref.kind in _ARMED
        )

    def person(self, index: int) -> bool:
        ref = self._ref(index)
        return ref is not None and (
            ref.kind in _PEOPLE or (self._sentence.tree[index].is_proper and not self.place(index))
        )

    def thing(self, index: int) -> bool:
        ref = self._ref(index)
        return ref is not None and (
            ref.kind == "facility"
            or self._sentence.tree[index].lemma in _PLACE_ROLES
            or self.strikes(index)
            or self.place(index)
        )
