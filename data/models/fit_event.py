"""Fits `event.tsv` and `event_overview.tsv`, what tells whether two texts report one event. See README.md.

    python3 fit_event.py GOLD_FOLDER WORK_FOLDER [--reader COMMAND] [--no-model]

GOLD_FOLDER: `ecbplus`, `allsides`, `semeval22` as described in README.md. Needs `numpy`. The reader writes the parts of pairs; by
default it is `cargo bench --bench event_parts --` of this repository. Prints what a model knows of topics and stories that it was not
fitted on: cross-validation, all pairs of a topic or story in one part."""
import argparse
import collections
import hashlib
import json
import pathlib
import random
import shlex
import subprocess

import numpy

from fit_likeness import auc, fitted, rows

HERE = pathlib.Path(__file__).resolve().parent
PARTS = 5
RIDGE = 0.02
OVERVIEW = 9  # the first columns, which need no look at sentences, get a model of their own
SHARE = {"ecbplus": 1.0, "allsides": 1.0, "semeval22": 0.5}  # of each set in the whole
# A part may only count for what its name says: more shared is never less one event. Long texts share more by chance.
FALLING = {"names differ", "figures differ", "dates differ", "length"}


def whole(row):
    return "\n".join(row[k] for k in ("title", "text") if row.get(k))


def ecbplus(gold, rnd):
    """Articles on one event; as many of its sister event, half as many of other topics."""
    topics = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows(gold / "ecbplus/articles.jsonl.gz"):
        topics[row["topic"]][row["story"]].append(row)
    everything = [row for stories in topics.values() for some in stories.values() for row in some]
    for topic, stories in sorted(topics.items()):
        pairs = [(a, b) for some in stories.values() for i, a in enumerate(some) for b in some[i + 1:]]
        for a, b in rnd.sample(pairs, min(60, len(pairs))):
            yield f"ecb{topic}", True, whole(a), whole(b)
        for n in range(90):
            one = rnd.choice(sorted(stories))
            a = rnd.choice(stories[one])
            sisters = [row for story, some in sorted(stories.items()) if story != one for row in some]
            b = rnd.choice(sisters if n < 60 and sisters else [row for row in everything if row["topic"] != topic])
            yield f"ecb{topic}", False, whole(a), whole(b)


def allsides(gold, rnd):
    """Headlines and openings of one event against those of others."""
    stories = collections.defaultdict(list)
    for row in rows(gold / "allsides/leads.jsonl.gz"):
        if row["text"]:
            stories[row["story"]].append(row)
    everything = [row for _, some in sorted(stories.items()) for row in some]
    for story, some in rnd.sample(sorted(stories.items()), 700):
        if len(some) > 1:
            a, b = rnd.sample(some, 2)
            yield story, True, whole(a), whole(b)
        a, b = rnd.choice(some), rnd.choice(everything)
        if a["group"] != b["group"]:
            yield story, False, whole(a), whole(b)


def semeval(gold, _):
    for row in rows(gold / "semeval22/pairs.jsonl"):
        if not 1.75 < row["overall"] < 2.5:
            yield row["id"], row["overall"] <= 1.75, row["text_a"], row["text_b"]


def measured(pairs, reader, work):
    """A row of parts for each pair, and the names of the columns."""
    with open(work / "events.jsonl", "w", encoding="utf-8") as out:
        for _, _, _, a, b in pairs:
            out.write(json.dumps({"a": a, "b": b}) + "\n")
    said = subprocess.run([*reader, work / "events.jsonl", work / "events.f32"], check=True, cwd=HERE, stdout=subprocess.PIPE, text=True)
    names = said.stdout.strip().split("\t")
    return numpy.fromfile(work / "events.f32", dtype="<f4").reshape(len(pairs), len(names)).astype(float), names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--reader", default="cargo bench --bench event_parts --")
    parser.add_argument("--no-model", action="store_true")
    args = parser.parse_args()
    args.work = args.work.resolve()
    args.work.mkdir(parents=True, exist_ok=True)
    sources = (("ecbplus", ecbplus), ("allsides", allsides), ("semeval22", semeval))
    pairs = [(name, *pair) for name, source in sources for pair in source(args.gold, random.Random(name))]
    x, names = measured(pairs, shlex.split(args.reader), args.work)
    y = numpy.array([pair[2] for pair in pairs], float)
    sets = numpy.array([pair[0] for pair in pairs])
    counts = collections.Counter(pair[0] for pair in pairs)
    weights = numpy.array([SHARE[name] / counts[name] for name in sets]) * 1000.0
    signs = numpy.array([-1.0 if name in FALLING else 1.0 for name in names])
    parts = numpy.array([int(hashlib.md5(pair[1].encode()).hexdigest(), 16) % PARTS for pair in pairs])
    for file, columns in (("event.tsv", len(names)), ("event_overview.tsv", OVERVIEW)):
        fit(HERE / file, x[:, :columns], names[:columns], y, sets, weights, signs[:columns], parts, not args.no_model)


def fit(file, x, names, y, sets, weights, signs, parts, is_wanted):
    """Fits a model of these columns, prints what it knows of what it was not fitted on, and writes it if that is wanted."""
    unseen = numpy.zeros(len(x))
    for part in range(PARTS):
        known = parts != part
        beta = fitted(x[known], y[known], weights[known], signs, RIDGE)
        unseen[~known] = x[~known] @ beta[:-1] + beta[-1]
    print(file.name)
    for name in SHARE:
        some = sets == name
        right = ((unseen > 0) == (y > 0))[some].mean()
        print(f"unseen, {name}: {some.sum()} pairs, AUC {auc(unseen[some], y[some] > 0):.4f}, right {right:.4f}")
    beta = fitted(x, y, weights, signs, RIDGE)
    for name, weight in zip([*names, "start"], beta):
        print(f"{weight:8.3f}  {name}")
    if is_wanted:
        head = "# Weights of what tells one event from another, made by fit_event.py; see README.md.\n"
        lines = (f"{name}\t{weight:.3f}\n" for name, weight in zip([*names, "start"], beta))
        file.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
