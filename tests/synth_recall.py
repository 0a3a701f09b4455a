#!/usr/bin/env python3
"""Prints how many of the defects that a generated vault is known to have vaultlint finds, by kind.

    synth_recall.py MANIFEST.json FINDINGS.json [--show N]

MANIFEST.json   what the generator of the vault wrote: {"defects": [{"file", "byte_start", "byte_end", "kind", …}],
                "decoys": [the same without "kind"]}; offsets are bytes of the file
FINDINGS.json   the output of `vaultlint check VAULT --output-format json`

A defect is found when a finding of a rule for its kind marks exactly its bytes, as primary or related place (of a link: its
target or the part from `#` on, since findings leave the brackets out); `near` counts those that are marked on their line by
such a rule, though not exactly. A finding at warning or error on a line that has no
defect, and whose related places have none, is false; one on a decoy certainly is.
"""
import argparse
import collections
import json

# Which rules may report which kind of defect.
RULES = {
    "broken-link": {"broken-wikilink", "planned-note"},
    "broken-link-typo": {"broken-wikilink", "planned-note"},
    "truncated-link": {"broken-wikilink", "planned-note"},
    "broken-heading": {"broken-heading"},
    "broken-block": {"broken-block-id"},
    "broken-embed": {"broken-embed"},
    "name-mismatch": {"title-mismatch"},
    "heading-mismatch": {"title-mismatch"},
    "conflicting-fact": {"conflicting-property"},
    "duplicate-fact": {"duplicate-fact"},
    "duplicate-fact-near": {"duplicate-fact", "restated-fact"},
    "duplicate-link": {"duplicate-fact"},
    "fm-unquoted-colon": {"malformed-frontmatter"},
    "fm-bad-start": {"malformed-frontmatter"},
    "fm-unclosed-quote": {"malformed-frontmatter"},
    "fm-tab-indent": {"malformed-frontmatter"},
    "fm-duplicate-key": {"duplicate-property"},
    "fm-unclosed": {"malformed-frontmatter"},
    "unknown-date": {"unknown-date"},
    "unknown-item-date": {"unknown-date"},
    "invalid-date": {"impossible-date"},
    "date-mismatch": {"mismatched-date"},
    "stale-last-contact": {"stale-date"},
}


def places(finding):
    """All marked places of a finding as (file, start, end, line)."""
    for place in [finding, *finding["related"]]:
        span = place["span"]
        yield place["path"], span["start"]["offset"], span["end"]["offset"], span["start"]["line"]


def spans(defect):
    """The bytes that a finding may mark: those of the manifest, and of a link the target and its subpath."""
    start, end, text = defect["byte_start"], defect["byte_end"], defect["text"].encode()
    yield start, end
    opening = next((mark for mark in (b"![[", b"[[") if text.startswith(mark)), None)
    if opening:
        start, end = start + len(opening), end - 2
        yield start, end
        target = text[len(opening) : -2]
        if b"#" in target:
            yield start + target.index(b"#"), end
            yield start + target.index(b"#") + 1, end


def count(defects, findings):
    """Per kind: how many there are, how many are marked exactly, how many on their line; and the missed ones."""
    exact, by_line = collections.defaultdict(set), collections.defaultdict(set)
    for finding in findings:
        for path, start, end, line in places(finding):
            exact[path, start, end].add(finding["rule"])
            by_line[path, line].add(finding["rule"])
    table, missed = collections.defaultdict(lambda: [0, 0, 0]), []
    for defect in defects:
        row, rules = table[defect["kind"]], RULES.get(defect["kind"], set())
        row[0] += 1
        if any(exact[defect["file"], start, end] & rules for start, end in spans(defect)):
            row[1] += 1
        elif by_line[defect["file"], defect["line"]] & rules:
            row[2] += 1
            missed.append(("near", defect))
        else:
            missed.append(("missed", defect))
    return table, missed


def false_findings(manifest, findings):
    """Findings at warning or above that touch no defect, and those of them that stand on a decoy."""
    lines = {(defect["file"], defect["line"]) for defect in manifest["defects"]}
    # A repeated statement is a finding at either of the two.
    lines |= {(d["file"], d["first_line"]) for d in manifest["defects"] if "first_line" in d}
    decoys = [(decoy["file"], decoy["byte_start"], decoy["byte_end"]) for decoy in manifest["decoys"]]
    by_file = collections.defaultdict(list)
    for path, start, end in decoys:
        by_file[path].append((start, end))
    false, on_decoy = [], []
    for finding in findings:
        path, start, end, _ = next(places(finding))
        if finding["severity"] != "info" and any(s < end and start < e for s, e in by_file[path]):
            on_decoy.append(finding)
        heavy = finding["severity"] in ("warning", "error")
        if heavy and not any((place[0], place[3]) in lines for place in places(finding)):
            false.append(finding)
    return false, on_decoy


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest")
    parser.add_argument("findings")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list up to N missed defects and N false findings")
    arguments = parser.parse_args()
    with open(arguments.manifest, encoding="utf-8") as file:
        manifest = json.load(file)
    with open(arguments.findings, encoding="utf-8") as file:
        findings = json.load(file)["diagnostics"]
    table, missed = count(manifest["defects"], findings)
    print(f"{'kind':22} {'defects':>8} {'exact':>6} {'near':>6} {'recall':>7}")
    for kind, (total, exact, near) in sorted(table.items()):
        print(f"{kind:22} {total:8} {exact:6} {near:6} {exact / total:7.2f}")
    false, on_decoy = false_findings(manifest, findings)
    by_rule = collections.Counter(finding["rule"] for finding in false)
    print(f"false at warning or error: {len(false)}  {dict(sorted(by_rule.items()))}")
    print(f"on decoys: {len(on_decoy)}")
    for what, defect in missed[: arguments.show]:
        print(f"{what}: {defect['kind']} {defect['file']}:{defect['line']} {defect['text']}")
    for finding in false[: arguments.show]:
        print(f"false: {finding['path']}:{finding['span']['start']['line']} [{finding['rule']}] {finding['message']}")


if __name__ == "__main__":
    main()
