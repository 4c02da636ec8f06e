"""Read one text and print what it claims, each value with its words.

python examples/extract_text.py
"""

from reportedly import document_from_text, load_reader

TEXT = (
    "Gunmen attacked a grain convoy near Djibo on Tuesday, killing seven escorts, the army said.\n\n"
    "JNIM claimed to have killed 15 soldiers and denied that civilians had been hurt. A driver who escaped said "
    "residents had found three bodies in the bush."
)


def main() -> None:
    """Extract and print."""
    reader = load_reader()
    document = document_from_text(TEXT, title="Convoy attacked in northern Burkina Faso", published="2024-05-17")
    for claim in reader.extract(document).claims:
        teller = claim.claimant.span.quote if claim.claimant else "the outlet"
        print(f"{claim.event_type} · {claim.stance} by {teller} · {claim.modality}")
        print(f"    words: {claim.content.quote!r} ({claim.content.start}-{claim.content.end})")
        if claim.place:
            print(
                f"    place: {claim.place.span.quote} → {claim.place.lat}, {claim.place.lon} ({claim.place.precision})"
            )
        if claim.when:
            print(f"    when:  {claim.when.span.quote} → {claim.when.edtf} ({claim.when.basis})")
        for toll in claim.tolls:
            print(f"    toll:  {toll.outcome} {toll.low} to {toll.high} ({toll.qualifier}): {toll.span.quote!r}")


if __name__ == "__main__":
    main()
