"""Fits `likeness.tsv`, what each part of the likeness of two sentences counts for. See README.md.

    python3 fit_likeness.py GOLD_FOLDER WORK_FOLDER [--reader COMMAND] [--no-model]

GOLD_FOLDER: `ecbplus`, `allsides`, `mlqe-pe`, `mt-demetr` as described in README.md. Needs `numpy`. The reader writes the measures
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
TRANSLATIONS = {"none": 0.9, "minor": 0.85, "major": 0.75, "critical": 0.65}
SHARE = {"ecbplus": 3.0, "allsides": 1.0, "mlqe-pe": 1.0, "mt-demetr": 1.0}  # of each set in the whole
RIDGE = 1e-4
# A part may only count for what its name says: more shared is never less alike.
FALLING = {"left over in all", "names apart", "numbers apart", "negation"}


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


def mlqe(gold, rnd):
    """A machine's translation against its correction: the more had to be corrected, the less they are alike."""
    for row in rows(gold / "mlqe-pe/mlqe.jsonl.gz"):
        y = max(0.1, 1.0 - 0.8 * min(float(row["hter"]), 1.0))
        yield {"group": f'mlqe{row["id"]}', "y": y, "n": row["da_mean"], "a": row["text"], "b": row["post_edit"]}


def demetr(gold, rnd):
    """A person's translation against a machine's, right and with one planted error."""
    severity = {}
    for kind, told in json.loads((gold / "mt-demetr/kinds.json").read_text(encoding="utf-8")).items():
        severity[kind] = told["severity"]
    for row in rows(gold / "mt-demetr/demetr.jsonl.gz"):
        group = f'demetr{row["id"]}'
        yield {"group": group, "y": TRANSLATIONS["none"], "n": 0, "a": row["ref"], "b": row["mt"]}
        for kind, text in rnd.sample(sorted(row["pert"].items()), min(4, len(row["pert"]))):
            if severity.get(kind) in TRANSLATIONS and isinstance(text, str):
                yield {"group": group, "y": TRANSLATIONS[severity[kind]], "n": 1, "a": row["ref"], "b": text}


def read(gold):
    pairs = []
    for name, source in (("ecbplus", ecbplus), ("allsides", allsides), ("mlqe-pe", mlqe), ("mt-demetr", demetr)):
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


def fitted(x, y, weights, signs):
    """Logistic regression on graded labels, each weight of its sign or 0: Newton steps, each by coordinate descent."""
    x = numpy.hstack([x, numpy.ones((len(x), 1))])
    signs = numpy.append(signs, 0.0)
    ridge = numpy.full(x.shape[1], RIDGE * weights.sum())
    ridge[-1] = 0.0
    beta = numpy.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + numpy.exp(-x @ beta))
        slope = x.T @ (weights * (p - y)) + ridge * beta
        curve = (x * (weights * p * (1.0 - p))[:, None]).T @ x + numpy.diag(ridge + 1e-9)
        step = numpy.zeros_like(beta)
        for _ in range(300):
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
    mlqe = of("mlqe-pe")
    y = numpy.array([pair["y"] for pair in pairs])
    return (f"ecbplus {auc(scores[ecb], n[ecb] > 0):.4f}, three or more {auc(scores[clear], n[clear] > 0):.4f}; "
            f"allsides {auc(scores[of('allsides')], n[of('allsides')] > 0):.4f}; mlqe-pe {numpy.corrcoef(scores[mlqe], y[mlqe])[0, 1]:.4f}")


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
