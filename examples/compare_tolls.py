"""Put the figures of several reports side by side: who says how many were killed.

python examples/compare_tolls.py
"""

from reportedly import document_from_text, load_reader

REPORTS = {
    "wire": "At least nine soldiers were killed in an attack on a base near Ansongo on Sunday, the Malian army said.",
    "local": "Residents of Ansongo said they had counted 14 dead soldiers after Sunday's attack on the base.",
    "monitor": "Islamic State claims to have killed 27 soldiers near Ansongo. The army denies the figure.",
}


def main() -> None:
    """Extract each report and print one line for each figure."""
    reader = load_reader()
    print(f"{'report':8} {'teller':24} {'stance':10} {'killed':>12}")
    for name, text in REPORTS.items():
        document = document_from_text(text, id=name, published="2024-03-05")
        for claim in reader.extract(document).claims:
            teller = claim.claimant.span.quote if claim.claimant else "the outlet"
            for toll in claim.tolls:
                high = "more" if toll.high is None else toll.high
                print(f"{name:8} {teller:24} {claim.stance:10} {toll.low!s:>5} to {high!s:>4}")


if __name__ == "__main__":
    main()
