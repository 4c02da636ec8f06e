"""Wires: which agency a text credits, wholly or as a helper, and what that makes of its origin."""

from __future__ import annotations

import pytest

from reportedly.documents import Agencies, Credit, families
from reportedly.model import Document
from reportedly.model.facts import DocumentFacts

AGENCIES = Agencies(
    {
        "Reuters": "reuters", "AFP": "afp", "Agence France-Presse": "afp", "AP": "ap", "Associated Press": "ap",
        "Xinhua": "xinhua", "Anadolu Agency": "anadolu", "dpa": "dpa",
    }
)  # fmt: skip
TOLD = "Ten soldiers died in Anou, the governor said."


@pytest.mark.parametrize(
    ("text", "agency", "why"),
    [
        ("BAMAKO, July 5 (Reuters) - Ten soldiers died.", "reuters", "dateline"),
        ("ANOU (AP) — Ten soldiers died.", "ap", "dateline with a long dash"),
        ("ANOU, Aug 3 (Xinhua) -- Ten soldiers died.", "xinhua", "dateline with two dashes"),
        ("ANOU (AFP/Border Courier) - Ten soldiers died.", "afp", "the agency and an outlet"),
        ("ANOU (dpa/AP) - Ten soldiers died.", "dpa", "of two agencies the first"),
        ("dpa/Border Courier - Ten soldiers died.", "dpa", "a line of sources before the text"),
        (f"{TOLD}\n\nAFP", "afp", "a last line"),
        (f"{TOLD}\n\nSource: Anadolu Agency", "anadolu", "a named source"),
        (f"{TOLD} (AFP)", "afp", "in brackets at the end"),
        (f"{TOLD}\n\n© Agence France-Presse", "afp", "copyright"),
        (f"{TOLD}\n\n© 2024 AFP", "afp", "copyright with its year"),
        (f"{TOLD}\n\nCopyright 2024 The Associated Press. All rights reserved.", "ap", "copyright in full"),
        (f"By Awa Diop, Associated Press\n\n{TOLD}", "ap", "byline"),
        (f"Ten soldiers die in Anou\nAwa Diop | AFP\n{TOLD}", "afp", "byline under a title"),
        (f"By Associated Press Staff\n{TOLD}", "ap", "staff"),
        ("Ten soldiers died, a witness told Reuters in Anou.", None, "quoted is not credited"),
        ("The AP reporter said so.", None, "an agency in the text"),
        ("Troops took the APC (AP reported) and left.", None, "no dateline"),
        (f"{TOLD} MAPS", None, "part of a word"),
        ("", None, "nothing"),
    ],
)
def test_whose_text_it_is(text: str, agency: str | None, why: str) -> None:
    """Datelines, bylines and last lines credit an agency; being quoted in the text does not."""
    assert AGENCIES.credit_in(text) == (agency and Credit(agency, True)), why


@pytest.mark.parametrize(
    "end",
    [
        "AFP contributed to this report.",
        "Agence France-Presse also contributed to this article.",
        "(With AFP)",
        "Additional reporting by Awa Diop and AFP.",
        "With material from AFP",
    ],
)
def test_a_helper_is_told_from_a_source(end: str) -> None:
    """An agency that helped did not write the text."""
    assert AGENCIES.credit_in(f"{TOLD}\n\n{end}") == Credit("afp", False)


@pytest.mark.parametrize(
    ("publisher", "author", "agency"),
    [
        ("Reuters", None, "reuters"),
        ("Border Courier", "AFP", "afp"),
        (None, "Reuters Staff", "reuters"),
        (None, "By the Associated Press", "ap"),
        ("Border Courier", "Awa Diop", None),
    ],
)
def test_publisher_and_author_credit_too(publisher: str | None, author: str | None, agency: str | None) -> None:
    """What an agency publishes, or is named as the author of, is its own."""
    document = Document("d", TOLD, "", publisher=publisher, author=author)
    assert AGENCIES.credit(document) == (agency and Credit(agency, True))


def test_origins_by_credit() -> None:
    """Texts of one agency are one origin, their reprints too; a helped text keeps its own; two agencies leave doubt."""
    roots = {"a": "a", "b": "b", "copy": "b", "helped": "helped", "own": "own", "x": "x", "y": "x"}
    afp, ap = Credit("afp", True), Credit("ap", True)
    credits = {"a": afp, "b": afp, "helped": Credit("afp", False), "x": afp, "y": ap}
    found = families(roots, credits)
    assert found["a"] == found["b"] == found["copy"]
    assert (found["own"], found["x"], found["y"]) == ("own", "x", "x")
    helped = DocumentFacts("helped", found["helped"])
    assert (helped.wire, helped.helper, helped.root) == (None, found["a"], "helped")
    assert DocumentFacts("a", found["a"]).wire == found["a"]
