"""Date phrases, and what fell between their parts: the machinery of CT101.

A date phrase is a chain of parts: words that call for a date, a weekday, a day, a month, a year, a
part of the day. `words` knows the parts, `before` and `behind` look at the two sides of a weekday
or a month, `yearfirst` at dates that are written in one piece (2017年3月14日), and `confidence`
says how sure a piece is a stranger.
"""
