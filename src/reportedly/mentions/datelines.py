"""Room 3, what stands around a report's sentences: datelines, slugs and translators' notes are blanked before parsing.

Length is kept, so offsets stay those of the text as given. Only the parser sees the result.
"""

from __future__ import annotations

import re

from reportedly.knowledge.page_marks import PAGE_MARK

_REACH = 240
_DASH = r"\s*(?:--|—|–|-)\s+"
_PLACE = r"\s*(?:[A-ZÀ-Ý][\w'’.-]*,?\s+(?:(?:of|de|la|el|the|al|and|du)\s+)?){1,6}?"
_DAY = r"(?:\d{1,2}\.?\s+[A-Za-z]{3,9}\.?(?:\s+\d{2,4})?|[A-Za-z]{3,9}\.?\s+(?:\d{1,2}(?:,?\s+\d{4})?|\d{4}))"
_SOURCE = r"\([^()\n]{2,60}\)"
_NOTES = r"(?:\[[^\]]{2,60}\]\s*)*"
# Names parted by commas, the further ones of a region or country: "CITY, Country", "Town, Some State".
_NAMES = r"(?:[A-ZÀ-Ý][\w'’.-]*\s+(?:(?:of|de|la|el|the|al|and|du)\s+)?){0,3}[A-ZÀ-Ý][\w'’.-]*"
# "BAMAKO, Aug 2 (Reuters) - ", "GUATEMALA CITY, 4 FEB 88 (RADIO) -- [TEXT] ", "GOMA, DRC (AP) — ",
# "KYIV, 3 May - ", "CATBALOGAN, Philippines – "
_DATELINE = re.compile(
    rf"{_PLACE}(?:{_SOURCE},?\s*)?{_DAY}\s*(?:{_SOURCE})?{_DASH}{_NOTES}"
    rf"|{_PLACE}\s*{_SOURCE}{_DASH}{_NOTES}"
    rf"|\s*{_SOURCE}{_DASH}{_NOTES}"
    rf"|\s*{_DAY}\s*{_SOURCE}{_DASH}{_NOTES}"  # "June 17 (Reuters) - "
    rf"|\s*{_NAMES}(?:,\s+{_NAMES}){{1,3}}(?:,\s+\d{{4}})?(?:\s*{_SOURCE})?\s+(?:--|—|–|-)\s+{_NOTES}(?=[\"“‘'A-ZÀ-Ý\d])"
    rf"|\s*{_NAMES}(?:\s*{_SOURCE}){{1,2}}{_DASH}{_NOTES}"
    rf"|\s*[^\n()\[\]:;a-z]{{3,60}}\s*(?:—|–|--){_NOTES}\s+"
    rf"|\s*[A-ZÀ-Ý]{{3}}[A-ZÀ-Ý'’ .]{{1,30}}\s-\s+(?=[A-Z])"  # "LIMA - "
    # "Multan, Sep 2: "
    rf"|\s*{_NAMES}(?:,\s+{_NAMES})?,\s+{_DAY}\s*(?:{_SOURCE})?:\s+(?=[\"“‘'A-ZÀ-Ý\d])"
    # "Ilorin - Bandits who attacked ...", where the line is a full sentence
    rf"|\s*[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w'’-]+)?\s+-\s+(?=[A-Z])(?=[^\n]{{60}})(?![^\n]{{1,160}}\s-\s)"
    # "Addis Abeba – "
    rf"|\s*[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){{0,2}}\s+(?:—|–)\s+(?=[A-Z])(?![^\n—–]{{1,160}}\s(?:—|–)\s)",
)
_SLUG = re.compile(
    r"\s*(?:UPDATE|WRAPUP|WRAP|CORRECTED|REFILE|EXCLUSIVE|BREAKING(?: NEWS)?|ANALYSIS|URGENT|FLASH|ALERT|LEAD|RPT|LIVE"
    r"|VIDEO|WATCH|PHOTOS?|PICTURES|IN PICTURES|FACTBOX|TIMELINE|EXPLAINER|INSIGHT|JUST IN|NEWSFLASH|DEVELOPING|RECAP)"
    r"(?:\s*(?:\d+\s*)?[-:–—|]\s*|\s+(?=[A-Z][a-z]))"
    r"|\s*(?:Breaking(?: [Nn]ews)?|Just in|Watch|Video|Live(?: blog| updates?)?|Update|Photos?|In pictures|Exclusive)"
    r"\s*[:|–—]\s*"
    # "OCHA | Flash Update: ", "#Mali Situation report no. 4, 3 May: "
    r"|\s*(?:#?[\w.’' ]{2,40}?(?:\s*[|–—-]\s*|\s+))?"
    r"(?:Flash|Situation|Humanitarian|Daily|Weekly|Emergency|Security|Front-?line)"
    r"\s+(?:[Uu]pdate|[Rr]eport|[Bb]rief(?:ing)?|[Bb]ulletin|[Aa]lert|[Ss]napshot|[Ss]itrep)"
    r"(?:\s*(?:#|[Nn]o\.?)?\s*\d+)?"
    rf"(?:,?\s*{_DAY})?\s*[:|–—]\s*"
)
_OPENING = re.compile(r"(?:Near|Outside|Inside|Around|Along|Off|Across)(?= [A-Z])")
_CLOSED = (". ", "! ", "? ", "” ", '" ', "\n")
_INSERT = re.compile(r"\[[^\[\]]{1,120}\]")


