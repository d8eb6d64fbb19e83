#!/usr/bin/env python3
"""Adapter of retold for a benchmark kit of near-duplicate tools that compares whole jobs: it reads JSON Lines and writes
`id<TAB>cluster`.

    RETOLD=target/release/retold python3 benches/peer_adapter.py --docs docs.jsonl --out clusters.tsv --threads 2

Articles alone get a cluster of their own. Options that the kit passes and that mean nothing here are taken and ignored."""
import os
import sys

GROUP = b'"duplicate_group":'


def option(name, default=None):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def cluster(row):
    """Id and group of a row, cut out without parsing it: it begins with the id, and ids of the kit have no escapes."""
    name = row[7 : row.index(b'"', 7)]
    group = row[row.rindex(GROUP) + len(GROUP) :]
    return b"%s\t%s\n" % (name, name if group.startswith(b"null") else group[1 : group.index(b'"', 1)])


def main():
    run = option("--work", option("--out") + ".work") + ".run"
    retold = os.environ.get("RETOLD", "target/release/retold")
    command = [retold, "cluster", "--only", "duplicates", option("--docs"), "-o", run]
    command += ["--no-text", "--force", "-q", "-j", option("--threads", "1")]
    status = os.spawnvp(os.P_WAIT, retold, command)
    if status != 0:
        sys.exit(status)
    with open(os.path.join(run, "articles.jsonl"), "rb") as rows, open(option("--out"), "wb") as out:
        out.writelines(map(cluster, rows))


main()
