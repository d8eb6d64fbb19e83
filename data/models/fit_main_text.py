"""Fits `main_text.txt`, the trees that say which blocks of a page are its main text. See README.md.

    python3 fit_main_text.py PAGES.jsonl.gz WORK_FOLDER [--reader COMMAND] [--rounds N] [--no-model]

PAGES: a record a page: `id`, `url`, `set`, `html` or `html_base64`, and `text` (the whole main text) or `with` and `without`
(passages that are in it, or not). Needs `lightgbm` and `numpy`. The reader gives the blocks and features of pages; by default
it is `cargo bench --bench html_blocks --` of this repository. Prints what a model knows of sites it has not seen: cross-validation,
all pages of a domain in one part; then the same by halves of the domains."""
import argparse
import base64
import collections
import gzip
import hashlib
import json
import pathlib
import random
import re
import shlex
import subprocess
import urllib.parse

import lightgbm
import numpy

import invented_pages

HERE = pathlib.Path(__file__).resolve().parent
PARTS = 4
INVENTED = 60  # invented pages in each part
PASSAGE = 0.06  # weight of a block decided by a passage; a block with a third of the text's words has as much
TREES = dict(objective="binary", learning_rate=0.08, num_leaves=15, extra_trees=True, feature_fraction=0.5, bagging_fraction=0.8,
             bagging_freq=1, lambda_l2=20.0, min_sum_hessian_in_leaf=10.0, min_data_in_leaf=40, max_bin=127, verbose=-1, seed=7,
             deterministic=True, num_threads=2)
words = re.compile(r"\w+").findall


def html_of(row):
    if "html" in row:
        return row["html"]
    raw = base64.b64decode(row["html_base64"])
    said = re.search(rb"charset=[\"']?([\w-]+)", raw[:3000])
    try:
        return raw.decode(said.group(1).decode() if said else "cp1252", "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")


def domain(url):
    """What belongs to one publisher: the last two labels of the host, three under `co.uk` and its like; hosts of blogs count by blog."""
    host = urllib.parse.urlsplit(url).netloc.lower()
    labels = 3 if re.search(r"\.(co|com|org|gov|ac|net|edu)\.\w\w$", host) else 2
    short = ".".join(host.split(".")[-labels:])
    return host if short in ("blogspot.com", "wordpress.com") else url if short == "medium.com" else short


def read(path):
    pages = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if "text" in row or "with" in row:
                part = int(hashlib.md5(domain(row["url"]).encode()).hexdigest(), 16) % PARTS
                pages.append({"id": row["id"], "set": row["set"], "part": part, "html": html_of(row), **{k: row[k] for k in ("text", "with", "without") if k in row}})
    return pages + [page for part in range(PARTS) for page in invented(pages, part)]


def invented(pages, part):
    """Pages made of texts of the same part."""
    rnd = random.Random(part)
    texts = [[line.strip() for line in p["text"].split("\n") if len(line.strip()) > 25] for p in pages if p["part"] == part and "text" in p]
    texts = [text for text in texts if len(text) > 1]
    names = ["Ann Miller", "Tom Berg", "Jana Kovač", "Luis Ortega", "Marie Dubois", "Олег Панов", "K. Ito", "Sam Reed"]
    for number in range(INVENTED):
        html, text = invented_pages.page(rnd, rnd.sample(texts, min(12, len(texts))), names)
        yield {"id": f"invented-{part}-{number}", "set": "invented", "part": part, "html": html, "text": text}


def rows(pages, reader, work):
    with open(work / "pages.jsonl", "w", encoding="utf-8") as out:
        for page in pages:
            out.write(json.dumps({"id": page["id"], "html": page["html"]}) + "\n")
    subprocess.run([*reader, work / "pages.jsonl", work / "blocks.f32", work / "blocks.jsonl"], check=True, cwd=HERE)
    blocks = [json.loads(line)["blocks"] for line in open(work / "blocks.jsonl", encoding="utf-8")]
    return blocks, numpy.fromfile(work / "blocks.f32", dtype="<f4").reshape(sum(map(len, blocks)), -1)


def labels(page, blocks):
    """For each block: whether it is text, and what that is worth to know, by its share of the text's words."""
    return whole(page["text"], blocks) if "text" in page else passages(page, blocks)


def whole(text, blocks):
    told = words(text)
    runs = {n: set(zip(*(told[i:] for i in range(n)))) for n in (2, 3, 4)}
    lines = {" ".join(words(line)) for line in text.split("\n")}
    running, seen = " ".join(told), collections.Counter()
    found, weights = numpy.zeros(len(blocks)), numpy.zeros(len(blocks))
    split = [words(block) for block in blocks]
    for i, own in enumerate(split):
        if not own:
            continue
        if len(own) >= 8:
            is_text = numpy.mean([run in runs[4] for run in zip(*(own[k:] for k in range(4)))]) >= 0.5
        else:
            # A short block is text if it stands there as a line, or with the words that come before or after it.
            before = next((b for b in reversed(split[max(0, i - 3):i]) if b), [])
            after = next((b for b in split[i + 1:i + 4] if b), [])
            inner = own[0] in told and all(run in runs[2] for run in zip(own, own[1:])) and all(run in runs[3] for run in zip(own, own[1:], own[2:]))
            joined = (len(before) > 1 and tuple((before[-2:] + own)[:4]) in runs[4]) or (bool(after) and tuple((own + after[:3])[-4:]) in runs[4])
            is_text = inner and (joined or " ".join(own) in lines)
        weight = min((len(own) + 1) / max(len(told), 100), 0.5)
        if is_text and len(own) >= 6:  # the second time it is not
            line = " ".join(own)
            seen[line] += 1
            if seen[line] > max(1, running.count(line)):
                is_text, weight = False, weight / 5
        # The root, so that a page is not learned from its longest paragraphs alone.
        found[i], weights[i] = is_text, weight**0.5 / 10
    return found, weights


