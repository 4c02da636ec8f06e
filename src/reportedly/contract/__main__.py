"""Print the schema: `python -m reportedly.contract > docs/reference/contract.schema.json`."""

from __future__ import annotations

import json
import sys

from reportedly.contract.schema import schema

if __name__ == "__main__":
    sys.stdout.write(json.dumps(schema(), indent=2, sort_keys=True) + "\n")
