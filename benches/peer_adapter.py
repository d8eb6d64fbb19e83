#!/usr/bin/env python3
"""Adapter of retold for a benchmark kit of near-duplicate tools that compares whole jobs: it reads JSON Lines and writes
`id<TAB>cluster`.

    RETOLD=target/release/retold python3 benches/peer_adapter.py --docs docs.jsonl --out clusters.tsv --threads 2

Articles alone get a cluster of their own. Options that the kit passes and that mean nothing here are taken and ignored."""
import os
import subprocess
import sys


def option(name, default=None):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def field(line, name):
    """A string or null of a row, cut out without parsing the row: ids of the kit have no escapes."""
    start = line.index('"' + name + '":') + len(name) + 3
    return None if line.startswith("null", start) else line[start + 1 : line.index('"', start + 1)]


def main():
    run = option("--work", option("--out") + ".work") + ".run"
    command = [os.environ.get("RETOLD", "target/release/retold"), "cluster", "--only", "duplicates", option("--docs"), "-o", run]
    subprocess.run([*command, "--no-text", "--force", "-q", "-j", option("--threads", "1")], check=True)
    with open(os.path.join(run, "articles.jsonl"), encoding="utf-8") as rows, open(option("--out"), "w") as out:
        for line in rows:
            name = field(line, "id")
            out.write(f"{name}\t{field(line, 'duplicate_group') or name}\n")


main()
