"""Room 3, rehanging: single words that the parser hangs on the wrong neighbour, in full sentences and headlines alike.

Door: `rehung(tree)`. A tree in which nothing is wrong comes back as it is; most are told by one look at their words
(`misread_...` in `lexicon/en/grammar.yml`; words of grammar alone stand with the rules).
"""

from __future__ import annotations

from collections.abc import Callable

from reportedly.knowledge.grammar import grammar_words
from reportedly.mentions.rehanging_ends import (
    DATES,
    closing,
    day_after,
    of_affairs,
    there_too,
    thing_after_date,
)
from reportedly.mentions.rehanging_groups import (
    behind_place,
    body_and_rebels,
    coming_after,
    in_brackets,
    in_motion,
    of_the_last,
    passing,
    who_agrees,
)
from reportedly.mentions.rehanging_joints import (
    aged,
    done_to_them,
    joined_object,
    out_of,
    some_of_them,
    taken_from,
    when_it_was,
)
from reportedly.mentions.rehanging_subjects import (
    after_length,
    after_part_of_day,
    blamed_too,
    called_it,
    does_too,
    name_speaks,
    tellers_apart,
    town_apart,
)
from reportedly.model.syntax import SUBJECTS, Token, Tree

_WORDS = grammar_words()
_HARMED = _WORDS["misread_harmed"]
_TAKEN = _WORDS["misread_taken"]
_FIRED = _WORDS["misread_fired"]
_TOLD = frozenset({"conj", "ROOT", "ccomp"})
_BESIDE = frozenset({"conj", "advcl"})
_BREAKS = frozenset({"CC", ":", "HYPH"})

_MUTUAL = _WORDS["misread_mutual"]
_SAYS = _WORDS["misread_says"]
_MOVING = _WORDS["misread_moving"]
_IN_CLOTHES = frozenset({"as", "in"})

_Rule = Callable[[Tree, Token], Tree | None]


def rehung(tree: Tree) -> Tree:
    """Return the tree with "shot DEAD two men" read of the shooting, "35 DEAD and 80 arrests" as two figures, "the
    rebels FIRED mortars at" as a deed, and those of "eight people, TAKEN hostage, escaped" as taken."""
    suspect = _suspect(tree)
    for words, rule in _RULES if suspect else ():
        if words.isdisjoint(tree.forms):
            continue
        for token in suspect:
            if token.lower in words and (found := rule(tree, token)) is not None:
                tree, suspect = found, _suspect(found)
                break
    return tree


def _suspect(tree: Tree) -> list[Token]:
    """The tokens that some rule looks at: few of them, and each is looked at by few rules."""
    return [token for token in tree if token.lower in _WRONG_BY]


def _after_verb(tree: Tree, token: Token) -> Tree | None:
    """ "shot DEAD two workers", read as two dead workers who were shot at."""
    before = tree[token.i - 1] if token.i else None
    if before is None or not before.is_verb or token.dep != "amod" or tree[token.head].head != before.i:
        return None
    return _with(tree, token._replace(dep="oprd", head=before.i))


def _counted(tree: Tree, token: Token) -> Tree | None:
    """ "35 DEAD and more than 80 arrests", "six DEAD - hospital source": a figure of its own, no quality."""
    head = tree[token.head]
    if head.tag == "CD" and head.i == token.i - 1 and head.dep == "nummod":
        head = tree[head.head]  # "four DEAD and two attackers", read as six attackers
    after = tree[token.i + 1] if token.i + 1 < len(tree) else None
    if token.dep != "amod" or head.i < token.i or after is None or after.tag not in _BREAKS:
        return None
    own = [c for c in tree.children(token.i, "nummod", "advmod") if c < token.i]
    own += [token.i - 1] if token.i and tree[token.i - 1].tag == "CD" else []
    joint = [c for c in (*tree.children(token.i, "cc"), *tree.children(token.i - 1, "cc")) if c == token.i + 1]
    if any(tree[d].lower == "no" for d in tree.children(head.i, "det")):
        return None  # "two DEAD and no injuries" reads well
    if not own or not (joint or (after.tag in {":", "HYPH"} and after.start > token.end)):
        return None
    tokens = list(tree)
    tokens[token.i] = token._replace(tag="NNS", dep=head.dep, head=head.head if head.head != head.i else token.i)
    tokens[head.i] = head._replace(dep="conj" if joint else "dep", head=token.i)
    for child in (*own, *joint):
        tokens[child] = tree[child]._replace(head=token.i)
    return Tree(tokens)