# Marks of transcribers, translators and editors: nothing that the report says.
_NOTE = re.compile(
    r"\[(?:(?:\w+ ){0,3}(?:indistinct|omitted|inaudible|unintelligible|garbled)|text|excerpts?|sic|recording|applause"
    r"|video clip|no (?:dateline|video)[^\]]{0,40}|as (?:published|received|heard|broadcast)|\d{1,4}|\.{3}|…"
    r"|(?:editor|translator|ed)['’]?s?[.:]? ?(?:note)?[^\]]{0,400}|(?:passage|sentence|words?|name)s? [^\]]{0,40})\]"
    r"|\((?:text|as (?:published|received|heard)|sic|name (?:indistinct|inaudible)"
    r"|(?:reporting|writing|editing|additional reporting) by [^()]{2,160}"
    r"|this (?:story|article|report) (?:has been|was) (?:updated|corrected)[^()]{0,160})\)"
    r"|(?m:^[ \t]*(?:>{2,9}|\*{2,9}|•)[ \t]*)|(?m:\*{2,9}[ \t]*$)",
    re.IGNORECASE,
)


# "6/ ", "3/9 ": a post of a thread; "Reminder: ", which opens what is only recalled.
_POST = re.compile(r"(?m)^[ \t]*\d{1,2}/(?:\d{1,2})?[ \t]+(?=\S)")
_LABEL = re.compile(r"(?:(?<=[.!?/] )|(?m:^[ \t]*))(?:Reminder|Context|For context|Background|NB|Note):(?=[ \t])")
_LABEL_SIGNS = ("Reminder:", "ontext:", "Background:", "NB:", "Note:")
_NOTE_SIGNS = ("[", "(", "**", ">>", "•")
_TIMES = re.compile(r"(?<![\w.])[xX×](?=\d{1,4}\s+[^\W\d_])|(?<=\d)\s?[xX×](?=\s+[^\W\d_])")  # "x2 dead", "3 x KIA"
_BEFORE_FIGURE, _BEHIND_FIGURE = re.compile(r"[xX×]\d"), re.compile(r"\d\s?[xX×]\s")


def without_notes(text: str) -> str:
    """Blank page numbers, the numbers of posts, the signs of bulletins that only multiply ("3 x KIA") and the notes of
    transcribers and editors; words that they put into a quotation stay."""
    if any(sign in text for sign in _NOTE_SIGNS):
        text = _NOTE.sub(_blank, text)
    if "/ " in text:
        text = _POST.sub(_blank, text)
    if any(sign in text for sign in _LABEL_SIGNS):
        text = _LABEL.sub(_blank, text)
    if "incl." in text:
        text = text.replace("incl.", "incl ")  # the full stop ends no sentence
    text = PAGE_MARK.sub(_blank, text)
    return _TIMES.sub(_blank, text) if _BEFORE_FIGURE.search(text) or _BEHIND_FIGURE.search(text) else text


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if c == "\n" else " " for c in match.group())


def without_dateline(text: str, original: str) -> str:
    """Blank the slug and the dateline that open a report. `original` is the text in the case as given."""
    end = 0
    slug = _SLUG.match(original)
    if slug is not None:
        end = slug.end()
    dateline = _DATELINE.match(original[:_REACH], end)
    if dateline is not None:
        end = dateline.end()
    return " " * end + text[end:]


_STAMP = re.compile(
    r"(?m)^[ \t]*(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|BST|CET|EST|EDT))?[ \t]*"
    r"(?:[-–—|][ \t]*)?(?=[A-Z\"“])"
)


# Pictures before and between the sentences of posts, with what says how they are drawn.
_PICTURES = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")


def without_pictures(text: str) -> str:
    """Blank the pictures of a post: the parser takes them for words and for parts of names."""
    return _PICTURES.sub(" ", text)


def without_stamps(text: str) -> str:
    """Blank the clock before each entry of a live page."""
    return _STAMP.sub(lambda m: " " * len(m.group()), text)


def without_frame(text: str, original: str) -> str:
    """Blank what stands around the sentences: slug and dateline, the clock of entries, pictures."""
    return without_dateline(without_stamps(without_pictures(text)), original)


def calm_openings(text: str) -> str:
    """Put prepositions that open a sentence before a name in small letters: the parser reads "Near Bria" as a name."""
    return _OPENING.sub(_calmed, text)


def _calmed(match: re.Match[str]) -> str:
    """The preposition in small letters where it opens a line or a sentence."""
    word, start = match[0], match.start()
    return word.lower() if not start or match.string.endswith(_CLOSED, 0, start) else word


def without_inserts(text: str) -> str:
    """Blank translators' notes in square brackets."""
    return _INSERT.sub(lambda m: " " * len(m.group()), text)
