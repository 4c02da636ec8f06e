"""Decide through the desk's API: start a desk on the sample, accept the most doubtful claim, take it back.

python examples/desk_client.py
"""

import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PROGRAM = [sys.executable, "-m", "reportedly"]


def ask(url: str, token: str = "", **body: object) -> dict:
    """Get JSON from the desk; with a body, write a decision with the run's token."""
    data = json.dumps(body).encode() if token else None
    head = {"Content-Type": "application/json", "X-Desk-Token": token} if token else {"Accept": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url, data, head), timeout=60) as answer:
        return json.load(answer)


def token_of(desk: str) -> str:
    """Read this run's token off the first page, as a page's script does."""
    for _ in range(120):
        try:
            page = urllib.request.urlopen(desk, timeout=60).read().decode()
            return re.search(r'name="desk-token" content="([^"]+)"', page)[1]
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the desk did not start")


def main() -> None:
    """Show what waits for a decision, decide, and undo."""
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([*PROGRAM, "demo", work, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        command = [*PROGRAM, "serve", str(Path(work) / "demo.case"), "--no-browser", "--who", "example"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            desk = running.stdout.readline().strip()
            token = token_of(desk)
            first = ask(f"{desk}index.json?limit=1")["items"][0]
            print(f"doubt {first['doubt']}: {first['claim']['event_type']}, {'; '.join(first['reasons'])}")
            done = ask(f"{desk}api/claims/{first['claim']['id']}/accept", token, why="read it twice")
            print(f"accepted: entry {done['entries'][0]} of the ledger")
            print(f"taken back: entry {ask(f'{desk}api/undo', token, who='example')['entry']}")
            running.terminate()


if __name__ == "__main__":
    main()
