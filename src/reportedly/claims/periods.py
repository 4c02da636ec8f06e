"""Room 4, periods: whether a happening is over, goes on, is history, or is a sum over a period.

Doors: `modality_in(view, draft, when, time)`, `is_ongoing(view, draft)`, `is_perfect(view, draft)`,
`lasts(view, draft)` and `is_aggregate(view, draft, time)`.
"""

from __future__ import annotations

from datetime import timedelta

from reportedly.claims.background import background, recalled
from reportedly.claims.draft import Draft
from reportedly.claims.event_times import is_since
from reportedly.claims.sums import SUM
from reportedly.claims.view import View
from reportedly.model import Modality, When
from reportedly.model.reading import TimeRead
from reportedly.model.syntax import Tree

# Background: what lies this long before publication is history, not this report's news (MUC-3 counted acts of the last
# two months as news; measured on nothing of ours yet).
HISTORY = timedelta(days=75)
# Without a day, so many victims are a campaign's, not an incident's: of single incidents since 1989 few reach it.
_CAMPAIGN_TOLL = 1000
# A sum that goes back further counts a war or an era, which no report brings as its news.
_YEAR = timedelta(days=366)
_STRETCH = timedelta(days=4)
_MANY = 5  # happenings counted together that no report tells one by one
_DOZEN = 12
_HARM = frozenset({"attack.killing", "attack.injury"})
_IN_SUM = (
    "so far this",
    "in total",
    "in all",
    "overall toll",
    "over the past year",
    "over the past month",
    "over the same period",
    "in the same period",
    "since the war began",
)
# So many dead of no attack, day or town that the words name are counted over a time.
_BARE_SUM = 200
_WIDE = frozenset({"region", "country"})
_PERFECT = frozenset({"have", "has", "'ve"})
_STATES = ("abduction.", "destruction.")  # who "has been held since March" was taken on a day
_AFTERWARDS = frozenset({"after", "since"})
_PERIOD = frozenset({"since", "duration"})
# A fight or a siege may last some days, and what is counted over more is a sum.
_LONG_FIGHT = 6
_DAYS = frozenset({"day", "days"})
_WITHIN = frozenset({"in", "over", "within", "during"})
_PARTICULAR = frozenset({"day", "span", "week"})


def modality_in(view: View, draft: Draft, when: When | None, time: TimeRead | None, *, particular: bool) -> Modality:
    """What kind of happening the words speak of, the war itself and what lies long back included.

    `particular`: what is denied, or was told before, is no violence in general, however it is put ("there was no raid",
    "blamed herders for THE KILLINGS").
    """
    modality = draft.governed.modality
    if draft.event_type == "battle.war" and modality == "actual":
        return "ongoing"
    if modality != "actual":
        return modality
    effects = {e for e, _ in draft.governed.effects}
    if "continue" in effects or is_ongoing(view, draft) or (lasts(view, draft) and not draft.tolls):
        modality = "ongoing"
    published = view.document.published_on
    if when is not None and when.latest is not None and published is not None and when.latest < published - HISTORY:
        return "historical"
    if draft.violent and _told_in_history(view, when):
        return "historical"
    if published is None and draft.violent and when is not None and when.precision == "year" and _aside(view, draft):
        return "historical"  # "nationals suspected of bombing an airliner IN 1988"
    if not draft.violent and recalled(view.tree, draft.heads, view.words):
        return "historical"
    return (_in_general(view, draft, time) if draft.violent and not particular else None) or modality


def _told_in_history(view: View, when: When | None) -> bool:
    """ "In 2016 X shelled Y. TWO DAYS LATER Y struck Z": counted from a day that is not known, of long ago."""
    last = view.story.last
    if when is None or when.latest is not None or when.basis != "relative" or view.document.published_on is None:
        return False
    here = view.story.last_paragraph == view.sentence.paragraph
    return here and last is not None and last.modality == "historical"


