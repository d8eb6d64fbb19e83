"""Fits `likeness.tsv`, what each part of the likeness of two sentences counts for. See README.md.

    python3 fit_likeness.py GOLD_FOLDER WORK_FOLDER [--reader COMMAND] [--no-model]

GOLD_FOLDER: `ecbplus`, `allsides`, `mt-demetr` as described in README.md. Needs `numpy`. The reader writes the measures
of pairs; by default it is `cargo bench --bench sentence_parts --` of this repository. Prints what a model knows of topics and stories
that it was not fitted on: cross-validation, all pairs of a topic or story in one part."""
import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import random
import shlex
import subprocess

import numpy

HERE = pathlib.Path(__file__).resolve().parent
PARTS = 5
# How much alike two sentences are, by what the sets say of them; by reason, not fitted.
SAME_EVENT, TOUCHED, SAME_STORY, SISTER = 0.6, 0.35, 0.12, 0.05
TITLES = 0.4
RIGHT, DAMAGED, CONTRARY = 0.9, {"minor": 0.85, "major": 0.7, "critical": 0.6}, 0.25
CHANGES = ("number", "ne_replaced", "negation", "antonym")  # damage after which another thing is said
SHARE = {"ecbplus": 2.0, "allsides": 1.0, "mt-demetr": 8.0}  # of each set in the whole
RIDGE = 0.15  # strong, so that measures of much the same thing share the weight
# A part may only count for what its name says: more shared is never less alike.
FALLING = {"names apart", "numbers apart", "negation", "opposites"}


def rows(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")) as lines:
        yield from map(json.loads, lines)


def ecbplus(gold, rnd):
    """Annotated sentences of articles on one event; of its sister event, as many again."""
    segs, topics = {}, collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows(gold / "ecbplus/articles.jsonl.gz"):
        segs[row["id"]] = row["segs"]
    annotated = collections.defaultdict(set)
    for row in rows(gold / "ecbplus/sentence_links.jsonl"):
        topic = row["story"].split(".")[1]
        told = {(i, j): n + m for i, j, n, m in row["links"]}
        for side in "ab":
            annotated[row["story"]].update((row[side], i) for i in row[side + "_sents"])
        for i in row["a_sents"]:
            for j in row["b_sents"]:
                n = told.get((i, j), 0)
                y = SAME_EVENT if n >= 3 else TOUCHED if n else SAME_STORY
                yield {"group": f"ecb{topic}", "y": y, "n": n, "a": segs[row["a"]][i], "b": segs[row["b"]][j]}
    for story in sorted(annotated):
        topics[story.split(".")[1]][story] = sorted(annotated[story])
    for topic, stories in sorted(topics.items()):
        if len(stories) == 2:
            one, other = (stories[story] for story in sorted(stories))
            for _ in range(300):
                (a, i), (b, j) = rnd.choice(one), rnd.choice(other)
                yield {"group": f"ecb{topic}", "y": SISTER, "n": 0, "a": segs[a][i], "b": segs[b][j]}


def allsides(gold, rnd):
    """Headlines of one event against headlines of others."""
    stories = collections.defaultdict(list)
    for row in rows(gold / "allsides/leads.jsonl.gz"):
        if row["title"]:
            stories[row["story"]].append(row["title"])
    titles = sorted((story, title) for story, some in stories.items() for title in some)
    for story, some in sorted(stories.items()):
        for i, a in enumerate(some):
            for b in some[i + 1:]:
                if a != b:
                    yield {"group": story, "y": TITLES, "n": 1, "a": a, "b": b}
            other, b = rnd.choice(titles)
            if other != story:
                yield {"group": story, "y": 0.0, "n": 0, "a": a, "b": b}


def demetr(gold, rnd):
    """A person's translation against a machine's, right and with one planted error."""
    kinds = json.loads((gold / "mt-demetr/kinds.json").read_text(encoding="utf-8"))
    for row in rows(gold / "mt-demetr/demetr.jsonl.gz"):
        group = f'demetr{row["id"]}'
        yield {"group": group, "y": RIGHT, "n": 0, "a": row["ref"], "b": row["mt"]}
        for kind, text in sorted(row["pert"].items()):
            if kind in kinds and isinstance(text, str):
                y = CONTRARY if any(change in kind for change in CHANGES) else DAMAGED[kinds[kind]["severity"]]
                yield {"group": group, "y": y, "n": 1, "a": row["ref"], "b": text}


def read(gold):
    pairs = []
    for name, source in (("ecbplus", ecbplus), ("allsides", allsides), ("mt-demetr", demetr)):
        pairs += [{"set": name, **pair} for pair in source(gold, random.Random(name)) if pair["a"].strip() and pair["b"].strip()]
    for pair in pairs:
        pair["part"] = int(hashlib.md5(pair["group"].encode()).hexdigest(), 16) % PARTS
    return pairs


def measured(pairs, reader, work):
    """A row of measures for each pair, and the names of the columns."""
    with open(work / "sentences.jsonl", "w", encoding="utf-8") as out:
        for pair in pairs:
            out.write(json.dumps({"a": pair["a"], "b": pair["b"]}) + "\n")
    said = subprocess.run([*reader, work / "sentences.jsonl", work / "sentences.f32"], check=True, cwd=HERE, stdout=subprocess.PIPE, text=True)
    names = said.stdout.strip().split("\t")
    return numpy.fromfile(work / "sentences.f32", dtype="<f4").reshape(len(pairs), len(names)).astype(float), names


def fitted(x, y, weights, signs, strength=RIDGE):
    """Logistic regression on graded labels, each weight of its sign or 0: Newton steps, each by coordinate descent."""
    ridge = numpy.append(strength * weights.sum() * x.std(axis=0) ** 2, 0.0)
    x = numpy.hstack([x, numpy.ones((len(x), 1))])
    signs = numpy.append(signs, 0.0)
    beta = numpy.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + numpy.exp(-x @ beta))
        slope = x.T @ (weights * (p - y)) + ridge * beta
        curve = (x * (weights * p * (1.0 - p))[:, None]).T @ x + numpy.diag(ridge + 1e-9)
        step = numpy.zeros_like(beta)
        for _ in range(200):
            for k in range(len(beta)):
                value = beta[k] + step[k] - (slope[k] + curve[k] @ step) / curve[k, k]
                step[k] = (value if signs[k] * value >= 0.0 else 0.0) - beta[k]
        beta = beta + step
        if numpy.abs(step).max() < 1e-6:
            break
    return beta


