"""Room 2, documents: the language of a text, as an ISO 639-1 code or None where it cannot be told.

English is recognised by its function words first, which also works for capitals throughout; then `resiliparse`, and
`py3langid` where that is unsure. Short texts count as English unless another language is sure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol, cast

from resiliparse.parse.lang import detect_fast

from reportedly.documents.wordlists import sentence_words

_SAMPLE = 6000
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 60
# detect_fast gives a distance. It took a French sentence of 25 words for Spanish at 746 (2026-11), so it decides on
# longer texts only, where news in its own language stays well below
_SURE_DISTANCE = 700
_SURE_SHARE = 0.92


class _Classifier(Protocol):
    """What is used of the slower classifier: a text's language and how sure that is, 0 to 1."""

    def classify(self, text: str) -> tuple[str, float]: ...


def detect(text: str) -> str | None:
    """Return the language of a text, None when nothing tells it.

    >>> detect("The army said ten soldiers were killed near the border.")
    'en'
    """
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return None
    latin = sum(1 for c in sample if "a" <= c <= "z") / max(1, sum(map(str.isalpha, sample)))
    hits = sum(1 for word in words if word in sentence_words().function_words)
    if latin > 0.8 and hits >= max(1, 0.1 * len(words)):
        return "en"
    if len(words) >= _LONG:
        code, distance = detect_fast(sample)
        if code != "unknown" and distance < _SURE_DISTANCE:
            return normalised(str(code))
    return _second_opinion(sample, len(words), latin)


def _second_opinion(sample: str, words: int, latin: float) -> str | None:
    """Ask the slower classifier; a short text in Latin letters is another language only where that is nearly sure."""
    code, share = _identifier().classify(sample)
    if code == "en":
        return "en"
    if words < 4 and latin > 0.8:
        return None
    return normalised(code) if share >= _SURE_SHARE or latin < 0.5 else None


@lru_cache(maxsize=1)
def _identifier() -> _Classifier:
    """Load the classifier once, on first use: package and model take most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Classifier, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


# Names and longer codes of languages; those spoken in one country of a language written in many count as that language.
_NAMES = {
    **{"english": "en", "eng": "en", "french": "fr", "fra": "fr", "arabic": "ar", "spanish": "es"},
    **dict.fromkeys(("ara", "arb", "ary", "arz", "apc", "acm", "aeb", "ajp", "afb"), "ar"),
    **dict.fromkeys(("fas", "pes", "prs"), "fa"),
}


def normalised(code: str | None) -> str | None:
    """Return the primary part of a language tag in lower case.

    >>> normalised("en-GB"), normalised("English"), normalised("ary")
    ('en', 'en', 'ar')
    """
    if not code or not code.strip():
        return None
    primary = re.split(r"[-_ ]", code.strip().lower())[0]
    return _NAMES.get(primary, primary if re.fullmatch(r"[a-z]{2,3}", primary) else None)
