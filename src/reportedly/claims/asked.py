"""Room 4, acceptance: what an event's entry may ask of single arguments: who acts, bears arms, can suffer, flies.

Doors: `Asked` and `counted_in`.
"""

from __future__ import annotations

from reportedly.claims.clause import Arguments
from reportedly.knowledge.lexicon import Lexicon
from reportedly.model import ARMED_KINDS, GROUP_KINDS, ActorRef
from reportedly.model.reading import Sentence, TriggerHit
from reportedly.model.syntax import Tree

_PEOPLE = ARMED_KINDS | {"civilians", "protesters", "rioters", "government", "media"}
_ACTING = _PEOPLE | {"international_organisation", "company", "other"}
_CROWDS = frozenset({"protesters", "rioters"})
_SPEAKERS_OWN = frozenset({"it", "they", "he", "she", "we"})
_PERSONS = frozenset({"he", "she", "him", "her", "they", "them", "others", "who"})


class Asked:
    """Questions about single arguments."""

    def __init__(self, sentence: Sentence, found: Arguments, lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.found = found
        self.lexicon = lexicon

    def _ref(self, index: int) -> ActorRef | None:
        return self.sentence.actors.get(index)

    def acts(self, index: int) -> bool:
        ref = self._ref(index)
        if ref is None:
            return False
        if ref.role in _SPEAKERS_OWN and ref.actor_id is None:
            return self._speaks(index)
        named = self.sentence.tree[index].is_proper or self._role_armed(ref)
        if ref.role in self.lexicon.private and not named and ref.country is None:
            return False
        return ref.actor_id is not None or ref.country is not None or ref.kind in _ACTING or named

    def _speaks(self, index: int) -> bool:
        """Tell whether a pronoun stands in what somebody says who can act: it may be the speaker ("said IT would")."""
        return any(head != index and self.acts(head) for head in self._heads(index))

    def _heads(self, index: int) -> list[int]:
        """The speakers in whose words a token stands: "the army said IT had struck"."""
        at, tellings = self.sentence.tree[index].start, self.sentence.tellings
        return [t.speaker_head for t in tellings if t.named and t.covers(at) and t.speaker_head is not None]

    def armed(self, index: int) -> bool:
        ref = self._ref(index)
        if ref is not None and ref.kind == "unknown" and ref.actor_id is None:
            parts = self.sentence.tree.children(index, "compound", "amod", "nmod")
            own = ref.role in _SPEAKERS_OWN and any(self.armed(h) for h in self._heads(index) if h != index)
            return own or self._role_armed(ref) or any(self.armed(p) for p in parts if p != index)
        return ref is not None and (
            ref.kind in ARMED_KINDS or self._role_armed(ref) or (ref.kind == "government" and ref.actor_id is not None)
        )

    def moves(self, hit: TriggerHit) -> bool:
        """Whoever withdraws or deploys goes or sends people or arms: no bill, no staff, no candidate."""
        objects = [o for o in self.sentence.tree.children(hit.head, "dobj") if o not in hit.tokens]
        return not objects or any(self.armed(o) or self.strikes(o) or self._is_force(o) for o in objects)

    def _is_force(self, index: int) -> bool:
        tree, forces = self.sentence.tree, self.lexicon.words["moved_forces"]
        return any(tree[i].lemma in forces for i in (index, *tree.children(index, "compound", "amod", "nmod")))

    def unarmed(self, index: int) -> bool:
        """Nobody armed, and no column or convoy, which may be anybody's."""
        ref = self._ref(index)
        return not self.armed(index) and (ref is None or ref.kind != "facility")

    def _role_armed(self, ref: ActorRef) -> bool:
        role = self.lexicon.roles.get(ref.role or "")
        return role is not None and role.armed

    def strikes(self, index: int) -> bool:
        return (
            self.sentence.tree[index].lemma in self.lexicon.words["striking_things"]
            or self.sentence.tree[index].lemma in self.lexicon.weapons
        )

    def walkout(self, noun: int) -> bool:
        """Whether a strike is one of people without arms: "the strike OF LORRY DRIVERS"."""
        tree = self.sentence.tree
        of = (p for p in tree.children(noun, "prep") if tree[p].lower == "of")
        return any(self._unarmed(p) for prep in of for p in tree.children(prep, "pobj"))

    def _unarmed(self, index: int) -> bool:
        ref = self._ref(index)
        return ref is not None and ref.kind == "civilians"

    def place(self, index: int) -> bool:
        tree, words = self.sentence.tree, self.lexicon.words
        token = tree[index]
        if token.lemma in words["portions"]:  # "took control of half OF THE CITY"
            return any(self.place(p) for prep in tree.children(index, "prep") for p in tree.children(prep, "pobj"))
        ref = self._ref(index)
        if not words["places_and_sites"].isdisjoint({token.lemma, token.lower}):
            return True
        return any(p.span.start < token.end and token.start < p.span.end for p in self.sentence.places) and not (
            ref and ref.kind in ARMED_KINDS
        )

    def named_place(self, index: int) -> bool:
        """The name of a place that heads the phrase ("most of Spain" too) or names what does ("the TOWN of Gao", "the
        second CITY, Gao"), not one that describes ("Spain's title")."""
        tree, words = self.sentence.tree, self.lexicon.words
        heads = [index]
        if tree[index].lemma in words["portions"] or tree[index].lemma in words["places_and_sites"]:
            of = [p for p in tree.children(index, "prep") if tree[p].lower == "of"]
            heads += [h for p in of for h in tree.children(p, "pobj")] + tree.children(index, "appos")
        return any(
            p.span.start < tree[h].end and tree[h].start < p.span.end for h in heads for p in self.sentence.places
        )

    def takeable(self, index: int) -> bool:
        """Somebody who can be taken alive: people, a person's name, "he", "two others"."""
        token = self.sentence.tree[counted_in(self.sentence.tree, index)]
        role = self.lexicon.roles.get(token.lemma)
        person = role is not None and not role.facility
        return person or token.lower in _PERSONS or (token.is_proper and self.person(index))

    def person(self, index: int) -> bool:
        if self.sentence.tree[index].lemma in self.lexicon.words["measures"]:  # "took a number of WOMEN"
            index = _of(self.sentence.tree, index)
        ref = self._ref(index)
        if self.sentence.tree[index].lemma in self.lexicon.aircraft:
            return False  # whose aircraft they are makes them nobody
        if ref is not None and self.sentence.tree[index].tag == "CD" and self.flies(index):
            return False  # "launched 38 drones, 31 shot down", "61 out of 87 drones"
        if self.sentence.tree[index].lower == "others":
            return True
        if self.sentence.tree[index].lower == "it":
            return False  # "since the rebels took IT": the town
        if ref is None:
            return False
        role = self.lexicon.roles.get(ref.role or "")
        if self.sentence.tree[index].lemma == "peacekeeper":
            return True
        fighters = role is not None and role.armed and self.sentence.tree[index].tag == "NNS"  # "98 OCCUPIERS"
        return ref.kind in _PEOPLE or fighters or (self.sentence.tree[index].is_proper and not self.place(index))

    def launched(self, kind: str) -> bool:
        """What strikes is a weapon of this kind: missile, drone, heavy (shells and rockets) or air."""
        weapons = self.lexicon.weapons
        striking = (self._counted(i) for i in (*self.found.initiators, *self.found.means))
        words = {self._armament(i) for i in striking if not self._is_bomber(i)}
        return kind in {"missile" if word.endswith("missile") else weapons.get(word) for word in words}

    def _counted(self, index: int) -> int:
        """What a number or a measure counts: the jets of "SCORES of jets"."""
        tree = self.sentence.tree
        measured = tree[index].lemma in self.lexicon.words["measures"]
        return _of(tree, index) if measured else counted_in(tree, index)

    def _is_bomber(self, index: int) -> bool:
        """Tell whether a bomber is a person: a suicide BOMBER, not the air force's."""
        tree, words = self.sentence.tree, self.lexicon.words
        if tree[index].lemma not in words["doer_nouns"]:
            return False
        return any(tree[c].lower in words["bomber_kinds"] for c in tree.children(index, "compound", "amod", "nmod"))

    def _armament(self, index: int) -> str:
        """A weapon with the word before it, where both name one ("guided bomb"), else its own word; an air force has
        aircraft."""
        tree, weapons = self.sentence.tree, self.lexicon.weapons
        ref = self._ref(index)
        if ref is not None and self.lexicon.state_bodies.get(ref.role or "") == "airforce":
            return "aircraft"
        pair = f"{tree[index - 1].lower} {tree[index].lemma}" if index else ""
        own = tree[index].lemma if tree[index].lemma in weapons else tree[index].lower  # "three SHAHEDS"
        return pair if pair in weapons else own

    def flies(self, index: int) -> bool:
        """An aircraft, missile or drone, "unmanned AERIAL vehicles" too."""
        tree, index = self.sentence.tree, counted_in(self.sentence.tree, index)
        aerial = any(tree[c].lower in {"aerial", "unmanned"} for c in tree.children(index, "amod", "compound"))
        bare = tree[index].tag == "CD" and any(t.lemma in self.lexicon.aircraft for t in tree.tokens[:index])
        return tree[index].lemma in self.lexicon.aircraft or aerial or bare

    def unmanned(self, index: int) -> bool:
        """A drone, one of many too ("61 out of 87 DRONES")."""
        return self.lexicon.weapons.get(self._armament(counted_in(self.sentence.tree, index))) == "drone"

    def keeps_peace(self, index: int) -> bool:
        """Peacekeepers, by the noun or a word before it."""
        tree = self.sentence.tree
        of = [p for prep in tree.children(index, "prep") for p in tree.children(prep, "pobj")]
        words = (i for head in (index, *of) for i in (head, *tree.children(head, "compound", "amod", "nmod")))
        return any(tree[i].lemma.startswith("peacekeep") for i in words)

    def on_talks(self, verb: int) -> bool:
        """Talks, of which the verb tells how they go."""
        subjects = self.sentence.tree.children(verb, "nsubj")
        return any(self.sentence.tree[s].lemma in self.lexicon.words["talks"] for s in subjects)

    def of_states(self, index: int) -> bool:
        """A body that states are members of."""
        ref = self._ref(index)
        return ref is not None and ref.kind == "international_organisation"

    def state(self, index: int) -> bool:
        """A state by its name."""
        ref = self._ref(index)
        return ref is not None and ref.kind == "government" and ref.actor_id is not None and ref.role is None

    def of_state(self, index: int) -> bool:
        """Armed people of a state: who clears a road is no protester."""
        ref = self._ref(index)
        return ref is not None and ref.kind in {"state_forces", "external_forces"}

    def crowd(self, index: int) -> bool:
        """Demonstrators and rioters."""
        ref = self._ref(index)
        return ref is not None and ref.kind in _CROWDS

    def irregular(self, index: int) -> bool:
        """Armed people of no army: they have bombs, not bombers."""
        ref = self._ref(index)
        return ref is not None and ref.kind in GROUP_KINDS

    def mortal(self, index: int) -> bool:
        """People, and whatever is no thing: words for people are too many to list."""
        return self.person(index) or not self.thing(index)

    def grim(self) -> bool:
        """Arms or armed actors stand in the sentence."""
        return self.lexicon.apart.grimness(self.sentence.tree.lemmas) > 0

    def accused(self) -> bool:
        """A state or armed people are accused of something in the sentence: "accused Kyiv OF SABOTAGE"."""
        named = (t.culprit for t in self.sentence.tellings if t.culprit is not None)
        return any(self.armed(i) for i in named)

    def unarmed_sides(self) -> bool:
        """People without arms on a side, and no armed group on the other."""
        sides = (*self.found.initiators, *self.found.targets)
        return any(self.unarmed(i) for i in sides) and not any(self.irregular(i) for i in sides)

    def deadly_sides(self) -> bool:
        """Two kinds of people, armed or not, where the sentence tells of dead or hurt ones."""
        sides = [i for i in (*self.found.initiators, *self.found.targets) if self.person(i)]
        return len(sides) > 1 and not self.sentence.tree.lemmas.isdisjoint(self.lexicon.words["deadly_words"])

    def hard(self, index: int) -> bool:
        """What can be attacked in earnest: people under arms, ordinary people, vehicles, buildings, places."""
        ref, token = self._ref(index), self.sentence.tree[index]
        role = self.lexicon.roles.get(token.lemma)
        return (
            self.armed(index)
            or self.thing(index)
            or token.lower in {"they", "we"}
            or (role is not None and role.facility)
            or (ref is not None and ref.kind == "civilians" and not self.sentence.tree[index].is_proper)
        )

    def listed_thing(self, index: int) -> bool:
        """A thing by all its words: "a fire ENGINE"."""
        ref = self._ref(index)
        return ref is not None and ref.kind == "facility" and " " in (ref.role or "")

    def thing(self, index: int) -> bool:
        ref = self._ref(index)
        return ref is not None and (
            ref.kind == "facility"
            or self.sentence.tree[index].lemma in self.lexicon.words["places_and_sites"]
            or self.strikes(index)
            or self.place(index)
        )


# What an entry can need of the arguments of its event, and how that is asked.


def counted_in(tree: Tree, index: int) -> int:
    """What a count counts: the devices of "nine of the devices"."""
    return _of(tree, index) if tree[index].tag in {"CD", "DT"} else index


def _of(tree: Tree, index: int) -> int:
    """What stands after "of", or after "out of" wherever that hangs."""
    of = [p for p in tree.children(index, "prep") if tree[p].lower == "of"]
    if index + 2 < len(tree) and tree[index + 1].lower == "out" and tree[index + 2].lower == "of":
        of.append(index + 2)
    return next((o for p in of for o in tree.children(p, "pobj")), index)
