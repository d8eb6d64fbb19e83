"""Counts `english.tsv`, how many articles have each word and how it is written. See README.md.

    python3 count.py GOLD_FOLDER

GOLD_FOLDER: `allsides`, `ecbplus`, `semeval22`, `extraction` as described in README.md. Needs Python alone."""
import collections
import gzip
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
LEAST = 3  # articles; what fewer have is left out and counts as a word that none has
words = re.compile(r"[A-Z](?:\.[A-Z])+\b|[^\W\d_]+(?:['’][^\W\d_]+)*").finditer


def form(word):
    """As the program writes words: see src/features/tokens.rs."""
    return "u.s" if word in ("US", "U.S") else word.lower().replace("’", "'").replace(".", "")


def rows(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")) as lines:
        yield from map(json.loads, lines)


def articles(gold):
    for row in rows(gold / "allsides/leads.jsonl.gz"):
        yield f'{row["title"]}\n{row["text"]}'
    for row in rows(gold / "ecbplus/articles.jsonl.gz"):
        yield "\n".join(row["segs"])
    for row in rows(gold / "semeval22/pairs.jsonl"):
        yield row["text_a"]
        yield row["text_b"]
    for row in rows(gold / "extraction/pages.jsonl.gz"):
        if row["set"] in ("zyte", "wcxb"):
            yield row["text"]


def casing(text):
    """Words inside of sentences, and whether they begin with a capital; lines that look like headlines tell nothing."""
    for line in text.split("\n"):
        found = list(words(line))
        if 3 * sum(word.group()[0].isupper() for word in found) > len(found):
            continue
        for before, word in zip(found, found[1:]):
            if not set(line[before.end():word.start()]) & set(".!?:\"“”„«»'‘’([*|"):
                yield form(word.group()), word.group()[0].isupper()


def main():
    documents, spread, capital, seen = 0, collections.Counter(), collections.Counter(), collections.Counter()
    for text in articles(pathlib.Path(sys.argv[1])):
        documents += 1
        spread.update({form(word.group()) for word in words(text)})
        for word, is_capital in casing(text):
            seen[word] += 1
            capital[word] += is_capital
    with open(HERE / "english.tsv", "w", encoding="utf-8") as out:
        out.write(f"# documents\t{documents}\t\n")
        for word, count in sorted(spread.items()):
            if count >= LEAST:
                share = f"{100 * capital[word] / seen[word]:.0f}" if seen[word] else ""
                out.write(f"{word}\t{count}\t{share}\n")


if __name__ == "__main__":
    main()
