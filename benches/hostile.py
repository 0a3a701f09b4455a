#!/usr/bin/env python3
"""Looks for notes that are checked in time that grows faster than they do.

    benches/hostile.py [--vaultlint target/release/vaultlint] [--seconds 300] [--seed 1] [--pieces 10000]

Puts notes together of pieces of Markdown, many times over: one piece in each place where it may stand, then three pieces at
random until the time is over. A note that takes long is measured again at twice its length; printed are those that take
more than three times as long then, and those that end the program.
"""

import argparse
import random
import subprocess
import tempfile
import time
from pathlib import Path

PIECES = [
    "[[x|", "[[", "![[a#", "[a](", "[", "](", "`a ", "``", "```\n", "$$a", "$a ", "%%a", "<!--", "<a ", "<", "**a", "*a ", "_a ",
    "~~", "==", " ^id", "#t ", "[^1]", "[^1]: a\n\n", "{{", "<%", "a:: b ", "(a:: ", "[a:: ", "a | ", "| a | b |\n", "> ", ">",
    "(via Rob Banga ", "2025-02-3 ", "2025-13-01 ", "due: 2025-13-01\n", "- 2025-01-01: [[x]] ", "&amp;", "&#", "\\", "](<", '"',
    "[x][", "[x]: y ", "Rob Banga, ", "née ", "1:1 ", "a, ", "http://a ", "[ ] ", "- [ ] a b c\n", "1. ", "+ ", "\t", "… ", "...",
    "[[a]]", "[[a]] x ", "[[#a]] ", "[[N#a b]] ", "[[Rob Banga|Rob Poe]] ", "(", "a@", '"[[', "it's ", "-5 ", "❌ ", "e\u0301",
    "\u200b", "\r", "\n\n", "# A B\n", "## a\n\n", "--- ", "***\n", "name:: x\n", "[x](<a b>) ", "<!-- vaultlint-disable x -->",
]  # fmt: skip

PLACES = {
    "in one line": lambda piece, count: piece * count,
    "in lines": lambda piece, count: (piece + "\n") * count,
    "in items": lambda piece, count: ("- " + piece + "\n") * count,
    "in a heading": lambda piece, count: "# " + piece * count + "\n",
    "in a property": lambda piece, count: "---\na: " + piece * count + "\n---\n",
    "in properties": lambda piece, count: "---\na:\n" + ("- " + piece + "\n") * count + "---\n",
    "in a table": lambda piece, count: "| a |\n|---|\n" + ("| " + piece + " |\n") * count,
    "in quotes": lambda piece, count: ("> " + piece + "\n") * count,
}

MIXES = {
    "two by turns": lambda a, b, c, count: (a + b) * count,
    "two in a row": lambda a, b, c, count: a * count + b * count,
    "three by turns": lambda a, b, c, count: (a + b + c) * count + a * count,
    "three in lines": lambda a, b, c, count: a * count + "\n" + b * count + "\n" + c * count,
}

LONG = 0.3
TOO_LONG = 20


def main() -> None:
    args = arguments()
    end = time.monotonic() + args.seconds
    with tempfile.TemporaryDirectory() as folder:
        for name, make in shapes(args.seed):
            if time.monotonic() > end:
                break
            judge(args.vaultlint, Path(folder), name, make, args.pieces)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vaultlint", default="target/release/vaultlint")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pieces", type=int, default=10_000)
    return parser.parse_args()


def shapes(seed: int):
    """Yields shapes without end: a name, and what makes a text of so many pieces."""
    for piece in PIECES:
        for place, make in PLACES.items():
            yield f"{piece!r} {place}", lambda count, piece=piece, make=make: make(piece, count)
    rng = random.Random(seed)
    while True:
        chosen, (mix, make) = [rng.choice(PIECES) for _ in range(3)], rng.choice(list(MIXES.items()))
        yield f"{chosen!r} {mix}", lambda count, chosen=chosen, make=make: make(*chosen, count)


def judge(vaultlint: str, folder: Path, name: str, make, pieces: int) -> None:
    once, status = run(vaultlint, folder, make(pieces))
    if status not in (0, 1):
        print(f"ended with {status}: {name}", flush=True)
    elif once > LONG:
        twice, _ = run(vaultlint, folder, make(2 * pieces))
        if twice > 3 * once:
            print(f"{once:.2f} s, {twice:.2f} s at twice the length: {name}", flush=True)


def run(vaultlint: str, folder: Path, text: str) -> tuple[float, int]:
    """Checks a vault of one note; returns the seconds that it took, and the exit status: -1 for too long."""
    (folder / "N.md").write_text(text, encoding="utf-8", newline="")
    begun = time.monotonic()
    try:
        command = [vaultlint, "check", str(folder), "--no-config", "--quiet"]
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=TOO_LONG, check=False).returncode
    except subprocess.TimeoutExpired:
        status = -1
    return time.monotonic() - begun, status


if __name__ == "__main__":
    main()
