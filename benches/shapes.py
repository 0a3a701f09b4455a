#!/usr/bin/env python3
"""Measures vaultlint on vaults of unusual shape, each beside the same bytes spread evenly.

    benches/shapes.py [--vaultlint target/release/vaultlint] [--rounds 7]

Makes the vaults in a temporary folder (about 1 GB on disk, most of it the blocks of small files), runs both of a pair in
turn, and prints medians of the wall time and of the processor time, and their ratio.
"""

import argparse
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

MANY = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vaultlint", default="target/release/vaultlint")
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, shape, even in pairs(Path(folder)):
            runs = [[], []]
            for _ in range(args.rounds):
                for vault, measured in zip((shape, even), runs):
                    measured.append(run(args.vaultlint, vault))
            report(name, *runs)


def pairs(folder: Path):
    """Yields each shape by name, the folder of its vault, and that of the even one."""
    words = invented_words()
    lines = [sentence(words) for _ in range(850_000)]
    yield "a note of 50 MB", vault(folder, "large", [lines]), vault(folder, "small", parts(lines, 5_000))
    notes = [f"{word} {index}" for index, word in enumerate(words[:1_000])]
    links = [f"See [[{notes[index % 1_000]}]] about {words[index % 20_000]} {index}." for index in range(MANY)]
    linked = [[f"# {name}"] for name in notes]
    yield (
        "a note with 100,000 links",
        vault(folder, "links", [*linked, links], notes),
        vault(folder, "few-links", [*linked, *parts(links, 1_000)], notes),
    )
    broken = [f"See [[gone {index}]] about {words[index % 20_000]}." for index in range(MANY)]
    yield "100,000 findings in one note", vault(folder, "broken", [broken]), vault(folder, "few", parts(broken, 1_000))
    chain = [[f"See [[n{index * 7 % MANY}]] about {words[index % 20_000]}."] for index in range(MANY)]
    spread = vault(folder, "folders", chain, folders=1_000)
    yield "100,000 notes in one folder", vault(folder, "folder", chain), spread
    star = [[f"See [[n0]] about {words[index % 20_000]}."] for index in range(MANY)]
    yield "100,000 notes that link to one", vault(folder, "star", star, folders=1_000), spread


def invented_words() -> list[str]:
    rng = random.Random(1)
    syllables = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]
    return ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(20_000)]


def sentence(words: list[str], rng=random.Random(2)) -> str:
    return " ".join(rng.choices(words, k=rng.randint(5, 12))).capitalize() + "."


def parts(lines: list[str], count: int) -> list[list[str]]:
    return [lines[index::count] for index in range(count)]


def vault(folder: Path, name: str, notes: list[list[str]], names=(), folders: int = 1) -> Path:
    """Writes a vault of notes, each given as its paragraphs, and returns its folder."""
    root = folder / name
    (root / ".obsidian").mkdir(parents=True)
    for index, lines in enumerate(notes):
        place = root / (f"f{index % folders}" if folders > 1 else "")
        place.mkdir(exist_ok=True)
        stem = names[index] if index < len(names) else f"n{index}"
        (place / f"{stem}.md").write_text("\n\n".join(lines) + "\n")
    return root


def run(vaultlint: str, vault: Path) -> tuple[float, float]:
    command = [vaultlint, "check", "--vault", str(vault), "--output-format", "concise", "--quiet", "--threads", "2"]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime


def report(name: str, shape, even) -> None:
    def median(runs, index):
        return statistics.median(run[index] for run in runs)

    wall, cpu = (median(shape, index) / median(even, index) for index in (0, 1))
    print(f"{name:32} {median(shape, 0):6.2f} s, {median(shape, 1):6.2f} s cpu; ", end="")
    print(f"even {median(even, 0):6.2f} s, {median(even, 1):6.2f} s cpu; ratio {wall:.2f}, cpu {cpu:.2f}", flush=True)


if __name__ == "__main__":
    main()
