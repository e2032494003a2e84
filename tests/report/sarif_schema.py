"""What the schema of SARIF 2.1.0 asks of the objects that cleantext writes, written from the standard.

Nothing is fetched when tests run. Objects take no properties but those listed (the schema closes
them); ``!`` marks required ones. Properties that cleantext never writes are left out, so that
writing one fails here until it is added with its type.
"""

from typing import Any

OBJECTS: dict[str, dict[str, Any]] = {
    "log": {"$schema": "uri", "version!": ("2.1.0",), "runs!": ["run"]},
    "run": {
        "columnKind": ("utf16CodeUnits", "unicodeCodePoints"),
        "results": ["result"],
        "tool!": "tool",
        "invocations": ["invocation"],
    },
    "tool": {"driver!": "toolComponent"},
    "toolComponent": {"name!": "text", "version": "text", "rules": ["reportingDescriptor"]},
    "reportingDescriptor": {
        "id!": "text",
        "name": "text",
        "shortDescription": "message",
        "fullDescription": "message",
        "defaultConfiguration": "reportingConfiguration",
        "properties": "bag",
    },
    "reportingConfiguration": {"level": ("none", "note", "warning", "error")},
    "invocation": {"executionSuccessful!": "bool", "toolExecutionNotifications": ["notification"]},
    "notification": {
        "level": ("none", "note", "warning", "error"),
        "message!": "message",
        "locations": ["location"],
    },
    "message": {"text!": "text"},
    "result": {
        "ruleId": "text",
        "ruleIndex": -1,
        "level": ("none", "note", "warning", "error"),
        "message!": "message",
        "locations": ["location"],
        "partialFingerprints": "texts",
        "rank": "share of 100",
        "properties": "bag",
        "fixes": ["fix"],
    },
    "location": {"physicalLocation": "physicalLocation"},
    "physicalLocation": {"artifactLocation!": "artifactLocation", "region": "region"},
    "artifactLocation": {"uri!": "uri"},
    "region": {
        "startLine": 1,
        "startColumn": 1,
        "endLine": 1,
        "endColumn": 1,
        "charOffset": 0,
        "charLength": 0,
        "snippet": "artifactContent",
    },
    "artifactContent": {"text": "text"},
    "fix": {"description": "message", "artifactChanges!": ["artifactChange"]},
    "artifactChange": {"artifactLocation!": "artifactLocation", "replacements!": ["replacement"]},
    "replacement": {"deletedRegion!": "region", "insertedContent": "artifactContent"},
}

#: Arrays that may not be empty.
FILLED = {"artifactChanges", "replacements"}


def problems(log: Any) -> list[str]:
    """What is wrong with a log, place by place; empty when nothing is."""
    found: list[str] = []
    _check(log, "log", "$", found)
    return found


def _check(value: Any, kind: Any, where: str, found: list[str]) -> None:
    if isinstance(kind, list):
        if not isinstance(value, list) or (where.rpartition(".")[2] in FILLED and not value):
            found.append(f"{where} is no array, or empty")
            return
        for number, item in enumerate(value):
            _check(item, kind[0], f"{where}[{number}]", found)
    elif isinstance(kind, str) and kind in OBJECTS:
        _check_object(value, kind, where, found)
    elif not _fits(value, kind):
        found.append(f"{where} is {value!r}, not {kind}")


def _check_object(value: Any, kind: str, where: str, found: list[str]) -> None:
    if not isinstance(value, dict):
        found.append(f"{where} is no object")
        return
    shape = {name.removesuffix("!"): inner for name, inner in OBJECTS[kind].items()}
    found += [f"{where} lacks {n[:-1]}" for n in OBJECTS[kind] if n.endswith("!") and n[:-1] not in value]
    for name, item in value.items():
        if name in shape:
            _check(item, shape[name], f"{where}.{name}", found)
        else:
            found.append(f"{where} has {name}")


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, tuple):
        return value in kind
    if isinstance(kind, int):
        return isinstance(value, int) and not isinstance(value, bool) and value >= kind
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "bag":
        return isinstance(value, dict)
    if kind == "texts":
        return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    if kind == "share of 100":
        return isinstance(value, int | float) and 0 <= value <= 100
    return isinstance(value, str) and (kind != "uri" or (" " not in value and value.isascii()))