def _aside(view: View, draft: Draft) -> bool:
    """Tell whether the words stand below the sentence's main clause, which tells something else."""
    tree, here = view.tree, draft.hit.head
    while tree[here].dep in _MAIN and tree[here].head != here:
        here = tree[here].head
    return tree[here].dep != "ROOT"


_MAIN = frozenset({"conj", "ccomp", "nsubj", "nsubjpass", "dobj"})


def _in_general(view: View, draft: Draft, time: TimeRead | None) -> Modality | None:
    """Background: sums over years, and what the words tell as no particular happening."""
    if _spans_years(view, draft, time) and is_aggregate(view, draft, time):
        return "historical"
    times = view.sentence.times if not any(t.named for t in view.sentence.tellings) else (time,)
    dated = any(t is not None and t.event_day and t.when.precision in _PARTICULAR for t in times)
    dated = dated or view.entry_day is not None  # "09:50 Explosions ARE heard"
    figures = any(t.quantity is not None for t in draft.tolls)
    lead, token = draft.hit.head, view.tree[draft.hit.head]
    if token.dep == "amod" and token.head in draft.hit.tokens:
        lead = token.head  # "18 REPELLED ASSAULTS": the noun says whether they happened
    heads = (lead, *draft.heads[1:])
    return background(view.sentence, heads, dated, figures, view.knowledge.lexicon.words)


def is_ongoing(view: View, draft: Draft) -> bool:
    """ "has been ongoing", "is under way"."""
    tree = view.tree
    token = tree[draft.hit.head]
    if token.dep in {"nsubj", "nsubjpass"}:
        around = [tree[c].lower for c in tree.children(token.head, "acomp", "attr", "advmod", "prep")]
        return (
            tree[token.head].lemma in {"ongo", "continue", "rage"}
            or "ongoing" in around
            or tree[token.head].lower == "ongoing"
        )
    return any(tree[c].lower in {"ongoing", "continuing", "continued"} for c in tree.children(draft.hit.head, "amod"))


def is_perfect(view: View, draft: Draft) -> bool:
    """ "rebels HAVE ATTACKED villages": up to now, on no day in particular."""
    tree = view.tree
    if _PERFECT.isdisjoint(tree.forms):
        return False
    return any(tree[a].lower in _PERFECT for a in tree.children(draft.hit.head, "aux"))


def lasts(view: View, draft: Draft) -> bool:
    """ "HAVE CONDUCTED an offensive SINCE 2021", "have besieged it FOR MONTHS and shelled it REPEATEDLY": what goes on
    over a period of its own, and is no happening of a day."""
    tree = view.tree
    if not draft.violent or _PERFECT.isdisjoint(tree.forms) or draft.event_type.startswith(_STATES):
        return False
    around = (draft.hit.head, *tree.ancestors(draft.hit.head))
    verb = next((i for i in around if tree[i].is_verb and tree[i].dep != "pcomp"), None)
    if verb is None:
        return False
    clause = {verb, tree.first_conjunct(verb)}
    if not any(tree[a].lower in _PERFECT for v in clause for a in tree.children(v, "aux")):
        return False
    adverbs = (tree[a].lower for v in clause for a in tree.children(v, "advmod"))
    if not view.words["repeating_adverbs"].isdisjoint(adverbs):
        return True
    return any(_verb_of(tree, t) in clause for t in view.sentence.times if t.kind in _PERIOD)


def _verb_of(tree: Tree, time: TimeRead) -> int | None:
    """The verb of the clause that a time belongs to."""
    inside = tree.at(time.when.span.start, time.when.span.end)
    top = next((i for i in inside if tree[i].head not in inside), None)
    return None if top is None else next((a for a in tree.ancestors(top) if tree[a].is_verb), None)


def is_before(view: View, draft: Draft) -> bool:
    """ "two weeks after gunmen KILLED ten": some time before what the text tells, on no day that it names."""
    tree = view.tree
    if _AFTERWARDS.isdisjoint(tree.forms):
        return False
    marks = [m for m in tree.children(draft.hit.head, "mark") if tree[m].lower in _AFTERWARDS]
    return any(m > 0 and tree[m - 1].lemma in view.words["stretches_of_time"] for m in marks)


