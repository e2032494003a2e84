"""What is known of each line, from arrays over the whole document: no Python per line or character.

A line here is one that holds more than white space. The features, what they are made of and what they
were worth: `training/README.md`. All are scaled to about -1..3, so the network needs no statistics.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleantext.context import classes as c
from cleantext.context import words as w

F32 = NDArray[np.float32]
Int = NDArray[np.intp]

#: Of a longer line the words in the middle are not looked at.
_HEAD, _TAIL = 20, 6
#: A line of running text: at least so many words (or characters, without spaces) and a sentence end.
BIG_WORDS, BIG_DENSE = 12, 25
#: Fewer words make a short line.
SHORT = 8


class Lines(NamedTuple):
    """The lines of a document as arrays of one length.

    number    number of the line in the document
    features  float32, one row a line, columns as `NAMES`
    tokens    words, or characters in scripts without spaces
    big       running text
    ended     whether it ends with an end mark
    hashes    of its words
    """

    number: Int
    features: F32
    tokens: Int
    big: NDArray[np.bool_]
    ended: NDArray[np.bool_]
    repeats: Int
    hashes: w.Hashes


NAMES: tuple[str, ...] = (
    "tokens", "chars", "dense", "s_lower", "s_upper", "s_letter", "s_dense", "s_digit", "s_end", "s_comma",
    "s_colon", "s_separator", "s_bracket", "s_quote", "s_hyphen", "s_symbol", "s_emoji", "s_space",
    "title_case", "digit_words", "sentences", "has_separator", "has_colon", "has_digit", "has_comma",
    "one", "two", "three", "short", "middle", "big", "all_upper",
    "f_lower", "f_upper", "f_letter", "f_digit", "f_mark", "f_quote", "f_symbol",
    "l_letter", "l_digit", "l_end", "l_comma", "l_colon", "l_mark", "l_quote", "l_symbol", "l_end2", "l_ellipsis",
    "indent", "blank_before", "blank_after", "from_top", "from_end", "at_line", "at_token",
    "big_before", "big_after", "share_before", "share_after", "before_first", "after_last", "prev_big", "next_big",
    "run_shape", "run_short", "in_short_run", "block_lines", "block_tokens", "repeats", "function", "furniture",
    "label", "weak_label", "d_prev", "d_next",
    "p_lines", "p_tokens", "p_big", "p_short", "p_blank", "p_dense", "p_labels",
)  # fmt: skip


def build(
    text: str, folded: str, function: w.Table, furniture: w.Table, labels: dict[int, float]
) -> Lines | None:
    """The features of a text's lines; None for a text without any.

    `folded` is `document.fold(text)`; `function` and `furniture` hold words; `labels` maps the numbers
    of lines that are a wording of the lexicon to its weight.
    """
    raw = c.codes(folded)
    kind = c.classes(text)
    n = len(kind)
    if n == 0:
        return None
    # Lines: where each begins and how long it is, with its line end.
    ends = np.flatnonzero(raw == 10)
    starts = np.concatenate([[0], ends + 1])
    lengths = np.diff(np.concatenate([starts, [n + 1]]))
    line_of = np.repeat(np.arange(len(starts)), lengths)[:n]
    # Roles of characters, counted for each line.
    before = np.empty(n, dtype=np.uint8)
    before[0] = c.LINE
    before[1:] = kind[:-1]
    role = c.pairs()[(before << 4) | kind]
    table = np.bincount(line_of * 32 + role, minlength=len(starts) * 32).reshape(len(starts), 32)
    ink = (kind != c.SPACE) & (kind != c.LINE)
    inked = np.flatnonzero(ink)
    if len(inked) == 0:
        return None
    ink_of = np.bincount(line_of[inked], minlength=len(starts))
    number = np.flatnonzero(ink_of)
    table = table[number]
    ink_of = ink_of[number]
    ink_first = np.cumsum(ink_of) - ink_of
    first = inked[ink_first]
    last = inked[ink_first + ink_of - 1]
    last2 = inked[np.maximum(ink_first + ink_of - 2, ink_first)]

    count = table.astype(np.float32)
    lower = count[:, c.LOWER] + count[:, c.BEGIN_LOWER]
    upper = count[:, c.UPPER] + count[:, c.BEGIN_UPPER]
    letter = count[:, c.LETTER] + count[:, c.BEGIN_LETTER]
    digit = count[:, c.DIGIT] + count[:, c.BEGIN_DIGIT]
    dense = count[:, c.DENSE]
    space = count[:, c.SPACE] + count[:, c.AFTER_END]
    begun = (
        table[:, c.BEGIN_LOWER] + table[:, c.BEGIN_UPPER] + table[:, c.BEGIN_LETTER] + table[:, c.BEGIN_DIGIT]
    )
    tokens = begun + table[:, c.DENSE]
    chars = last - first + 1.0
    # Two characters without spaces say about as much as a word.
    size = begun + table[:, c.DENSE] / 2
    sentences = count[:, c.AFTER_END]
    mostly_dense = dense * 2 > begun
    enough = np.where(mostly_dense, table[:, c.DENSE] >= BIG_DENSE, begun >= BIG_WORDS)
    end_count = count[:, c.END]
    big = enough & (end_count > 0)
    short = size < SHORT
    k_first, k_last, k_last2 = kind[first], kind[last], kind[last2]
    quoted = (k_last == c.QUOTE) | (k_last == c.BRACKET)
    ended = (k_last == c.END) | (quoted & (k_last2 == c.END))

    hashes, line_hash, share_function, share_furniture = _words(
        raw, kind, role, line_of, number, starts, first, last, tokens, function, furniture
    )
    lines = len(number)
    at = np.arange(lines)
    total = int(tokens.sum())
    through = np.cumsum(tokens)
    gap_before = np.minimum(np.diff(np.concatenate([[-1], number])) - 1, 4)
    gap_after = np.concatenate([gap_before[1:], [min(int(len(starts) - 1 - number[-1]), 4)]])
    # Running text around a line.
    big_tokens = np.where(big, tokens, 0)
    all_big = max(1, int(big_tokens.sum()))
    big_through = np.cumsum(big_tokens)
    seen = np.maximum.accumulate(np.where(big, at, -1))
    behind = np.where(seen >= 0, at - seen, lines + 9)
    coming = np.minimum.accumulate(np.where(big, at, 2 * lines + 9)[::-1])[::-1]
    ahead = np.where(coming < lines, coming - at, lines + 9)
    has_big = bool(big.any())
    # Runs.
    size_class = np.minimum(np.log2(size + 1).astype(np.intp), 6)
    shape = ((size_class * 16 + k_first) * 16 + k_last) * 2 + (digit > 0)
    run_shape, _ = _runs(shape)
    run_short, in_run = _runs(short.astype(np.intp))
    block = np.cumsum(gap_before > 0)
    block -= block[0]
    block_lines = np.bincount(block)[block]
    block_tokens = np.bincount(block, weights=tokens)[block]
    _, inverse, times = np.unique(line_hash, return_inverse=True, return_counts=True)
    repeats = times[inverse]
    prev_tokens = np.concatenate([[0], tokens[:-1]])
    next_tokens = np.concatenate([tokens[1:], [0]])

    out = np.empty((lines, len(NAMES)), dtype=np.float32)
    full = np.maximum(chars, 1).astype(np.float32)
    log_tokens = np.log1p(tokens)
    label = np.zeros(lines, dtype=np.float32)
    if labels:
        known = np.array([labels.get(k, 0.0) for k in number.tolist()], dtype=np.float32)
        label = known
    alphabet = np.maximum(lower + upper, 1)
    columns: list[NDArray[np.generic] | float] = [
        log_tokens / 2, np.log1p(chars) / 3, mostly_dense, lower / full, upper / full, letter / full, dense / full,
        digit / full, end_count * 8 / full, count[:, c.COMMA] * 8 / full, count[:, c.COLON] * 8 / full,
        count[:, c.SEPARATOR] * 8 / full, count[:, c.BRACKET] * 8 / full, count[:, c.QUOTE] * 8 / full,
        count[:, c.HYPHEN] * 8 / full, count[:, c.SYMBOL] * 4 / full, count[:, c.EMOJI] * 4 / full,
        np.minimum(space * 2 / full, 3),
        count[:, c.BEGIN_UPPER] / np.maximum(begun, 1), count[:, c.BEGIN_DIGIT] / np.maximum(begun, 1),
        np.log1p(sentences), count[:, c.SEPARATOR] > 0, count[:, c.COLON] > 0, digit > 0, count[:, c.COMMA] > 0,
        tokens == 1, tokens == 2, tokens == 3, short, (size >= SHORT) & ~enough, big, (upper / alphabet > 0.9) & (upper > 1),
        k_first == c.LOWER, k_first == c.UPPER, (k_first == c.LETTER) | (k_first == c.DENSE), k_first == c.DIGIT,
        (k_first == c.SEPARATOR) | (k_first == c.HYPHEN), (k_first == c.QUOTE) | (k_first == c.BRACKET),
        (k_first == c.SYMBOL) | (k_first == c.EMOJI),
        (k_last <= c.DENSE) & (k_last >= c.LOWER), k_last == c.DIGIT, k_last == c.END, k_last == c.COMMA,
        k_last == c.COLON, (k_last == c.SEPARATOR) | (k_last == c.HYPHEN), quoted,
        (k_last == c.SYMBOL) | (k_last == c.EMOJI), quoted & (k_last2 == c.END), (k_last == c.END) & (k_last2 == c.END),
        np.minimum(np.log1p(first - starts[number]) / 2, 2), gap_before / 2, gap_after / 2,
        np.log1p(at) / 4, np.log1p(lines - 1 - at) / 4, at / max(1, lines - 1), (through - tokens) / max(1, total),
        np.log1p(behind) / 3, np.log1p(ahead) / 3, (big_through - big_tokens) / all_big,
        (all_big - big_through) / all_big if has_big else 0.0, seen < 0, coming >= lines, behind == 1, ahead == 1,
        np.log(run_shape) / 2, np.where(short, np.log1p(run_short) / 2, 0), np.where(short, in_run / run_short, 0),
        np.log1p(block_lines) / 3, np.log1p(block_tokens) / 4, np.log(repeats), share_function, share_furniture,
        label > 0.75, label > 0, (np.log1p(prev_tokens) - log_tokens) / 2, (np.log1p(next_tokens) - log_tokens) / 2,
        np.log1p(lines) / 4, np.log1p(total) / 6, big_tokens.sum() / max(1, total), short.mean(),
        1 - lines / len(starts), mostly_dense.mean(), min(2.0, float((label > 0).sum()) / 8),
    ]  # fmt: skip
    for i, column in enumerate(columns):
        out[:, i] = column
    return Lines(number, out, tokens, big, ended, repeats, hashes)


def _runs(values: Int) -> tuple[Int, Int]:
    """For each place the length of the run of equal values it is in, and its place there, from 0."""
    change = np.concatenate([[True], values[1:] != values[:-1]])
    begin = np.flatnonzero(change)
    length = np.diff(np.concatenate([begin, [len(values)]]))
    return np.repeat(length, length), np.arange(len(values)) - np.repeat(begin, length)


def _words(
    raw: NDArray[np.unsignedinteger],
    kind: NDArray[np.uint8],
    role: NDArray[np.uint8],
    line_of: Int,
    number: Int,
    starts: Int,
    first: Int,
    last: Int,
    tokens: Int,
    function: w.Table,
    furniture: w.Table,
) -> tuple[w.Hashes, w.U64, F32, F32]:
    """Hashes of words and lines, and the shares of function words and of words that labels are made of."""
    hasher = w.Hasher(raw, kind == c.DIGIT)
    line_hash = hasher.spans(first, last + 1)
    inside = (kind == c.LOWER) | (kind == c.UPPER) | (kind == c.LETTER) | (kind == c.DIGIT)
    dense = kind == c.DENSE
    begins = np.flatnonzero((role >= c.BEGIN_LOWER) & (role <= c.BEGIN_DIGIT) | dense)
    last_inside = inside.copy()
    last_inside[:-1] &= ~inside[1:]
    stops = np.flatnonzero(last_inside | dense) + 1
    # The first and last words of each line.
    lines = len(number)
    line = np.repeat(np.arange(lines), tokens)
    offset = np.cumsum(tokens) - tokens
    rank = np.arange(len(begins)) - offset[line]
    chosen = (rank < _HEAD) | (rank >= tokens[line] - _TAIL)
    begins, stops, line, rank = begins[chosen], stops[chosen], line[chosen], rank[chosen]
    words = hasher.spans(begins, stops)
    size = np.maximum(np.bincount(line, minlength=lines), 1).astype(np.float32)
    share_function = (np.bincount(line[function.find(words) > 0], minlength=lines) / size).astype(np.float32)
    share_furniture = (np.bincount(line[furniture.find(words) > 0], minlength=lines) / size).astype(
        np.float32
    )
    neighbours = np.flatnonzero((line[1:] == line[:-1]) & (rank[1:] == rank[:-1] + 1))
    pairs = w.pair(words[neighbours], words[neighbours + 1])
    ends = np.zeros((2, lines), dtype=np.uint64)
    ends[1][line] = words  # the last of a line stays
    ends[0][line[::-1]] = words[::-1]
    whole = np.where((tokens <= 6) & (last - first < 60), w.salted(line_hash, w.WHOLE), np.uint64(0))
    some = tokens > 0
    hashes = w.Hashes(
        words,
        line,
        pairs,
        line[neighbours],
        np.where(some, w.salted(ends[0], w.FIRST), np.uint64(0)),
        np.where(some, w.salted(ends[1], w.LAST), np.uint64(0)),
        whole,
    )
    return hashes, line_hash, share_function, share_furniture
