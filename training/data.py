"""From labelled pages to arrays: what the rules leave of each page, its features, and what is noise.

A labelled page is a JSON object with `id`, `domain`, `lang`, `source`, `extractor`, `noisy` (a text),
`gold` (what people marked as the content) and `titles` (lines that don't count), in a file of one a line,
which may be compressed with zstandard. A line's label is the share of its tokens outside the longest
common subsequence with the ground truth.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import multiprocessing
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cleantext.cleaner import Cleaner
from cleantext.context import features
from cleantext.context.lexical import labels
from cleantext.document import Document
from cleantext.rules import all_rules
from training.lexical import function_table, furniture_table

_DENSE = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff"
)
_TOKEN = re.compile(rf"[{_DENSE}]|(?:(?![{_DENSE}_])\w)+")
_LONGEST = 60_000

#: Extractors' outputs of each page that are trained on: enough noise, and of three densities.
TRAINED = ("trafilatura", "resiliparse-main", "resiliparse-all")


class Page(NamedTuple):
    """One text of one page.

    noise   share of each line's tokens that is noise; `weight` its tokens that count
    gold    tokens of the ground truth
    raw     before the rules: tokens, and those of them that the ground truth has
    """

    id: str
    site: str
    lang: str
    source: str
    extractor: str
    lines: features.Lines
    noise: np.ndarray
    weight: np.ndarray
    gold: int
    raw: tuple[int, int] = (0, 0)


def tokens(text: str) -> list[str]:
    """Runs of letters and digits; single characters in scripts without spaces."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, plain, .gz or .zst."""
    if path.suffix == ".zst":
        import zstandard

        with path.open("rb") as f:
            stream = io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(f), 1 << 20)
            yield from map(json.loads, io.TextIOWrapper(stream, encoding="utf-8"))
    else:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as f:
            yield from map(json.loads, f)


def stable(text: str) -> float:
    """A number from 0 to 1 that depends on the text only."""
    return int(hashlib.sha1(text.encode()).hexdigest()[:12], 16) / 16**12


def rules_only() -> Cleaner:
    """The cleaner without the model: what training and inference see is what it leaves."""
    return Cleaner(ignore=tuple(r.code for r in all_rules() if getattr(r, "late", False)))


def aligned(lines: list[str], gold: list[str], titles: set[str]) -> tuple[list[int], list[int]]:
    """Tokens of each line and how many of them the ground truth has in this order; titles count as 0."""
    from rapidfuzz.distance import LCSseq

    ids: dict[str, int] = {}
    count: list[int] = []
    flat: list[str] = []
    for line in lines:
        t = tokens(line)
        if titles and len(line) < 400 and "".join(t) in titles:
            t = []
        count.append(len(t))
        flat += t
    hit = np.zeros(len(flat), dtype=bool)
    if gold and flat:
        a = [ids.setdefault(t, len(ids)) for t in flat]
        b = [ids.setdefault(t, len(ids)) for t in gold]
        hit[:] = True
        for op in LCSseq.editops(a, b):
            if op.tag == "delete":
                hit[op.src_pos] = False
    sums = np.concatenate([[0], np.cumsum(hit)])
    ends = np.cumsum(count)
    return count, (sums[ends] - sums[ends - count]).tolist()


def page(record: dict[str, Any], cleaner: Cleaner) -> Page | None:
    """The arrays of one record; None where there is nothing to learn from."""
    text = cleaner.clean(record["noisy"]).text
    doc = Document(text)
    lines = features.build(text, doc.folded, function_table(), furniture_table(), labels(doc))
    if lines is None:
        return None
    shown = [doc.line(n) for n in lines.number.tolist()]
    titles = set(record.get("titles") or ())
    if record["extractor"] in ("gold", "clean"):
        weight = np.array([len(tokens(s)) for s in shown])
        noise = np.zeros(len(shown))
        gold = len(tokens(record["noisy"]))
        raw = gold, gold
    else:
        kept = [s for s in record["gold"].split("\n") if "".join(tokens(s)) not in titles or len(s) >= 400]
        wanted = tokens("\n".join(kept))
        if not wanted or len(wanted) > _LONGEST or sum(map(len, shown)) > 1_000_000:
            return None
        n, good = aligned(shown, wanted, titles)
        weight = np.array(n)
        noise = 1 - np.array(good) / np.maximum(weight, 1)
        gold = len(wanted)
        n, good = aligned(record["noisy"].split("\n"), wanted, titles)
        raw = sum(n), sum(good)
    site = record.get("domain") or record.get("url") or record["id"]
    return Page(
        record["id"], site, record["lang"], record["source"], record["extractor"], lines,
        noise.astype(np.float32), weight.astype(np.float32), gold, raw,
    )  # fmt: skip


def records(pages: Iterable[Path], clean: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The texts to learn from: outputs of extractors, the ground truths, and clean texts."""
    seen: set[tuple[str, int]] = set()
    truths: set[str] = set()
    for path in pages:
        for r in read(path):
            if r.get("suspect") or r["extractor"] not in TRAINED:
                continue
            key = (r["id"], hash(r["noisy"]))
            if key in seen:
                continue
            seen.add(key)
            yield r
            if r["id"] not in truths and r["gold"].count("\n") >= 5:
                truths.add(r["id"])
                yield {**r, "noisy": r["gold"], "extractor": "gold"}
    for path in clean:
        for r in read(path):
            if r["text"].count("\n") >= 5:
                yield {**r, "noisy": r["text"], "extractor": "clean"}


_cleaner: Cleaner | None = None


def _work(record: dict[str, Any]) -> Page | None:
    global _cleaner
    if _cleaner is None:
        _cleaner = rules_only()
    return page(record, _cleaner)


def load(pages: Iterable[Path], clean: Iterable[Path], jobs: int) -> list[Page]:
    """All pages as arrays, in the order of the files."""
    with multiprocessing.Pool(jobs) as pool:
        found = pool.imap(_work, records(pages, clean), chunksize=16)
        return [p for p in found if p is not None]
