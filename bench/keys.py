"""How long a key of the review screen takes on a long document: `python bench/keys.py [--no-write]`.

A document of 10,000 words with 300 claims, in Debian's Chromium. For each press: from the event to the end of the work
that it started in the page, layout included; for deciding also to the moment when the desk has written it and the new
card stands. Bar: a key answers in under 50 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "app"))

from browser import browsing, served, settled, watched  # noqa: E402
from playwright.sync_api import Page  # noqa: E402

import pages  # noqa: E402
from reportedly.app import Desk  # noqa: E402
from reportedly.cli import wiring  # noqa: E402
from reportedly.model import ActorRef, Claim, Extraction, Span, Toll, When, content_id  # noqa: E402
from reportedly.pipeline import document_from_text  # noqa: E402
from reportedly.settings import Settings  # noqa: E402
from reportedly.store import open_store  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
WORDS, CLAIMS, PRESSES = 10_000, 300, 40
BAR = 50.0
_SHOWN = """(key) => {
  const start = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  void document.body.offsetHeight;
  return performance.now() - start;
}"""
_ANSWERED = """(key) => new Promise((done) => {
  const start = performance.now();
  const watch = new MutationObserver((changes) => {
    if (!changes.some((change) => change.target.matches(".card"))) return;  // its state alone is shown at once
    watch.disconnect();
    void document.body.offsetHeight;
    done(performance.now() - start);
  });
  watch.observe(document.getElementById("cards"), { childList: true, subtree: true });
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
})"""


def long_document(seed: int = 7) -> Extraction:
    """Return a made-up document and claims spread over it."""
    choose = random.Random(seed)
    words = [
        choose.choice(["the", "river", "market", "fighters", "killed", "village", "road", "said"]) for _ in range(WORDS)
    ]
    sentences = [" ".join(words[at : at + 20]).capitalize() + "." for at in range(0, WORDS, 20)]
    text = "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))
    document = document_from_text(text, id="long", title="A long document", published="2024-05-04")
    step = len(document.text) // CLAIMS
    return Extraction(document=document, relevant=True, claims=tuple(_claims(document.text, step)))


def _claims(text: str, step: int) -> Iterator[Claim]:
    for number in range(CLAIMS):
        start = text.index(" ", number * step) + 1
        content = Span.of(text, start, min(len(text), start + 90))
        trigger, actor = Span.of(text, start, start + 6), Span.of(text, start + 8, start + 14)
        victims = ActorRef(Span.of(text, start + 20, start + 30))
        figure = Span.of(text, start + 32, start + 36)
        toll = Toll(content_id("t", str(number)), figure, "killed", number, number, number, "exact", victims)
        day = date(2024, 5, 1 + number % 3)
        yield Claim(
            id=content_id("clm", str(number)),
            document="long",
            event_type="attack.killing",
            violent=True,
            trigger=trigger,
            content=content,
            initiators=(ActorRef(actor),),
            targets=(victims,),
            tolls=(toll,),
            when=When(Span.of(text, start + 40, start + 44), day, day, day.isoformat(), "day", "stated"),
        )


def measure() -> dict[str, list[float]]:
    """Return milliseconds a press, by what the key does."""
    with tempfile.TemporaryDirectory() as work:
        case = str(Path(work) / "keys.case")
        with open_store(case, write=True) as store:
            store.add(long_document())
            store.regroup(wiring.load_grouper(Settings()))
        desk: Desk = wiring.desk(case, "bench", Settings())
        with served(desk) as base, browsing() as browser:
            page, _ = watched(browser, base, 1280)
            page.goto(f"{base}/documents/1")
            settled(page, "document.documentElement.classList.contains('scripted')")
            return {
                "next and previous claim (j, k)": _pressed(page, _SHOWN, "jk"),
                "accept (a), written and answered by the desk": _pressed(page, _ANSWERED, "a"),
                "accept (a), shown": _pressed(page, _SHOWN, "a"),
            }


def _pressed(page: Page, how: str, keys: str) -> list[float]:
    page.evaluate("document.body.focus()")
    return [page.evaluate(how, keys[0] if number % 3 else keys[-1]) for number in range(PRESSES)]


def table(found: dict[str, list[float]]) -> list[str]:
    """Return the table of the page."""
    head = ["| key | median ms | 95 % ms | worst ms | bar |", "| --- | ---: | ---: | ---: | --- |"]
    rows = []
    for name, times in found.items():
        high = statistics.quantiles(times, n=20)[-1]
        bar = "" if "written" in name else f"{'held' if high < BAR else 'missed'} (under {BAR:.0f})"
        rows.append(f"| {name} | {statistics.median(times):.1f} | {high:.1f} | {max(times):.1f} | {bar} |")
    return [*head, *rows]


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-write", action="store_true", help="leave docs/benchmarks.md alone")
    options = parser.parse_args()
    lines = [
        f"Measured {date.today()}: {WORDS:,} words, {CLAIMS} claims, {PRESSES} presses each.",
        "",
        *table(measure()),
    ]
    print("\n".join(lines))
    if not options.no_write:
        pages.replace_measured(PAGE, "\n".join(lines), "keys")


if __name__ == "__main__":
    main()
