"""Room 4, tellers: who only tells of an event and was read into it.

Door: `tells(sentence, head, index)`.
"""

from __future__ import annotations

from reportedly.model.reading import Sentence, Telling


def tells(sentence: Sentence, head: int, index: int) -> bool:
    """Tell whether a word belongs to a teller of the event at `head`, and is nobody whom the event harmed.

    "Shot dead a man, RESIDENTS and the ministry said": a teller whom the parser joined to those harmed. "..., a member
    of THE UNION told us": words of the teller's own name.
    """
    return any(_joined(sentence, t, index) or _within(sentence, t, head, index) for t in sentence.tellings)


def _joined(sentence: Sentence, telling: Telling, index: int) -> bool:
    if telling.speaker_head is None or telling.cue_head is None:
        return False
    return sentence.tree.first_conjunct(index) < telling.speaker_head <= index < telling.cue_head


def _within(sentence: Sentence, telling: Telling, head: int, index: int) -> bool:
    tree, speaker = sentence.tree, telling.speaker
    if speaker is None or not telling.named or not telling.covers(tree[head].start):
        return False
    if telling.speaker_head == index:  # "killing two, a local OFFICIAL told us": read into the dead
        return index > head and not telling.covers(tree[index].start)
    return speaker.span.start <= tree[index].start < speaker.span.end
