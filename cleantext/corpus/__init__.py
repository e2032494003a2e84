"""What only many pages of one site give away: lines that repeat on them, whatever their language.

``lines`` turns a page into countable lines, ``profile`` counts them in SQL, ``site`` reads a profile
while cleaning and says how sure a repeated line is noise.
"""