def is_answered(view: View, draft: Draft) -> bool:
    """ "the raid was revenge FOR THE KILLING of a teacher": what a deed answers is another one, before it."""
    tree, given = view.tree, view.knowledge.lexicon.control["given_by"]
    if given.isdisjoint(tree.lemmas) or tree[draft.hit.head].dep != "pobj":
        return False
    prep = tree[tree[draft.hit.head].head]
    return prep.lower in {"for", "to"} and tree[prep.head].lemma in given


def turns(view: View) -> bool:
    """Tell whether a sentence turns to another happening: "MEANWHILE, ...", "In A SEPARATE attack"."""
    words = view.words["turning_openers"]
    if "meanwhile" not in view.tree.forms and words.isdisjoint(view.tree.forms):
        return False
    opening = [t.lower for t in view.tree.tokens[:8]]
    aside = [i for i in range(1, len(opening) - 1) if opening[i] == "meanwhile"]
    if any(opening[i - 1] == opening[i + 1] == "," for i in aside):
        return True  # "The army, MEANWHILE, said ..."
    return opening[:1] != [] and (opening[0] in words or (opening[0] == "in" and not words.isdisjoint(opening[1:3])))


def is_aggregate(view: View, draft: Draft, time: TimeRead | None) -> bool:
    """A summary over a period: "300 killed since January"."""
    if draft.event_type == "battle.war" or draft.hit.needs >= SUM:
        return True
    day = time is not None and time.event_day and time.when.precision in {"day", "span"}
    counted = any(t.quantity is not None and t.outcome != "captured" for t in draft.tolls)
    if counted and day and time is not None and _is_stretch(time.when):
        return True
    if not day and (_of_a_campaign(draft) or _many(view, draft) or lasts(view, draft)):
        return True
    if not day and (_is_bare_sum(view, draft) or _known_for(view, draft)):
        return True
    if not day and draft.tolls and _sums_up(view):
        return True
    if not day and counted and any(_counts_over(view, draft, t) for t in view.sentence.times):
        return True
    if not day and counted and (_takes_long(view, draft) or _since_then(view, draft)):
        return True
    if time is None:
        return False
    return counted and (time.kind in _PERIOD or time.when.precision in {"year", "season"})


def _is_stretch(when: When) -> bool:
    """Tell whether a stated stretch of days is longer than a happening: "between 11 and 17 May"."""
    known = when.earliest is not None and when.latest is not None and when.basis == "stated"
    return known and when.latest - when.earliest >= _STRETCH  # type: ignore[operator]


def _of_a_campaign(draft: Draft) -> bool:
    """Tell whether too many were harmed for one incident; driven out or arrested so many are in a day."""
    harms = (t for t in draft.tolls if t.outcome not in {"displaced", "detained", "released"})
    return any((t.low or 0) >= _CAMPAIGN_TOLL for t in harms)


def _is_bare_sum(view: View, draft: Draft) -> bool:
    """ "the worst affected country, with 410 DEATHS": so many dead, of no attack or town named, are those of a time."""
    dead = any(t.outcome == "killed" and (t.low or 0) >= _BARE_SUM for t in draft.tolls)
    return dead and draft.event_type in _HARM and all(p.precision in _WIDE for p in view.sentence.places)


def _known_for(view: View, draft: Draft) -> bool:
    """ "the group, which HAS KILLED dozens of officers": what somebody has done so far."""
    token = view.tree[draft.hit.head]
    said_of = token.dep == "relcl" and token.head in draft.found.initiators
    return said_of and is_perfect(view, draft) and any((t.low or 0) >= _DOZEN for t in draft.tolls)


