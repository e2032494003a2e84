"""The data inside of report.html."""

import base64
import json
import re
import zlib
from typing import Any

_CHUNK = re.compile(r'<script type="text/plain" id="([\w-]+)">([A-Za-z0-9+/=]*)</script>')


def unpacked(page: str, name: str) -> Any:
    """The content of a chunk, or of the index."""
    return json.loads(zlib.decompress(base64.b64decode(dict(_CHUNK.findall(page))[name])))


def readable(page: str) -> str:
    """The page with its data as JSON, and without its style and script, which are files of their own."""
    page = _CHUNK.sub(lambda m: f"<!-- {m[1]}: {json.dumps(unpacked(page, m[1]), indent=1)} -->", page)
    return re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", page, flags=re.DOTALL)
