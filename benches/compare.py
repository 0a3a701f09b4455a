#!/usr/bin/env python3
"""Measures vaultlint beside its peers and beside a plain read of the same files, in turn in one run.

    benches/compare.py VAULT [--vaultlint target/release/vaultlint] [--rounds 7] [--threads 2] [--json FILE]

Each round runs every tool once, so that a busy machine slows all of them alike. Printed are medians of the wall time and
of the processor time, each as a ratio to vaultlint's, and the most memory that a run took. Peers that are not installed
are left out: rumdl (`pip install rumdl`), mado (`cargo install mado`), mdroots (`cargo install mdroots-cli`).
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

READ = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith('.md'):
            with open(os.path.join(folder, name), 'rb') as note:
                note.read()
"""


def main() -> None:
    args = arguments()
    notes = [path for path in Path(args.vault).rglob("*.md") if path.is_file()]
    size = sum(path.stat().st_size for path in notes)
    tools = present(args)
    runs = {name: [] for name, _ in tools}
    for number in range(args.rounds + 1):
        for name, command in tools:
            measured = run(command, args.vault)
            if number > 0:  # the first round only warms the disk
                runs[name].append(measured)
    print(f"{len(notes)} notes, {size / 1e6:.1f} MB; {platform.machine()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}; "
          f"load {os.getloadavg()[0]:.1f}; medians of {args.rounds} rounds\n")
    table(tools, runs)
    if args.json:
        Path(args.json).write_text(json.dumps(runs, indent=1) + "\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault")
    parser.add_argument("--vaultlint", default="target/release/vaultlint", help="the binary; build it first")
    parser.add_argument("--before", help="another vaultlint binary to compare with")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, help="processor cores that every tool may use; default: all")
    parser.add_argument("--json", help="writes every single run to this file")
    args = parser.parse_args()
    if args.threads:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.threads])
    return args


def present(args: argparse.Namespace) -> list[tuple[str, list[str]]]:
    """The tools that can run here, each with its command up to the vault."""
    statistics_only = ["check", "--statistics", "--exit-zero", "--vault"]
    if not shutil.which(args.vaultlint):
        sys.exit(f"there is no `{args.vaultlint}`; build it, or name another with --vaultlint")
    tools = [("vaultlint", [os.path.abspath(shutil.which(args.vaultlint)), *statistics_only])]
    if args.before:
        tools.append(("vaultlint before", [os.path.abspath(args.before), *statistics_only]))
    for name, command in [
        ("rumdl", ["rumdl", "check", "--no-cache"]),
        ("mado", ["mado", "check"]),
        ("mdroots", ["mdroots", "check"]),
    ]:
        if shutil.which(command[0]):
            tools.append((f"{name} {version(command[0])}", command))
        else:
            print(f"not installed: {name}", file=sys.stderr)
    return [*tools, ("plain read", [sys.executable, "-c", READ])]


def version(program: str) -> str:
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return shown[-1] if shown else ""


def run(command: list[str], vault: str) -> dict[str, float]:
    """Runs a command on the vault, its output thrown away."""
    begun = time.monotonic()
    vault_last = [*command, vault] if command[-1] != "--vault" else [*command, vault, vault]
    process = subprocess.Popen(vault_last, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(vault_last)} ended with {process.returncode}")
    memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return {"wall": time.monotonic() - begun, "cpu": usage.ru_utime + usage.ru_stime, "user": usage.ru_utime, "memory": memory}


def table(tools: list[tuple[str, list[str]]], runs: dict[str, list[dict[str, float]]]) -> None:
    def median(name: str, what: str) -> float:
        return statistics.median(measured[what] for measured in runs[name])

    own = tools[0][0]
    print("| tool | wall s | vaultlint / it | processor s | vaultlint / it | peak MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, _ in tools:
        wall, cpu = median(name, "wall"), median(name, "cpu")
        memory = max(measured["memory"] for measured in runs[name])
        print(f"| {name} | {wall:.2f} | {median(own, 'wall') / wall:.2f} | {cpu:.2f} | {median(own, 'cpu') / cpu:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