def _many(view: View, draft: Draft) -> bool:
    """ "264 ATTACKS in October": so many happenings are no incident."""
    tree, head = view.tree, draft.hit.head
    if tree[head].tag != "NNS" or draft.event_type in _HARM:
        return False
    counts = (tree[c].text.replace(",", "") for c in tree.children(head, "nummod"))
    return any(c.isdigit() and int(c) >= _MANY for c in counts)


def period_of(view: View, draft: Draft) -> TimeRead | None:
    """The period "since" some time over which a sum is counted."""
    return next((t for t in view.sentence.times if t.kind == "since" and _counts_over(view, draft, t)), None)


def _counts_over(view: View, draft: Draft, time: TimeRead) -> bool:
    """ "HAS DOCUMENTED the death of 52 people SINCE JANUARY": the period hangs from the event's clause, or from that
    of whoever counted."""
    if time.kind not in _PERIOD or time.when.latest is None:
        return False
    tree = view.tree
    verb = _verb_of(tree, time)
    above = [a for a in tree.ancestors(draft.hit.head) if tree[a].is_verb]
    return verb is not None and (verb in draft.heads or verb in above[:1])


def _takes_long(view: View, draft: Draft) -> bool:
    """ "killed IN TEN DAYS of shelling", "OVER THREE MONTHS": longer than a fight lasts."""
    tree = view.tree
    preps = (p for h in draft.heads for p in tree.children(h, "prep") if tree[p].lower in _WITHIN)
    return any(_is_long(view, o) for p in preps for o in tree.children(p, "pobj"))


def _since_then(view: View, draft: Draft) -> bool:
    """ "80 HAVE BEEN KILLED and many driven out SINCE the two fell out in May": a sum of all that came after."""
    tree = view.tree
    if "since" not in tree.forms or not is_perfect(view, draft):
        return False
    verbs = {draft.hit.head, *tree.conjuncts(draft.hit.head)}
    return any(is_since(tree, c) for v in verbs for c in tree.children(v, "advcl"))


def _is_long(view: View, unit: int) -> bool:
    """Tell whether a counted stretch of time is a week at least, or nearly."""
    token, count = view.tree[unit], view.tree.child(unit, "nummod")
    if count is None or token.lemma == "hour" or token.lemma not in view.words["stretches_of_time"]:
        return False
    at = view.tree[count].start
    days = next((q.best for q in view.sentence.quantities if q.number_start == at), None)
    return token.lemma not in _DAYS or (days is not None and days >= _LONG_FIGHT)


def _sums_up(view: View) -> bool:
    """Tell whether the subject is the war itself, or the words count "so far", "in total", "in all"."""
    tree = view.tree
    text = " ".join(t.lower for t in tree)
    if any(phrase in text for phrase in _IN_SUM):
        return True
    return _war_sums_up(view) or ("since" in tree.forms and _since_it_began(view))


def _since_it_began(view: View) -> bool:
    """ "110 people killed SINCE THE ELECTION"."""
    tree, openings = view.tree, view.knowledge.lexicon.words["openings_of_times"]
    began = (c for t in tree if t.lower == "since" and t.dep == "prep" for c in tree.children(t.i, "pobj"))
    return any(tree[c].lemma in openings for c in began)


def _war_sums_up(view: View) -> bool:
    """ "The war has left 40,000 dead"."""
    tree, words = view.tree, view.knowledge.lexicon.words
    return not words["wars"].isdisjoint(tree.lemmas) and any(
        t.dep == "nsubj" and t.lemma in words["wars"] and tree[t.head].lemma in words["summing_verbs"] for t in tree
    )


def _spans_years(view: View, draft: Draft, time: TimeRead | None) -> bool:
    """Tell whether a sum goes back further than a year, or counts a whole war."""
    published = view.document.published_on
    if time is not None and time.when.earliest is not None and published is not None:
        return time.when.earliest < published - _YEAR
    if _of_a_campaign(draft) or _war_sums_up(view):
        return True
    if time is None:
        return False
    words = time.when.span.quote.lower().replace("-", " ").split()
    return not view.knowledge.lexicon.words["long_periods"].isdisjoint(words)
