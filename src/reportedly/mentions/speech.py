"""Room 3, speech: who tells what by which words, before any event is looked at.

Door: `find_tellings(tree, actors, quotations, lexicon, text)`. A telling is one cue with its speaker and content;
chains arise because one telling's content holds another. The reporting verb never becomes an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportedly.knowledge.lexicon import Lexicon
from reportedly.mentions.speech_blame import (
    blame,
    fallen_on,
    held_responsible,
    responsibility,
)
from reportedly.mentions.speech_charges import arrest, arrested, evidence, hallmark, laid_on, linked, named_as
from reportedly.mentions.speech_content import after_cue, content_of, resumed
from reportedly.mentions.speech_phrases import PHRASE_TAGS, by_noun, by_phrase, headline_owner, may_open
from reportedly.mentions.speech_scene import Scene, called_untrue, prepositions, speaker_of, subject_of
from reportedly.mentions.speech_speakers import told_by
from reportedly.mentions.speech_unverified import held_back, unverified
from reportedly.model import ActorRef, Span, Stance
from reportedly.model.reading import Telling
from reportedly.model.syntax import NOUNS, VERBS, Token, Tree

_NOUN_TAGS = frozenset({"NN", "NNS"})
_MAY_TELL = PHRASE_TAGS | VERBS | NOUNS


def find_tellings(
    tree: Tree, actors: Mapping[int, ActorRef], quotations: Sequence[Span], lexicon: Lexicon, text: str
) -> tuple[Telling, ...]:
    """Return the tellings of a segment, outermost (widest content) first; of equal ones the cited is the inner."""
    scene = Scene(tree, actors, quotations, lexicon, lexicon.reporting, text)
    found: dict[int, Telling] = {}
    for token in tree:
        for telling in _by_token(scene, token) if token.tag in _MAY_TELL else ():
            if not any(other.cue.overlaps(telling.cue) for other in found.values()):
                found[telling.cue.start] = telling
    for telling in headline_owner(scene, found.values()):
        found.setdefault(telling.cue.start, telling)
    return tuple(
        sorted(found.values(), key=lambda t: (-_size(t), _is_citation(scene, t), not _is_aside(scene, t), t.cue.start))
    )


def _size(telling: Telling) -> int:
    return sum(s.end - s.start for s in telling.content)


def _is_aside(scene: Scene, telling: Telling) -> bool:
    """ "X denied that it had struck the town, AS RESIDENTS HAD SAID": told inside what X says of it."""
    cue = telling.cue_head
    if cue is None or scene.tree[cue].dep != "advcl":
        return False
    return any(scene.tree[m].lower == "as" for m in scene.tree.children(cue, "mark"))


def _is_citation(scene: Scene, telling: Telling) -> bool:
    cue = telling.cue_head
    return cue is not None and scene.tree[cue].tag == "VBG" and scene.listed("cites", scene.tree[cue].lemma)


def _by_token(scene: Scene, token: Token) -> Iterable[Telling]:
    tag = token.tag
    if tag in PHRASE_TAGS and may_open(scene, token) and (phrase := list(by_phrase(scene, token))):
        return phrase
    if tag == "MD":
        return ()
    if tag in VERBS or (tag in _NOUN_TAGS and _is_misread_verb(scene, token)):
        return _by_verb(scene, token) if _may_tell(scene, token) else ()
    if tag not in NOUNS:
        return ()
    if token.lemma in scene.words.nouns:
        return by_noun(scene, token)
    if scene.accuses("arrests", token.lemma) and (charged := arrest(scene, token)) is not None:
        return (charged,)
    return ()


def _may_tell(scene: Scene, verb: Token) -> bool:
    """A quick look before the rules: most verbs tell nothing."""
    return verb.lemma in scene.words.telling


def _is_misread_verb(scene: Scene, token: Token) -> bool:
    """ "The army claims to have ...": a noun for the parser, a verb for what follows."""
    tree = scene.tree
    if token.tag not in _NOUN_TAGS or not scene.listed("of_self", token.lemma) or token.i == 0:
        return False
    return token.dep in {"ROOT", "ccomp", "conj", "advcl"} and tree.has(token.i, "acl") and _next_is(tree, token, "to")


def _next_is(tree: Tree, token: Token, word: str) -> bool:
    return token.i + 1 < len(tree) and tree[token.i + 1].lower == word


def _by_verb(scene: Scene, verb: Token) -> Iterable[Telling]:
    if verb.dep == "nsubj" and called_untrue(scene, verb.head):
        return  # "said REPORTS that jets had bombed it were false": who calls them so tells
    if verb.dep == "advcl" and scene.listed("gives_tolls", verb.lemma) and _of_passive(scene, verb):
        return  # "officials said 48 were killed, REVISING an earlier toll": no word of those killed
    for rule in _ALL_RULES if verb.lemma in scene.words.blaming else _PLAIN_RULES:
        telling = rule(scene, verb)
        if telling is not None:
            yield telling
            return


# ------------------------------------------------------------------------------------------- verbs of telling


def _reporting(scene: Scene, verb: Token) -> Telling | None:
    stance = _stance(scene, verb)
    if stance == "asserted" and _goes_on_claiming(scene, verb):
        stance = "claimed"
    if stance is None or held_back(scene, verb) or _only_claims_to_speak(scene, verb):
        return None
    if scene.listed("perceives", verb.lemma) and scene.passive(verb.i):
        return None
    if scene.listed("impersonal", verb.lemma) and not scene.tree.has(verb.i, "ccomp"):
        return None  # "few details have EMERGED"
    head, content = told_by(scene, verb)
    if not content:
        return None
    content = (*content, *resumed(scene, verb, content))
    if stance in {"asserted", "claimed"} and (
        _denies_itself(scene, verb, head)
        or _calls_false(scene, verb)
        or any(called_untrue(scene, clause) for clause in scene.tree.children(verb.i, "ccomp"))
    ):
        stance = "denied"
    return scene.telling(verb.i, content, stance, head, cue=_cue(scene, verb.i))


def _of_passive(scene: Scene, verb: Token) -> bool:
    return scene.tree.child(verb.i, "nsubj") is None and scene.passive(verb.head)


def _stance(scene: Scene, verb: Token) -> Stance | None:
    for rest, stance in scene.words.phrases.get(verb.lemma, ()):
        following = {t.lemma for t in scene.tree.tokens[verb.i + 1 : verb.i + 5]}
        if set(rest) <= following:
            return stance
    return scene.words.verbs.get(verb.lemma)


def _goes_on_claiming(scene: Scene, verb: Token) -> bool:
    """ "The group claimed responsibility, SAYING that it had killed nine": all of it is what the group claims."""
    above = scene.tree[verb.head]
    if verb.tag != "VBG" or verb.dep != "advcl" or above.lemma not in scene.words.blame["responsibility_verbs"]:
        return False
    taken = scene.tree.children(above.i, "dobj")
    return any(scene.tree[o].lemma in scene.words.blame["responsibility_nouns"] for o in taken)


def _only_claims_to_speak(scene: Scene, verb: Token) -> bool:
    """ "a man claiming to speak for the rebels" tells nothing of an event."""
    return verb.dep == "acl" and any(
        scene.tree[c].lemma in {"speak", "represent"} for c in scene.tree.children(verb.i, "xcomp")
    )


def _cue(scene: Scene, index: int) -> Span:
    """The verb, with the auxiliaries of the infinitive that it governs directly ("claims to have")."""
    tree, last = scene.tree, index
    for child in tree.children(index, "xcomp", "acl"):
        for aux in tree.children(child, "aux", "auxpass"):
            if aux == last + 1:
                last = aux
    return scene.span(index, last)


def _denies_itself(scene: Scene, verb: Token, head: int | None) -> bool:
    """ "said it had not attacked", "insisted that his men had never fired": a denial in plain words."""
    tree = scene.tree
    for clause in tree.children(verb.i, "ccomp"):
        subject = tree.child(clause, "nsubj")
        if subject is None or not _is_own(scene, subject, head):
            continue
        undone = [tree[n].lower for n in tree.children(clause, "neg")]
        acts = not scene.listed("states", tree[clause].lemma)
        perfect = any(tree[a].lemma == "have" or tree[a].lower == "did" for a in tree.children(clause, "aux"))
        behind = tree[clause].lemma == "be" and any(
            tree[c].lower in {"behind", "responsible", "involved"}
            for c in tree.children(clause, "prep", "acomp", "advmod")
        )
        if undone and ((acts and perfect) or behind or ("never" in undone and acts)):
            return True
        not_in_it = undone and tree[clause].lemma in scene.lexicon.words["part_verbs"]
        if not_in_it or _no_part(scene, clause):
            return True
    return False


def _no_part(scene: Scene, verb: int) -> bool:
    """ "had NOTHING TO DO with the raid", "had NO HAND in it"."""
    tree = scene.tree
    for held in tree.children(verb, "dobj") if tree[verb].lemma in {"have", "play"} else ():
        to_do = any(tree[c].lemma == "do" for c in tree.children(held, "relcl", "acl", "xcomp"))
        if tree[held].lower == "nothing" and (
            to_do or any(tree[c].lemma == "do" for c in tree.children(verb, "xcomp"))
        ):
            return True
        none = scene.negated(held) or any(tree[d].lower == "no" for d in tree.children(held, "det"))
        if tree[held].lemma in scene.lexicon.words["part_nouns"] and none:
            return True
    return False


def _is_own(scene: Scene, subject: int, head: int | None) -> bool:
    """Tell whether the subject of what is said is the speaker: "it", "its forces", "we"."""
    tree = scene.tree
    own = {"it", "they", "he", "she", "we", "i", "its", "their", "his", "her", "our"}
    return subject == head or any(tree[i].lower in own for i in (subject, *tree.children(subject, "poss")))


def _calls_false(scene: Scene, verb: Token) -> bool:
    """ "described the report as false"."""
    tree = scene.tree
    if not scene.listed("calls", verb.lemma):
        return False
    near = [tree[i] for i in range(verb.i + 1, tree.bounds(verb.i)[1] + 1)]
    return any(t.tag.startswith("JJ") and scene.words.adjectives.get(t.lower) == "denied" for t in near)


# ------------------------------------------------------------------------------------------- other forms


def _quoted_as(scene: Scene, verb: Token) -> Telling | None:
    """ "X quoted Y as saying that ...": X tells what Y says; "Y, quoted by X, said ..." the same."""
    tree = scene.tree
    if not scene.listed("quotes", verb.lemma):
        return None
    if (saying := _saying(scene, verb)) is not None:
        head = scene.agent(verb.i) if scene.passive(verb.i) else subject_of(tree, verb.i)
        content = content_of(scene, saying, None)
        return scene.telling(verb.i, content, "asserted", head) if head is not None else None
    if verb.dep == "acl" and (agent := scene.agent(verb.i)) is not None:
        said = tree[tree[verb.head].head]
        if said.lemma in scene.words.verbs and tree[verb.head].dep == "nsubj":
            return scene.telling(verb.i, content_of(scene, said, verb.head), "asserted", agent)
    return None


def _saying(scene: Scene, verb: Token) -> Token | None:
    tree = scene.tree
    prep = prepositions(tree, verb.i).get("as")
    inner = tree.child(prep, "pcomp") if prep is not None else None
    return tree[inner] if inner is not None and tree[inner].lemma in scene.words.verbs else None


def _passive(scene: Scene, verb: Token) -> Telling | None:
    """A stance with or without a speaker: "was reported to have", "is believed to be", "are feared dead"."""
    tree = scene.tree
    stance = scene.words.passive.get(verb.lemma)
    if stance is None or not tree.has(verb.i, "auxpass") or held_back(scene, verb):
        return None
    parts = tree.children(verb.i, "xcomp", "ccomp", "oprd", "acomp")
    if not parts and scene.listed("figures", verb.lemma):
        parts = [p for p in tree.children(verb.i, "prep") if tree[p].lower == "at"]
    if not parts:
        return _parenthetical_passive(scene, verb, stance)
    subject = tree.child(verb.i, "nsubjpass")
    if scene.listed("hearers", verb.lemma) and subject is not None and tree[subject].lemma != "it":
        return scene.telling(verb.i, [s for p in parts for s in scene.clause(p)], stance, scene.agent(verb.i))
    named = subject is not None and tree[subject].lemma != "it"
    first = tree.bounds(subject)[0] if named and subject is not None else tree.bounds(parts[0])[0]
    last = max(tree.bounds(p)[1] for p in parts)
    if scene.listed("figures", verb.lemma):
        last = max(
            last, max((tree.bounds(c)[1] for c in tree.children(verb.i, "advcl") if c == last + 1), default=last)
        )
    content = scene.pieces(min(first, last), max(first, last))
    if last < verb.i:
        content = (*content, *after_cue(scene, verb))
    return scene.telling(verb.i, content, stance, scene.agent(verb.i))


def _parenthetical_passive(scene: Scene, verb: Token, stance: Stance) -> Telling | None:
    """ "Police arrested six suspects, it was reported on Monday"."""
    tree = scene.tree
    subject = tree.child(verb.i, "nsubjpass")
    if subject is None or tree[subject].lower != "it":
        return None
    if verb.dep == "parataxis":
        content = (*scene.pieces(*tree.bounds(verb.head), tree.bounds(verb.i)), *after_cue(scene, verb))
        return scene.telling(verb.i, content, stance, None)
    return None


def _of_toll(scene: Scene, verb: Token) -> Telling | None:
    """ "put the toll at 12", "put IT at 12", "gave a toll of", "raised the death toll to", "counted 13 dead"."""
    tree = scene.tree
    if not scene.listed("gives_tolls", verb.lemma) or scene.passive(verb.i) or held_back(scene, verb):
        return None
    dead = (
        c for c in tree.children(verb.i, "dobj", "oprd") if scene.listed("tolls", tree[c].lemma)
    )  # "its civilian DEAD"
    told, head = next(dead, tree.child(verb.i, "dobj")), speaker_of(scene, verb)
    if told is None or head is None:
        return None
    figure = any(tree[i].tag == "CD" for i in range(tree.bounds(told)[0], tree.bounds(told)[1] + 1))
    pointed = tree[told].lower == "it" and scene.listed("figures", verb.lemma)
    if not (pointed or scene.listed("tolls", tree[told].lemma) or (figure and scene.listed("counts", verb.lemma))):
        return None
    if not figure and not any(t.tag == "CD" for t in tree.tokens[told : tree.bounds(verb.i)[1] + 1]):
        return None
    first, last = tree.bounds(told)
    for child in tree.children(verb.i, "prep", "advcl", "acl", "oprd"):
        if tree.bounds(child)[0] > last and not scene.listed("cites", tree[child].lemma):
            last = max(last, tree.bounds(child)[1])
    for child in tree.children(verb.i, "conj"):  # "at six dead AND 15 WOUNDED", read as a clause of its own
        counted = tree.child(child, "nsubj", "nsubjpass")
        if counted is not None and tree[counted].tag == "CD" and not tree.children(counted):
            last = max(last, tree.bounds(child)[1])
    stance: Stance = scene.words.verbs.get(verb.lemma, "asserted")
    return scene.telling(verb.i, scene.pieces(first, last), stance, head)


def _said_of(scene: Scene, verb: Token) -> Telling | None:
    """ "spoke of men in uniform", "confessed to killing"."""
    tree = scene.tree
    words = {"of": "speaks_of", "to": "confesses_to"}
    for child in tree.children(verb.i, "prep"):
        name = words.get(tree[child].lower)
        if name is None or not scene.listed(name, verb.lemma) or tree.has(verb.i, "ccomp", "dobj"):
            continue
        stance = _stance(scene, verb) or "asserted"
        if name == "confesses_to" and stance != "confirmed":
            continue  # "owns to" nothing
        return scene.telling(verb.i, scene.clause(child), stance, subject_of(tree, verb.i))
    return None


_BLAME = (responsibility, held_responsible, blame, fallen_on, unverified)
_CHARGES = (arrested, named_as, linked, laid_on, evidence, hallmark)
_PLAIN_RULES = (_quoted_as, _passive, _of_toll, _said_of, _reporting)
_ALL_RULES = (*_BLAME, *_CHARGES, *_PLAIN_RULES)
