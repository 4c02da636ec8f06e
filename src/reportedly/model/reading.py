"""What the mentions room hands to the claims room: parsed segments with the things found in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportedly.model.actor import ActorRef
from reportedly.model.attribution import Stance
from reportedly.model.labels import Label
from reportedly.model.place import PlaceRef
from reportedly.model.quantity import Quantity
from reportedly.model.quick import quick
from reportedly.model.span import Span
from reportedly.model.syntax import Tree
from reportedly.model.when import When


@quick
@dataclass(frozen=True, slots=True)
class TriggerHit:
    """Words that evoke an event: index of the head token in its tree, all token indices, the type and its frame.

    `target` are the prepositions that lead to whom it is done, the surest first; `takes` is False where the object is
    only what it is done with ("sent TROOPS to"); `asks` tells that who acts in the clause after it is addressed.
    """

    head: int
    tokens: tuple[int, ...]
    event_type: str
    frame: str
    pos: str
    target: tuple[str, ...] = ()
    takes: bool = True
    asks: bool = False
    needs: frozenset[str] = frozenset()


@quick
@dataclass(frozen=True, slots=True)
class Telling:
    """One act of telling: who (head token of the speaker, or None), by which cue, what (code points), how.

    `speaker` is the speaker as read, `carried` when it was resolved from an earlier sentence; `culprit` is the token of
    somebody blamed ("blamed X for"), `responsibility` that the speaker takes ("claims") or refuses ("denies") it;
    `named` False for hedges that name no speaker; `quoted` True where the words told stand in quotation marks.
    """

    cue: Span
    content: tuple[Span, ...]
    stance: Stance
    speaker: ActorRef | None = None
    source: tuple[Span, ...] = ()
    speaker_head: int | None = None
    cue_head: int | None = None
    culprit: int | None = None
    responsibility: str | None = None
    named: bool = True
    quoted: bool = False

    def covers(self, offset: int) -> bool:
        """Tell whether a position lies in the words told."""
        return any(part.start <= offset < part.end for part in self.content)


@quick
@dataclass(frozen=True, slots=True)
class Issuer:
    """In whose name a text is issued, by which words of its heading ("STATEMENT by ...")."""

    speaker: ActorRef
    issued: Span


@quick
@dataclass(frozen=True, slots=True)
class TimeRead:
    """A time as grounded, with whether it can be the time of an event, and whether it opens a period ("since").

    `inner` is the time that "since" or "until" names, by itself.
    """

    when: When
    event_day: bool
    kind: str
    inner: When | None = None


@quick
@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed segment. `actors` maps the head token of a noun phrase to the actor that it names; `violent` tells
    whether sentence or document speak of violence at all, `mishap` the type of harm that nobody did here, if any."""

    index: int
    sentence: int
    paragraph: int
    tree: Tree
    actors: Mapping[int, ActorRef] = field(default_factory=dict)
    triggers: tuple[TriggerHit, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    times: tuple[TimeRead, ...] = ()
    tellings: tuple[Telling, ...] = ()
    violent: bool = False
    mishap: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All sentences of a document that were read closely, in text order; `labels` name places by their position."""

    sentences: tuple[Sentence, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    times: tuple[TimeRead, ...] = ()
    countries: Mapping[str, float] = field(default_factory=dict)
    issuer: Issuer | None = None
    labels: tuple[Label, ...] = ()
