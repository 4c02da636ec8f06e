"""`explain` and `rejected`: what was noted while reading led to the claims, and every sentence is accounted for."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.cli.main import main
from reportedly.explanation import ClaimRead, Explanation
from reportedly.model import Document, Rejected
from reportedly.pipeline import Reader, document_from_text, load_reader, read_documents

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "explain.yml").read_text(encoding="utf-8"))
SAMPLE = Path(str(resources.files("reportedly") / "sample"))
PREVIEW = SAMPLE / "lakeside-review-preview.txt"
AMBUSH = "Gunmen ambushed an army convoy near Gao on Monday, killing 12 soldiers, the army said. "


@lru_cache(maxsize=1)
def reader() -> Reader:
    """Load the real reader once."""
    return load_reader()


@lru_cache(maxsize=1)
def sample() -> tuple[Document, ...]:
    """Return the shipped articles."""
    return tuple(d for d in read_documents([SAMPLE]) if not isinstance(d, Rejected))


def explained(text: str, **meta: str) -> Explanation:
    """Explain a text."""
    return reader().explain(document_from_text(text, **meta))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_a_sentence_without_a_claim_says_why(case: dict[str, Any]) -> None:
    """The reason names the rule or entry that stood against it."""
    found = [s for s in explained(case["text"]).sentences if s.quote.startswith(case["words"])]
    sentence = found[-1]
    assert sentence.claims == ()
    assert case["why"] in sentence.why
    for word, reason in case.get("refused", {}).items():
        rules = [note.rule for note in sentence.refused if case["text"][note.start : note.end] == word]
        assert rules
        assert any(reason in rule for rule in rules)


def test_explaining_reads_what_extract_reads() -> None:
    """Noting changes nothing: the same claims, incidents and refusals with and without it."""
    for document in sample():
        assert reader().explain(document).extraction == reader().extract(document)


def test_every_sentence_and_every_claim_stands_in_the_explanation_once() -> None:
    """All segments in text order; a sentence has claims or a reason; no claim is lost."""
    for document in sample():
        found = reader().explain(document)
        assert [(s.start, s.end) for s in found.sentences] == [(s.start, s.end) for s in document.segments]
        assert all(bool(s.claims) != bool(s.why) for s in found.sentences)
        assert all(s.quote == document.text[s.start : s.end] for s in found.sentences)
        shown = [c.claim.id for s in found.sentences for c in s.claims]
        assert sorted(shown) == sorted(c.id for c in found.extraction.claims)


def test_every_slot_of_a_claim_has_a_note() -> None:
    """Event words with their entry, parties, teller, toll, place and time, each at its words."""
    found = explained(AMBUSH, published="2024-08-07")
    claim = only(found)
    notes = {note.about: note for note in claim.notes if note.kept}
    assert "triggers/violence.yml: verb “kill”" in " ".join(n.rule for n in claim.notes if n.about == "event")
    assert notes["initiator"].rule.startswith("nsubj of “ambushed”")
    assert notes["target"].rule.startswith("dobj of “ambushed”")
    assert "asserted (reporting.yml)" in notes["telling"].rule
    assert "killed by “killing”" in notes["toll"].rule
    assert notes["place"].value == claim.claim.place.place_id  # type: ignore[union-attr]
    assert notes["when"].value == "2024-08-05"


def only(found: Explanation) -> ClaimRead:
    """Return the only claim."""
    (claim,) = (c for s in found.sentences for c in s.claims)
    return claim


def test_candidates_of_a_place_are_listed_with_their_scores() -> None:
    """The place that was chosen stands first, and the countries of the text beside it."""
    (sentence,) = explained("Gunmen attacked a post in Gao, in Mali.").sentences
    notes = [n for n in sentence.found if n.about == "place" and n.value.startswith("gn:")]
    assert notes
    assert notes[0].rule.split(": ")[1].startswith(notes[0].value)


def test_a_slot_from_elsewhere_says_so() -> None:
    """A place that the next sentence takes over from the happening before is not passed off as its own."""
    text = "Gunmen attacked a police post in Gao on Monday. Rebels carried out the attack with rifles, residents said."
    claims = explained(text).sentences[1].claims
    places = [n.rule for c in claims for n in c.notes if n.about == "place"]
    assert places == ["as the happening before, which this goes on telling"]


def test_harm_told_in_the_next_sentence_is_noted_at_the_claim_that_takes_it() -> None:
    """The claim says which words it took the figure from."""
    claim = only(explained("Gunmen attacked a police post in Gao on Monday. Two people were killed."))
    assert [t.best for t in claim.claim.tolls] == [2]
    assert [n.about for n in claim.notes if n.about in {"toll", "claim"}] == ["toll", "claim"]


def test_the_signs_add_up_to_the_confidence() -> None:
    """What is shown is what the confidence was worked out from."""
    for document in sample():
        found = reader().explain(document)
        for claim in (c for s in found.sentences for c in s.claims):
            odds = found.base + sum(sign.effect for sign in claim.signs)
            assert claim.signs
            assert claim.claim.confidence == pytest.approx(1 / (1 + math.exp(-odds)), abs=0.006)


def test_refused_words_of_violence_stand_in_the_output() -> None:
    """Words, place and all reasons; words that a claim was read from, and peaceful ones, are left out."""
    text = "The rebels did not attack the convoy in Mopti. " + AMBUSH
    refused = reader().extract(document_from_text(text)).rejected
    assert [(r.quote, text[r.start : r.end]) for r in refused] == [("attack", "attack")]
    assert "attack.armed: the words say that it did not happen, and nobody denies it" in refused[0].reason


# --------------------------------------------------------------------------------------------- the command line


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command line as a user would."""
    code = main(words)
    return code, *capfd.readouterr()


