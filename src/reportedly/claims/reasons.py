"""Room 4, reasons: notes in plain words of what led to the slots of a claim. Decides nothing.

Doors: `note_parties` and `note_account`. Called only where a full trace is kept.
"""

from __future__ import annotations

from collections.abc import Collection

from reportedly.claims.attribution import Account
from reportedly.claims.draft import Draft
from reportedly.claims.view import View
from reportedly.model import ActorRef, Span
from reportedly.model.reading import Telling
from reportedly.model.syntax import Tree
from reportedly.model.trace import About


def note_parties(view: View, draft: Draft, taken: Collection[Span]) -> None:
    """Note by which arcs each argument hangs on the event words, for whom it stands, and which is no party."""
    tree, event = view.tree, view.tree[draft.hit.head].start
    slots: tuple[tuple[About, tuple[int, ...]], ...] = (
        ("initiator", draft.found.initiators),
        ("target", draft.found.targets),
    )
    for about, indices in slots:
        for index in indices:
            token, ref = tree[index], view.actors.get(index)
            arcs = path(tree, index, draft.hit.head)
            if ref is None or ref.span not in taken:
                rule = f"{arcs}; names nobody who could be a party"
                view.trace.refuse(token.start, token.end, about, rule, event=event)
                continue
            rule = f"{arcs}; {_stands_for(view.sentence.actors.get(index), ref)}"
            view.note(draft.hit.head, about, ref.span, rule, ref.actor_id or ref.kind)


def _stands_for(words: ActorRef | None, ref: ActorRef) -> str:
    """Whom the words stand for, and whether what was named before says so."""
    who = f"{ref.name or ref.span.quote} ({ref.actor_id or 'no known actor'}, {ref.kind})"
    carried = words is not None and (words.actor_id, words.name) != (ref.actor_id, ref.name)
    return f"{who}, the one fitting actor named before" if carried else who


def path(tree: Tree, index: int, head: int) -> str:
    """The arcs from a token up and down to another, as words: `nsubj of “attacked”`."""
    up = [index, *tree.ancestors(index)]
    if index == head:
        return "the event word itself"
    if head in up:
        steps = up[: up.index(head)]
        through = f" through {', '.join(f'“{tree[s].text}”' for s in steps[1:])}" if len(steps) > 1 else ""
        return f"{' < '.join(tree[s].dep for s in steps)} of “{tree[head].text}”{through}"
    if tree.covers(index, head):
        return f"“{tree[head].text}” hangs on it ({tree[head].dep})"
    meet = next((a for a in tree.ancestors(head) if a in up), head)
    return f"{tree[index].dep}, shared with “{tree[head].text}” through “{tree[meet].text}”"


def note_account(view: View, draft: Draft, account: Account) -> None:
    """Note who tells it by which cue, and what governs the event word."""
    for telling in account.tellings:
        rule = f"{telling.stance} (reporting.yml), told by {_speaker(telling)}; its content covers the event word"
        view.note(draft.hit.head, "telling", telling.cue, rule, telling.stance)
    if account.cue is not None and account.claimant is None:
        view.note(draft.hit.head, "telling", account.cue, "a hedge that names no speaker", account.stance)
    for effect, governor in draft.governed.effects:
        token = view.tree[governor]
        span = Span(token.start, token.end, token.text)
        view.note(draft.hit.head, "modality", span, f"governs the event word: {effect} (control.yml)")


def _speaker(telling: Telling) -> str:
    if telling.speaker is None:
        return "somebody without a name"
    speaker, words = telling.speaker, " ".join(s.quote for s in telling.source) or telling.speaker.span.quote
    if speaker.name and speaker.name != words:
        return f"“{words}”, which is {speaker.name} ({speaker.actor_id or speaker.kind})"
    return f"“{words}” ({speaker.actor_id or speaker.kind})"