def _harmed_figure(tree: Tree, token: Token) -> Tree | None:
    """ "The ombudsman spoke of 14 WOUNDED", read as if he had spoken wounded."""
    count = tree[token.i - 1] if token.i else token
    if token.tag != "VBN" or token.dep != "advcl" or count.tag != "CD" or count.dep != "pobj":
        return None
    if tree.bounds(token.i) != (token.i, token.i) or token.head != tree[count.head].head:
        return None
    return _with(tree, token._replace(dep="acl", head=count.i))


def _fired(tree: Tree, token: Token) -> Tree | None:
    """ "Al-Shabaab FIRED mortars at the base", read as fired mortars of that name."""
    head = tree[token.head]
    if token.tag != "VBD" or token.dep != "amod" or head.i < token.i or not head.is_noun:
        return None
    before = [c for c in tree.children(head.i, "compound", "nmod", "poss", "det", "amod") if c < token.i]
    who = before[-1] if before and tree[before[-1]].is_noun else None
    if who is None or who != token.i - 1:
        return None
    tokens = list(tree)
    tokens[token.i] = token._replace(dep=head.dep, head=head.head if head.head != head.i else token.i)
    tokens[head.i] = head._replace(dep="dobj", head=token.i)
    for child in before[:-1]:
        tokens[child] = tree[child]._replace(head=who)
    tokens[who] = tree[who]._replace(dep="nsubj", head=token.i)
    for child in tree.children(head.i):
        if child < (before or [who])[0]:
            tokens[child] = tree[child]._replace(head=token.i)
    return Tree(tokens)


def _taken(tree: Tree, token: Token) -> Tree | None:
    """ "Eight people, taken HOSTAGE in the raid, escaped", read as people who took one."""
    verb = tree[token.head]
    subject = tree.child(verb.i, "nsubj")
    if verb.tag != "VBN" or subject is None or tree.has(verb.i, "aux", "auxpass") or tree[verb.i - 1].text != ",":
        return None
    return _with(tree, tree[subject]._replace(dep="nsubjpass"))


def _set_alight(tree: Tree, token: Token) -> Tree | None:
    """ "set the minister's house ABLAZE", read as "set that the house was ablaze"."""
    thing = tree.child(token.i, "nsubj")
    if token.dep != "ccomp" or tree[token.head].lemma != "set" or thing is None or thing < token.head:
        return None
    tokens = list(tree)
    tokens[thing] = tree[thing]._replace(dep="dobj", head=token.head)
    tokens[token.i] = token._replace(dep="oprd")
    return Tree(tokens)


def _resorted(tree: Tree, token: Token) -> Tree | None:
    """ "resorted to UNPROVOKED shelling", read as an infinitive."""
    to, deed = token.i - 1, tree.child(token.i, "dobj")
    if token.dep != "xcomp" or deed != token.i + 1 or tree[to].lower != "to" or tree[to].head != token.i:
        return None
    tokens = list(tree)
    for child in tree.children(token.i):
        tokens[child] = tree[child]._replace(head=token.head)
    tokens[to] = tree[to]._replace(dep="prep", head=token.head)
    tokens[deed] = tree[deed]._replace(dep="pobj", head=to, tag="NN", lemma=tree[deed].lower)
    tokens[token.i] = token._replace(dep="amod", head=deed)
    return Tree(tokens)


def _undergone(tree: Tree, token: Token) -> Tree | None:
    """ "Stones were thrown at two buses and several shops WERE vandalised": the shops, read as a place of stones."""
    verb = tree[token.head]
    if token.dep != "auxpass" or verb.dep not in _TOLD or tree.has(verb.i, *SUBJECTS) or not token.i:
        return None
    before = tree[token.i - 1]
    who = tree[before.head] if before.dep == "punct" else before
    while who.head > who.i and who.head < token.i:
        who = tree[who.head]
    if who.dep != "conj" or not who.is_noun or tree.bounds(who.i)[1] != token.i - 1 or who.head == verb.i:
        return None
    if verb.dep != "conj" and tree.has(who.head, "cc"):
        return None  # "In Kidal and Gao were killed ..."
    return _with(tree, who._replace(dep="nsubjpass", head=verb.i))


def _as_clause(tree: Tree, token: Token) -> Tree | None:
    """ "Four died AS supporters clashed with police", read as if they had died as supporters."""
    who = tree.child(token.i, "pobj") if token.dep == "prep" else None
    after = tree.bounds(who)[1] + 1 if who is not None else len(tree)
    if who is None or after >= len(tree) or tree[after].tag != "VBD" or tree[after].dep not in _BESIDE:
        return None
    verb = tree[after]
    if verb.head != token.head or tree.has(after, "mark", *SUBJECTS):
        return None
    tokens = list(tree)
    tokens[after] = verb._replace(dep="advcl")
    tokens[who] = tree[who]._replace(dep="nsubj", head=after)
    tokens[token.i] = token._replace(dep="mark", head=after)
    return Tree(tokens)


