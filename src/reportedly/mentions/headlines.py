"""Room 3, headlines: the teller that a headline names after its last colon or dash ("Five killed in raid: officials")
or before its first colon ("Police: five killed in raid").

Doors: `cut_source` and `cut_teller`, which keep these words from being parsed with the rest, and
`with_headline_sources`, which makes them a telling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportedly.knowledge.load import Knowledge
from reportedly.model import ActorRef, Span
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, Telling

_TAIL = re.compile(r"(?:\s[-–—]{1,2}\s*|-\s+|:\s+)([^:.;,!?\n]{2,60})\s*$")
_STOPPED = re.compile(r"\s[-–—]{1,2}\s+((?:[\w'’-]+ ){0,3}[\w'’-]+)\.$")
# "... in border clash-minister", as agencies close up the dash before a teller in their headlines.
_CLOSED = re.compile(r"(?<=[a-z])-((?:[\w.]+ )?([a-z]{3,}))\s*$")
# "Rebels: ...", with no quotation after it, which is another rule's.
_FRONT = re.compile(r"((?:[\w'’.-]+ ){0,6}[\w'’-]+):\s+(?![\"“'‘«])")
_MOST_WORDS = 6
_MOST_IN_FRONT = 9
_FEWEST_BEFORE = 3


def cut_source(text: str, start: int, end: int, tells: Callable[[str], bool]) -> int:
    """Return where the tail that may name a teller begins, or `end`. Sentences with a full stop have none, but for one
    whose last words, behind a dash, name nothing else ("two killed in Izium - GOVERNOR.").

    `tells` says of words whether they name a teller.
    """
    words = text[start:end].rstrip()
    if (stopped := _STOPPED.search(words)) is not None and tells(stopped.group(1)):
        return start + stopped.start(1)
    if not words or words[-1] in ".!?\"”'’":
        return end
    closed = _CLOSED.search(words)
    match = closed if closed is not None and tells(closed.group(2)) else _TAIL.search(words)
    if (
        match is None
        or len(match.group(1).split()) > _MOST_WORDS
        or len(words[: match.start()].split()) < _FEWEST_BEFORE
    ):
        return end
    return start + match.start(1)


def cut_teller(text: str, start: int, end: int, tells: Callable[[str], bool]) -> int:
    """Return where what a teller at the front says begins ("Police: TWO KILLED IN BLAST"), or `start`."""
    match = _FRONT.match(text, start, end)
    if match is None or not tells(match.group(1)):
        return start
    return match.end() if len(text[match.end() : end].split()) >= _FEWEST_BEFORE else start


def named_teller(knowledge: Knowledge) -> Callable[[str], bool]:
    """Return the test whether words end in a noun for tellers, or are the name of a body or outlet. Countries are
    scenes ("Sudan: ten killed in raid")."""

    def tells(words: str) -> bool:
        last = words.lower().split()[-2:]
        if any(knowledge.lexicon.speakers_of(w) is not None for w in (last[-1], " ".join(last))):
            return True
        bodies = any(actor.kind != "government" for actor in knowledge.actors.named(words))
        return bodies or knowledge.outlets.named(words) is not None

    return tells


def lexicon_speaker(knowledge: Knowledge) -> Callable[[ActorRef], bool]:
    """Return the test whether an actor can be the teller of a headline."""

    def speaks(ref: ActorRef) -> bool:
        if ref.actor_id is not None or knowledge.outlets.named(ref.span.quote) is not None:
            return True
        words = ref.span.quote.lower().split()
        if words[-1] in knowledge.place_kinds:
            return False  # "Mon State: two men were shot"
        if ref.kind in {"government", "media", "state_forces"}:
            return True
        return any(knowledge.lexicon.speakers_of(" ".join(words[-size:])) is not None for size in (1, 2))

    return speaks


def with_headline_sources(
    sentences: Sequence[Sentence], text: str, speaks: Callable[[ActorRef], bool]
) -> tuple[Sentence, ...]:
    """Attach each tail that names a teller to the words before it."""
    found: list[Sentence] = []
    for sentence in sentences:
        previous = found[-1] if found else None
        if (
            previous is not None
            and _is_front(previous, sentence, text)
            and (ref := _speaker(previous)) is not None
            and speaks(ref)
        ):
            telling = _front_telling(previous, sentence, ref, text)
            found[-1] = replace(sentence, index=previous.index, tellings=(telling, *sentence.tellings))
            continue
        if (
            previous is not None
            and _is_tail(previous, sentence, text)
            and (ref := _speaker(sentence)) is not None
            and speaks(ref)
        ):
            found[-1] = replace(previous, tellings=(_telling(previous, sentence, ref, text), *previous.tellings))
            continue
        found.append(sentence)
    return tuple(found)


def _is_tail(previous: Sentence, sentence: Sentence, text: str) -> bool:
    between = text[previous.tree.end - 1 : sentence.tree.start]
    return previous.sentence == sentence.sentence and any(mark in between for mark in ":-–—")


def _is_front(previous: Sentence, sentence: Sentence, text: str) -> bool:
    """Tell whether the piece before is no more than a name and a colon."""
    colon = text[previous.tree.start : sentence.tree.start].rstrip().endswith(":")
    return (
        colon
        and previous.sentence == sentence.sentence
        and len(previous.tree) <= _MOST_IN_FRONT
        and not previous.triggers
    )


def _front_telling(front: Sentence, main: Sentence, speaker: ActorRef, text: str) -> Telling:
    at = text.rfind(":", front.tree.start, main.tree.start)
    content = Span.of(text, main.tree.start, main.tree.end)
    return Telling(
        cue=Span.of(text, at, at + 1), content=(content,), stance="asserted", speaker=speaker, source=(speaker.span,)
    )


def _speaker(sentence: Sentence) -> ActorRef | None:
    root = next((t for t in sentence.tree if t.head == t.i), None)
    return sentence.actors.get(root.i) if root is not None else None


def _telling(main: Sentence, tail: Sentence, speaker: ActorRef, text: str) -> Telling:
    at = max(text.rfind(mark, main.tree.start, tail.tree.start) for mark in ":-–—")
    end = text[: max(at, main.tree.start + 1)].rstrip()
    content = Span.of(text, main.tree.start, max(len(end), main.tree.start + 1))
    return Telling(
        cue=Span.of(text, at, at + 1), content=(content,), stance="asserted", speaker=speaker, source=(speaker.span,)
    )