def passages(page, blocks):
    found, weights = numpy.zeros(len(blocks)), numpy.zeros(len(blocks))
    for i, block in enumerate(" ".join(block.split()) for block in blocks):
        for name, is_text in (("with", 1), ("without", 0)):
            if any(" ".join(passage.split()) in block for passage in page.get(name, ())):
                found[i], weights[i] = is_text, PASSAGE
    return found, weights


def text_of(blocks, likely):
    """As the program takes them: see `limit` and `once` in src/read/html/main_text.rs."""
    sizes = numpy.array([len(block) for block in blocks], float)
    if not len(sizes):
        return ""
    order = numpy.argsort(-likely, kind="stable")
    hits, taken = numpy.cumsum((likely * sizes)[order]), numpy.cumsum(sizes[order])
    limit = min(0.5, max(0.25, likely[order[numpy.argmax(hits / (taken + hits[-1]))]]))
    said, kept = set(), []
    for block, p in zip(blocks, likely):
        if p >= limit:
            own = words(block)
            triples = list(zip(own, own[1:], own[2:]))
            if len(triples) < 8 or sum(triple in said for triple in triples) < 0.8 * len(triples):
                said.update(triples)
                kept.append(block)
    text = "\n".join(kept)
    return text if len(words(text)) >= 8 else ""


def runs4(text):
    own = words(text)
    return collections.Counter(tuple(own[i:i + 4]) for i in range(max(1, len(own) - 3)) if own)


def measure(pages, texts):
    """By set: F1 of the means of precision and recall in runs of four words; of the passages F."""
    p, r, hit = collections.defaultdict(list), collections.defaultdict(list), collections.Counter()
    for page, text in zip(pages, texts):
        if "text" in page:
            told, got = runs4(page["text"]), runs4(text)
            both = sum((told & got).values())
            if got:
                p[page["set"]].append(both / sum(got.values()))
            if told:
                r[page["set"]].append(both / sum(told.values()))
        else:
            line = " ".join(text.split())
            for name in ("with", "without"):
                hit[name] += sum(" ".join(passage.split()) in line for passage in page.get(name, ()))
                hit["all " + name] += len(page.get(name, ()))
    pairs = {name: (numpy.mean(p[name]), numpy.mean(r[name])) for name in sorted(r)}
    if hit["all with"]:
        pairs["passages"] = (hit["with"] / max(1, hit["with"] + hit["without"]), hit["with"] / hit["all with"])
    return "  ".join(f"{name} {2 * a * b / (a + b):.4f} ({a:.3f} {b:.3f})" for name, (a, b) in pairs.items())


def written(booster):
    for tree in booster.dump_model()["tree_info"]:
        nodes = []

        def add(node):
            place = len(nodes)
            nodes.append("")
            if "leaf_value" in node:
                nodes[place] = f"{node['leaf_value']:.4g}"
            else:
                below, above = add(node["left_child"]), add(node["right_child"])
                nodes[place] = f"{node['split_feature']}:{node['threshold']:.6g}:{below}:{above}"
            return place

        add(tree["tree_structure"])
        yield " ".join(nodes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--reader", default="cargo bench --bench html_blocks --")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--no-model", action="store_true")
    args = parser.parse_args()
    args.work = args.work.resolve()
    args.work.mkdir(parents=True, exist_ok=True)
    pages = read(args.pages)
    blocks, features = rows(pages, shlex.split(args.reader), args.work)
    made = [labels(page, own) for page, own in zip(pages, blocks)]
    truth, weights = (numpy.concatenate([pair[i] for pair in made]) for i in (0, 1))
    starts = numpy.cumsum([0, *map(len, blocks)])
    parts = numpy.repeat([page["part"] for page in pages], numpy.diff(starts))

    def fitted(chosen):
        data = lightgbm.Dataset(features[chosen], truth[chosen], weight=weights[chosen] * 100)
        return lightgbm.train(TREES, data, args.rounds)

    if not args.no_model:
        head = "# Boosted trees for the main text of a page, made by fit_main_text.py; see README.md.\n"
        (HERE / "main_text.txt").write_text(head + "".join(line + "\n" for line in written(fitted(weights > 0))), encoding="utf-8")
        print("written", flush=True)
    likely = numpy.zeros(len(truth))
    for part in range(PARTS):
        likely[parts == part] = fitted((weights > 0) & (parts != part)).predict(features[parts == part])
    texts = [text_of(own, likely[a:b]) for own, a, b in zip(blocks, starts, starts[1:])]
    numpy.savez(args.work / "likely.npz", likely=likely, truth=truth, weights=weights, starts=starts)
    for name, chosen in (("all", range(PARTS)), ("half A", (0, 1)), ("half B", (2, 3))):
        some = [(page, text) for page, text in zip(pages, texts) if page["part"] in chosen]
        print(f"{name}: {measure(*zip(*some))}", flush=True)


if __name__ == "__main__":
    main()
