"""Group the claims of the shipped sample into incidents and show which of them are contested.

python examples/group_incidents.py
"""

from importlib import resources

from reportedly import load_reader
from reportedly.model import Rejected
from reportedly.pipeline import facts_of, load_grouper, read_documents


def main() -> None:
    """Read the sample, group across documents, print one line an incident."""
    reader, grouper = load_reader(), load_grouper()
    claims, facts = [], {}
    for document in read_documents([str(resources.files("reportedly") / "sample")]):
        if isinstance(document, Rejected):
            print(f"not read: {document.where}: {document.reason}")
            continue
        claims += reader.extract(document).claims
        facts[document.id] = facts_of(document)
    by_id = {claim.id: claim for claim in claims}
    for incident in grouper.cluster(claims, facts, ()):
        record = grouper.summarise(incident, [by_id[one] for one in incident.claims], facts)
        print(f"{record.status:10} {record.title} ({len(record.documents)} reports, {record.origins} origins)")


if __name__ == "__main__":
    main()
