"""The nouns of the program: frozen values that travel between rooms. No I/O; imports nothing else of ours."""

from reportedly.model.actor import ACTOR_KINDS, ARMED_KINDS, GROUP_KINDS, ActorKind, ActorRef
from reportedly.model.attribution import Attribution, Stance
from reportedly.model.capture import Capture, CaptureMeta
from reportedly.model.claim import Claim, ClaimantKind, Modality
from reportedly.model.document import Access, Defect, Document, Paragraph, PreviewNote, Rights, Segment
from reportedly.model.extraction import CodingRow, Extraction
from reportedly.model.facts import DocumentFacts
from reportedly.model.ids import content_id
from reportedly.model.incident import Incident, IncidentRecord, Status, TollCell, TollFigure
from reportedly.model.judgement import Anchor, Judgement, Verdict
from reportedly.model.mentions import MentionSet
from reportedly.model.place import PlacePrecision, PlaceRef
from reportedly.model.rejected import Rejected
from reportedly.model.relation import Relation, RelationKind
from reportedly.model.span import Span
from reportedly.model.toll import Outcome, Qualifier, Toll, VictimClass
from reportedly.model.when import Basis, When, WhenPrecision

__all__ = [
    "ACTOR_KINDS",
    "ARMED_KINDS",
    "GROUP_KINDS",
    "Access",
    "ActorKind",
    "ActorRef",
    "Anchor",
    "Attribution",
    "Basis",
    "Capture",
    "CaptureMeta",
    "Claim",
    "ClaimantKind",
    "CodingRow",
    "Defect",
    "Document",
    "DocumentFacts",
    "Extraction",
    "Incident",
    "IncidentRecord",
    "Judgement",
    "MentionSet",
    "Modality",
    "Outcome",
    "Paragraph",
    "PlacePrecision",
    "PlaceRef",
    "PreviewNote",
    "Qualifier",
    "Rejected",
    "Relation",
    "RelationKind",
    "Rights",
    "Segment",
    "Span",
    "Stance",
    "Status",
    "Toll",
    "TollCell",
    "TollFigure",
    "Verdict",
    "VictimClass",
    "When",
    "WhenPrecision",
    "content_id",
]
