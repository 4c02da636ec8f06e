"""Room 4, taking on: who is an initiator by what he says of the deed: who claims it, owns up to it, or denies it.

Door: `with_tellers(view, draft, account, initiators)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.claims.antecedents import is_known
from reportedly.claims.attribution import Account
from reportedly.claims.draft import Draft
from reportedly.claims.party import papers
from reportedly.claims.view import View
from reportedly.knowledge.lexicon import NOUN
from reportedly.model import GROUP_KINDS, ActorRef
from reportedly.model.reading import Telling
from reportedly.model.syntax import SUBJECTS

_ONLOOKERS = frozenset({"civilians", "media"})  # who says that there was no raid is not said to have raided


def with_tellers(view: View, draft: Draft, account: Account, initiators: Sequence[ActorRef]) -> list[ActorRef]:
    """The initiators, with those who say of the happening that it was theirs, or was not."""
    found = list(initiators)
    for telling in account.tellings:
        who, why = _who(view, draft, telling, found)
        if who is not None:
            found.insert(0, who)
            view.note(draft.hit.head, "initiator", who.span, why)
    return found


def _who(view: View, draft: Draft, telling: Telling, initiators: list[ActorRef]) -> tuple[ActorRef | None, str]:
    """Whom a telling makes an initiator beside those found so far, and why; None where it makes nobody one."""
    speaker, cue = telling.speaker, telling.cue.quote
    if telling.responsibility is not None and speaker is not None and speaker.role in papers(view):
        return None, ""  # "a LEAFLET claiming responsibility" did nothing
    if telling.responsibility == "claims" and speaker is not None and _ranks(initiators, speaker):
        return speaker, f"whose act “{cue}” makes it"
    if initiators:
        return None, ""
    if telling.responsibility is not None:
        return speaker or _armed_before(view, telling), f"whose act “{cue}” makes it"
    if speaker is not None and telling.stance == "confirmed" and _confesses(view, draft, telling):
        return speaker, f"“{cue}” to it"
    if speaker is not None and telling.stance == "denied" and _is_accused(view, draft, speaker):
        return speaker, "denies it, so is said to have done it"
    return None, ""


def _confesses(view: View, draft: Draft, telling: Telling) -> bool:
    """Tell whether what is confessed to is an act of somebody's, not harm that befell people."""
    act = draft.hit.frame == "act" and view.tree[draft.hit.head].lemma not in view.words["vague_people"]
    return act and _owns_up(view, telling)


def _is_accused(view: View, draft: Draft, speaker: ActorRef) -> bool:
    """Tell whether who denies an event was said to have done it; not who denies that "the EXPLOSION was caused by
    sabotage"."""
    if draft.found.targets and not _accused_of_it(view, draft, speaker):
        return False
    token = view.tree[draft.hit.head]
    named = draft.hit.pos == NOUN and token.dep not in SUBJECTS and token.lemma not in view.words["figure_nouns"]
    return named and speaker.kind not in _ONLOOKERS


def _owns_up(view: View, telling: Telling) -> bool:
    """ "The rebels OWNED UP TO the killing", "confessed to the murder": whoever does so did it."""
    cue, speaker = telling.cue_head, telling.speaker
    if cue is None or view.tree[cue].lemma not in {"own", "confess"}:  # "admitted to 21 deaths" of its own
        return False
    if speaker is None or (speaker.actor_id is None and (speaker.role or "") in view.words["not_a_party"]):
        return False
    return any(view.tree[p].lower == "to" for p in view.tree.children(cue, "prep"))


def _accused_of_it(view: View, draft: Draft, speaker: ActorRef) -> bool:
    """ "The rebels denied THE ATTACK on the village": an armed group denies what others say that it did to them."""
    tree, targets = view.tree, draft.found.targets
    own = any(tree[p].tag == "PRP$" for t in targets for p in tree.children(t, "poss"))
    return speaker.kind in GROUP_KINDS and is_known(view, draft) and not own


def _ranks(initiators: list[ActorRef], speaker: ActorRef) -> bool:
    """Tell whether those who did it are nameless people of the kind of the one who takes it on ("by soldiers")."""
    return bool(initiators) and all(a.actor_id is None and a.kind == speaker.kind != "unknown" for a in initiators)


def _armed_before(view: View, telling: Telling) -> ActorRef | None:
    """The armed group named last before a claim of responsibility whose subject the parse does not show."""
    named = [a for a in view.actors.values() if a.actor_id and a.span.end <= telling.cue.start]
    groups = [a for a in named if a.kind in GROUP_KINDS]
    return max(groups, key=lambda a: a.span.start, default=None)