def auc(scores, labels):
    order = numpy.argsort(scores, kind="stable")
    ranks = numpy.empty(len(scores))
    values = scores[order]
    _, first, count = numpy.unique(values, return_index=True, return_counts=True)
    ranks[order] = numpy.repeat(first + (count + 1) / 2.0, count)
    labels = numpy.asarray(labels, bool)
    good = labels.sum()
    return (ranks[labels].sum() - good * (good + 1) / 2.0) / (good * (len(labels) - good))


def measures(pairs, scores):
    of = lambda name: numpy.array([pair["set"] == name for pair in pairs])
    n = numpy.array([pair["n"] for pair in pairs], float)
    ecb = of("ecbplus") & numpy.array([pair["y"] != SISTER for pair in pairs])
    clear = ecb & ((n == 0) | (n >= 3))
    return (f"ecbplus {auc(scores[ecb], n[ecb] > 0):.4f}, three or more {auc(scores[clear], n[clear] > 0):.4f}; "
            f"allsides {auc(scores[of('allsides')], n[of('allsides')] > 0):.4f}; demetr, right one higher {better(pairs, scores):.4f}")


def better(pairs, scores):
    """Share of damaged translations that score less than the right one."""
    right = {pair["group"]: score for pair, score in zip(pairs, scores) if pair["set"] == "mt-demetr" and not pair["n"]}
    told = [score < right[pair["group"]] for pair, score in zip(pairs, scores) if pair["set"] == "mt-demetr" and pair["n"]]
    return numpy.mean(told)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--reader", default="cargo bench --bench sentence_parts --")
    parser.add_argument("--no-model", action="store_true")
    args = parser.parse_args()
    args.work = args.work.resolve()
    args.work.mkdir(parents=True, exist_ok=True)
    pairs = read(args.gold)
    x, names = measured(pairs, shlex.split(args.reader), args.work)
    y = numpy.array([pair["y"] for pair in pairs])
    counts = collections.Counter(pair["set"] for pair in pairs)
    weights = numpy.array([SHARE[pair["set"]] / counts[pair["set"]] for pair in pairs]) * 1000.0
    signs = numpy.array([-1.0 if name in FALLING else 1.0 for name in names])
    parts = numpy.array([pair["part"] for pair in pairs])
    unseen = numpy.zeros(len(pairs))
    for part in range(PARTS):
        known = parts != part
        beta = fitted(x[known], y[known], weights[known], signs)
        unseen[~known] = x[~known] @ beta[:-1] + beta[-1]
    print("unseen:", measures(pairs, unseen))
    beta = fitted(x, y, weights, signs)
    print("all:", measures(pairs, x @ beta[:-1] + beta[-1]))
    for name, weight in zip([*names, "start"], beta):
        print(f"{weight:8.3f}  {name}")
    if not args.no_model:
        head = "# Weights of the parts of the likeness of two sentences, made by fit_likeness.py; see README.md.\n"
        lines = (f"{name}\t{weight:.3f}\n" for name, weight in zip([*names, "start"], beta))
        (HERE / "likeness.tsv").write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