def _dressed(tree: Tree, token: Token) -> Tree | None:
    """ "Men DRESSED as police entered the bar and shot dead two", read as police who entered it."""
    men, after = tree[token.head], tree[token.i + 1] if token.i + 2 < len(tree) else None
    if token.dep != "acl" or not men.is_noun or after is None or after.lower not in _IN_CLOTHES:
        return None
    verb = tree[after.head]
    worn = tree.child(verb.i, "nsubj") if verb.is_verb and verb.i > after.i else None
    if worn is None or verb.head != token.i or tree.has(men.i, *SUBJECTS) or tree[worn].i != verb.i - 1:
        return None
    tokens = list(tree)
    tokens[verb.i] = verb._replace(dep=men.dep, head=men.head if men.head != men.i else verb.i)
    tokens[men.i] = men._replace(dep="nsubj", head=verb.i)
    tokens[after.i] = after._replace(dep="prep", head=token.i)
    tokens[worn] = tree[worn]._replace(dep="pobj", head=after.i)
    return Tree(tokens)


def _main_clause(tree: Tree, token: Token) -> Tree | None:
    """ "They caught three farmers WHO were coming home and cut their throats", read as farmers who cut them."""
    doing = tree[token.head]
    main = tree[tree[doing.head].head]
    if doing.dep != "relcl" or doing.tag != "VBG" or not main.is_verb or main.i > token.i or main.tag != "VBD":
        return None
    deed = next((c for c in tree.children(doing.i, "conj") if tree[c].tag in {"VB", "VBD", "VBP"}), None)
    if deed is None or tree.has(deed, "aux", "auxpass", *SUBJECTS):
        return None
    return _with(tree, tree[deed]._replace(dep="conj", head=main.i, tag="VBD"))


def _in_what_is_told(tree: Tree, token: Token) -> Tree | None:
    """ "Nine were killed WHEN gunmen attacked the base, the ministry said", read as said when they attacked."""
    clause = tree[token.head]
    said = tree[clause.head]
    speaker = tree.child(said.i, "nsubj")
    if clause.dep != "advcl" or said.lemma not in _SAYS or speaker is None or not clause.i < speaker < said.i:
        return None
    told = tree.child(said.i, "ccomp")
    told = said.head if told is None and said.dep == "conj" and tree[said.head].is_verb else told
    if told is None or told > token.i:
        return None
    return _with(tree, clause._replace(head=told))


def _by_their_shelling(tree: Tree, token: Token) -> Tree | None:
    """ "A boy was killed by Pakistani SHELLING near the border", read as a boy who shelled."""
    before = tree[token.i - 1] if token.i > 1 else None
    by = tree[before.head] if before is not None else token
    if before is None or token.tag != "VBG" or token.dep not in {"advcl", "acl"} or by.i != before.i - 1:
        return None
    if by.lower != "by" or before.dep != "pobj" or not before.text[:1].isupper() or tree.has(token.i, "dobj"):
        return None
    tokens = list(tree)
    tokens[token.i] = token._replace(tag="NN", lemma=token.lower, dep="pobj", head=by.i)
    tokens[before.i] = before._replace(dep="compound", head=token.i)
    return Tree(tokens)


def _behind_date(tree: Tree, token: Token) -> Tree | None:
    """ "In February 2020 SOLDIERS killed 21 civilians", read as in soldiers."""
    verb, inside = tree[token.head], tree.children(token.i, "pobj")
    if token.dep != "prep" or len(inside) != 2 or not verb.is_verb or tree.has(verb.i, *SUBJECTS):
        return None
    date, who = inside
    year = tree.bounds(date)[1]
    if tree[year].tag != "CD" or tree.bounds(who)[0] != year + 1 or tree.bounds(who)[1] + 1 != verb.i:
        return None
    return _with(tree, tree[who]._replace(dep="nsubj", head=verb.i))


