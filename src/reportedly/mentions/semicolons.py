"""Room 3, semicolons: who tells the last part of a sentence tells the parts before it too.

Door: `with_closing_tellers(sentences, text)`: "Nine were killed at the well; four were hurt, a nurse said."
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.model import Span
from reportedly.model.quick import replace
from reportedly.model.reading import Sentence, Telling

_EDGE = 3  # code points between a telling and the edges of its part, at most
_PLAIN = frozenset({"asserted", "confirmed", "claimed"})


def with_closing_tellers(sentences: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """Return the sentences, each part before a semicolon with the teller at the end of the sentence, if it has none."""
    found: list[Sentence] = []
    after: Sentence | None = None
    for sentence in reversed(sentences):
        if after is not None and _is_part(sentence, after, text) and not any(t.named for t in sentence.tellings):
            telling = next((t for t in after.tellings if _closes(t, after)), None)
            sentence = sentence if telling is None else _told(sentence, telling, text)
        found.append(sentence)
        after = sentence
    return tuple(reversed(found))


def _is_part(sentence: Sentence, after: Sentence, text: str) -> bool:
    between = text[sentence.tree.end - 1 : after.tree.start]
    return sentence.sentence == after.sentence and ";" in between


def _closes(telling: Telling, part: Sentence) -> bool:
    """Tell whether a telling takes in its part from the start, and cue and speaker end it."""
    if not telling.named or telling.stance not in _PLAIN or telling.speaker is None or len(telling.content) != 1:
        return False
    content, last = telling.content[0], max(telling.cue.end, *(s.end for s in telling.source))
    opens = content.start - part.tree.start <= _EDGE and content.end <= telling.cue.start
    return (opens and part.tree.end - last <= _EDGE) or telling.cue_head is None


def _told(sentence: Sentence, telling: Telling, text: str) -> Sentence:
    """The sentence with the telling for all of its words; the heads are tokens of another tree and are left out."""
    words = text[sentence.tree.start : sentence.tree.end].rstrip("; \n")
    content = Span.of(text, sentence.tree.start, sentence.tree.start + len(words))
    carried = replace(telling, content=(content,), speaker_head=None, cue_head=None, culprit=None, responsibility=None)
    return replace(sentence, tellings=(carried, *sentence.tellings))