def test_the_command_explains_a_shipped_article(capfd: pytest.CaptureFixture[str]) -> None:
    """Claims with their notes, reasons, repeats and the parse, on standard output."""
    code, out, _ = run(capfd, "explain", str(PREVIEW))
    assert code == 0
    assert "no claim: a repeated paragraph (first at " in out
    assert "entry triggers/" in out
    assert "attacked" in out
    assert "ROOT" in out
    assert "\x1b" not in out
    _, short, _ = run(capfd, "explain", str(PREVIEW), "--no-parse")
    assert "ROOT" not in short


def test_a_single_claim_is_found_by_the_beginning_of_its_id(capfd: pytest.CaptureFixture[str]) -> None:
    """With and without the word before the hash; in JSON the claim is the contract's."""
    _, out, _ = run(capfd, "extract", str(PREVIEW))
    claim = json.loads(out)["claims"][1]
    for key in (claim["id"], claim["id"].removeprefix("claim-")[:8]):
        code, out, _ = run(capfd, "explain", str(PREVIEW), key, "--json")
        (sentence,) = json.loads(out)["sentences"]
        assert code == 0
        assert [c["claim"] for c in sentence["claims"]] == [claim]
        assert sentence["parse"][0].keys() >= {"text", "lemma", "tag", "arc", "head"}


def test_one_document_of_many(capfd: pytest.CaptureFixture[str]) -> None:
    """Of a file of many documents the one that is named."""
    name = json.loads((SAMPLE / "sample.jsonl").read_text(encoding="utf-8").splitlines()[2])["id"]
    code, out, _ = run(capfd, "explain", str(SAMPLE / "sample.jsonl"), name, "--json")
    assert code == 0
    assert [json.loads(line)["document"]["id"] for line in out.splitlines()] == [name]


def test_a_document_of_a_case(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The stored text is read again and gives the stored claims."""
    case = str(tmp_path / "news.case")
    assert run(capfd, "add", case, str(PREVIEW))[0] == 0
    _, shown, _ = run(capfd, "show", case, "doc", PREVIEW.name, "--json")
    stored = json.loads(shown)["claims"]
    _, out, _ = run(capfd, "explain", case, PREVIEW.name, "--json")
    assert [c["claim"]["id"] for s in json.loads(out)["sentences"] for c in s["claims"]] == [c["id"] for c in stored]
    code, out, _ = run(capfd, "explain", case, PREVIEW.name, stored[0]["id"], "--no-parse")
    assert code == 0
    assert out.count("claim-") == 1


def test_mistakes_are_said(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A claim that is not there, a case without a document, a file that is not there."""
    code, out, err = run(capfd, "explain", str(PREVIEW), "claim-nothing")
    assert (code, out) == (2, "")
    assert "nothing is read as `claim-nothing`" in err
    case = str(tmp_path / "news.case")
    run(capfd, "add", case, str(PREVIEW))
    code, _, err = run(capfd, "explain", case)
    assert code == 2
    assert "which document of the case?" in err
    code, _, err = run(capfd, "explain", str(tmp_path / "missing.txt"))
    assert code == 3
    assert "missing.txt" in err