def _on_the_day(tree: Tree, token: Token) -> Tree | None:
    """ "Nine were killed in a clash in Ako, ON Friday, the army said", read as said on Friday."""
    day, said = tree.child(token.i, "pobj"), tree[token.head]
    speaker, told = tree.child(said.i, "nsubj"), tree.child(said.i, "ccomp")
    if token.dep != "prep" or said.lemma not in _SAYS or speaker is None or told is None or day is None:
        return None
    between = told < token.i < tree.bounds(speaker)[0] and speaker < said.i
    if not between or tree[token.i - 1].text != "," or tree[tree.bounds(day)[1] + 1].text != ",":
        return None
    return _with(tree, token._replace(head=told))


def _listed_sides(tree: Tree, token: Token) -> Tree | None:
    """ "ARMY, rebels clash in the north", read as rebels alone."""
    verb = tree[token.head]
    second = tree.child(verb.i, "nsubj")
    if verb.lower not in _MUTUAL or second is None or not 0 < token.i < second < verb.i:
        return None
    first = tree[token.i - 1]
    if first.head != verb.i or not first.is_noun or first.dep not in {"dep", "npadvmod", "nsubj", "advmod"}:
        return None
    if tree.bounds(first.i)[0] or tree.bounds(second)[0] != token.i + 1:
        return None
    tokens = list(tree)
    tokens[first.i] = first._replace(dep="nsubj")
    tokens[second] = tree[second]._replace(dep="conj", head=first.i)
    return Tree(tokens)


def _after_colon(tree: Tree, token: Token) -> Tree | None:
    """ "MULTAN: Armed police shot at a crowd", read as a town that the police shot."""
    place, after = tree[token.head], [c for c in tree.children(token.head, "acl", "relcl") if c > token.i]
    if token.dep != "punct" or place.i != token.i - 1 or not after or tree.child(after[0], "nsubj") is None:
        return None
    verb = tree[after[0]]
    tokens = list(tree)
    up = place.head if place.head != place.i else verb.i
    told = tree[up].is_verb and up > verb.i
    tokens[verb.i] = verb._replace(dep="ccomp" if told else place.dep, head=up)
    tokens[place.i] = place._replace(dep="dep", head=verb.i)
    return Tree(tokens)


def _with(tree: Tree, changed: Token) -> Tree:
    tokens = list(tree)
    tokens[changed.i] = changed
    return Tree(tokens)


_RULES: tuple[tuple[frozenset[str], _Rule], ...] = (
    (frozenset({"old", "olds"}), aged),
    (frozenset({"dead"}), _after_verb),
    (_HARMED, _counted),
    (_HARMED, _harmed_figure),
    (_FIRED, _fired),
    (_TAKEN, _taken),
    (frozenset({"as"}), _as_clause),
    (_WORDS["misread_alight"], _set_alight),
    (_WORDS["misread_unjust"], _resorted),
    (frozenset({":"}), _after_colon),
    (frozenset({"was", "were"}), _undergone),
    (frozenset({"who"}), _main_clause),
    (frozenset({"who"}), who_agrees),
    (frozenset({"his", "her", "my"}), of_the_last),
    (frozenset({"passer", "passers"}), passing),
    (frozenset({"("}), in_brackets),
    (frozenset({"said", "says", "say"}), behind_place),
    (frozenset({"pursuing", "responding", "patrolling", "attacking", "retreating", "advancing"}), coming_after),
    (frozenset({"when", "as", "after"}), _in_what_is_told),
    (_WORDS["misread_shelling"], _by_their_shelling),
    (frozenset({"said", "says"}), tellers_apart),
    (_WORDS["misread_blamed"], blamed_too),
    (frozenset({"on"}), _on_the_day),
    (frozenset({"in"}), _behind_date),
    (frozenset({","}), _listed_sides),
    (_WORDS["misread_bodies"], body_and_rebels),
    (frozenset({"earlier", "later"}), after_length),
    (_WORDS["misread_day_parts"], after_part_of_day),
    (_WORDS["misread_told"], closing),
    (frozenset({"affairs"}), of_affairs),
    (frozenset({"where"}), there_too),
    (_WORDS["misread_speaking"], name_speaks),
    (frozenset({"and"}), does_too),
    (frozenset({"them", "him", "her"}), done_to_them),
    (frozenset({"of"}), some_of_them),
    (frozenset({"from"}), taken_from),
    (frozenset({"after"}), day_after),
    (DATES, thing_after_date),
    (frozenset({"and"}), joined_object),
    (frozenset({"out"}), out_of),
    (_WORDS["misread_called"], called_it),
    (_WORDS["misread_towns"], town_apart),
    (frozenset({"when"}), when_it_was),
    (_MOVING, in_motion),
    (_WORDS["misread_dressed"], _dressed),
)
_WRONG_BY = frozenset().union(*(words for words, _ in _RULES))
