"""Texts that are likely to meet the rules: pieces of noise and of prose, in any order and glue."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "on Marcus EriksonTuesday, kicking off",
    "14 Ana Lima March 2023",
    "2025-04-28 15:34834 view",
    "3 hours ago 12 comments",
    "The council voted late in the evening to close three of its libraries, a decision that c",
    "This review has affiliate links: if you order through them, we get a small commission.",
    "Share on Facebook",
    "Tweet",
    "Reply",
    "Related articles",
    "A ferry sinks off Oslo",
    "By Ana Lima",
    "Photo: Ana Lima/AFP",
    "Home > News > Europe",
    "© 2024 The Ledger. All rights reserved.",
    "Anzeige",
    "2017年王小明3月14日",
    "The bridge opens in May.",
    "He said: “I might…”",
    "İstanbul'da",
    "ς",
    "\r\n",
    "\r",
    "\u2028",
    "\x00",
    "\ud800",
    "\u202e",
    "👨\u200d👩",
    "…",
    "...",
    " ",
    "\n",
    "\n\n",
    ".",
)
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("\n".join),
)
