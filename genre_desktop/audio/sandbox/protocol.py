"""What the owner and its decoder process send each other: JSON in datagrams, samples in shared memory.

The owner does not trust what comes back: every type, size and number is checked here, and a text is only taken as
one of the known templates with its values.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from genre_desktop.audio.sandbox.texts import TEMPLATES
from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.messages import Message
from genre_desktop.core.problems import files

if TYPE_CHECKING:
    from genre_desktop.audio.decoding.container import Probe
    from genre_desktop.audio.tag_reading import FileTags

LARGEST = 65_536
"""Bytes of a message."""
SLOTS = 4
"""Blocks that the decoder may be ahead."""
SLOT_BYTES = 1 << 20
"""Room for one block: 11 s at 22 050 Hz, in float32."""
MEMORY_BYTES = SLOTS * SLOT_BYTES
ARGUMENT = "--decoder-process"
"""First argument of a program that is started as a decoder process."""

_HASH = re.compile("[0-9a-f]{32}")
_LONGEST = 4096
_MOST_VALUES = 1000


class MalformedError(Exception):
    """The decoder process sent something that it never should."""


def encode(document: dict[str, Any]) -> bytes:
    """Return a message as bytes; ``ValueError`` for one that is too large."""
    data = json.dumps(document, allow_nan=False).encode()
    if len(data) > LARGEST:
        raise ValueError("too large")
    return data


def decode(data: bytes) -> dict[str, Any]:
    """Return the message in ``data``; :class:`MalformedError` if it is none."""
    try:
        document = json.loads(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError) as error:
        raise MalformedError("no JSON") from error
    if not isinstance(document, dict):
        raise MalformedError("no object")
    return document


def one_of(document: dict[str, Any], *kinds: str) -> str:
    """Return which of the expected kinds of message it is."""
    if len(document) != 1 or (kind := next(iter(document))) not in kinds:
        raise MalformedError("unexpected message")
    return kind


def text(value: Any, longest: int = _LONGEST) -> str:
    """Check a text."""
    if not isinstance(value, str) or len(value) > longest:
        raise MalformedError("text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise MalformedError("text") from error
    return value


def whole(value: Any, low: int = 0, high: int = 1 << 53) -> int:
    """Check a whole number."""
    if type(value) is not int or not low <= value <= high:
        raise MalformedError("whole number")
    return value


def number(value: Any) -> float:
    """Check a finite number."""
    if isinstance(value, int) and type(value) is not bool:
        return float(whole(value, -(1 << 53)))
    if type(value) is not float or not math.isfinite(value):
        raise MalformedError("number")
    return value


def flag(value: Any) -> bool:
    """Check a truth value."""
    if type(value) is not bool:
        raise MalformedError("flag")
    return value


def record(value: Any, *keys: str) -> dict[str, Any]:
    """Check that a value is an object with exactly these keys."""
    if not isinstance(value, dict) or set(value) != set(keys):
        raise MalformedError("object")
    return value


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return a problem as the decoder process reports it."""
    return {"key": problem.key, "values": {k: v for k, v in problem.params.items() if k != "name"}}


def problem(value: Any, name: str) -> AppError:
    """Return the error that a decoder process reports about the file ``name``."""
    document = record(value, "key", "values")
    key = text(document["key"])
    if key not in files.TEXTS or not isinstance(document["values"], dict):
        raise MalformedError("problem")
    wanted = files.TEXTS[key].placeholders
    values = {**_values(document["values"]), **({"name": name} if "name" in wanted else {})}
    if set(values) != wanted:
        raise MalformedError("values of a problem")
    found = Problem.from_document({"key": key, "params": values})
    _check_text(lambda: found.texts)
    return AppError(found)


def warning_document(warning: Message) -> dict[str, Any]:
    """Return a warning as the decoder process reports it."""
    return {"text": warning.text, "values": dict(warning.params), "plural": warning.plural}


def warnings(value: Any) -> tuple[Message, ...]:
    """Return the warnings of a decoder process, each one of the known texts."""
    return tuple(_warning(each) for each in _sequence(value))


def _warning(value: Any) -> Message:
    document = record(value, "text", "values", "plural")
    template, plural = text(document["text"]), text(document["plural"])
    if TEMPLATES.get(template) != plural or not isinstance(document["values"], dict):
        raise MalformedError("unknown text")
    values = _values(document["values"])
    found: Message = _check_text(lambda: Message(template, values, plural))
    return found


def _check_text(make: Any) -> Any:
    try:
        return make()
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise MalformedError("values of a text") from error


def _values(value: dict[str, Any]) -> dict[str, str | int | float]:
    values: dict[str, str | int | float] = {}
    for key, each in value.items():
        if isinstance(each, str):
            values[key] = "".join(letter if letter.isprintable() else " " for letter in text(each, 300))
        else:
            values[key] = whole(each, -(1 << 53)) if type(each) is int else number(each)
    return values


def _sequence(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_VALUES:
        raise MalformedError("list")
    return value


def probe_document(info: Probe) -> dict[str, Any]:
    """Return the metadata of a file as the decoder process reports it."""
    document = {field.name: getattr(info, field.name) for field in fields(info)}
    return {name: v[:_LONGEST] if isinstance(v, str) else v for name, v in document.items()}


def probe(value: Any) -> Probe:
    """Return the metadata that a decoder process reports."""
    from genre_desktop.audio.decoding.container import Probe

    document = record(value, *(field.name for field in fields(Probe)))
    duration = document["duration_s"]
    return Probe(
        container=text(document["container"]),
        codec=text(document["codec"]),
        sample_rate=whole(document["sample_rate"], -(1 << 31)),
        channels=whole(document["channels"], 0, 1 << 31),
        duration_s=None if duration is None else number(duration),
        has_video=flag(document["has_video"]),
        title=text(document["title"]),
        artist=text(document["artist"]),
        album=text(document["album"]),
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known after the last block."""

    duration_s: float
    warnings: tuple[Message, ...]
    clip_hash: str


def ending_document(duration_s: float, found: tuple[Message, ...], clip_hash: str) -> dict[str, Any]:
    """Return the end of a file as the decoder process reports it."""
    documents = [warning_document(each) for each in found]
    return {"duration_s": duration_s, "warnings": documents, "clip_hash": clip_hash}


def ending(value: Any) -> Ending:
    """Return the end of a file that a decoder process reports."""
    document = record(value, "duration_s", "warnings", "clip_hash")
    duration_s = number(document["duration_s"])
    return Ending(duration_s, warnings(document["warnings"]), clip_hash(document["clip_hash"]))


def clip_hash(value: Any) -> str:
    """Check a content hash."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise MalformedError("hash")
    return value


def tags_document(tags: FileTags) -> dict[str, Any]:
    """Return tags as the decoder process reports them."""
    return {field.name: getattr(tags, field.name) for field in fields(tags)}


def tags(value: Any) -> FileTags:
    """Return the tags that a decoder process reports."""
    from genre_desktop.audio.tag_reading import FileTags

    document = record(value, *(field.name for field in fields(FileTags)))

    def texts(name: str) -> tuple[str, ...]:
        return tuple(text(each, LARGEST) for each in _sequence(document[name]))

    return FileTags(
        genres=texts("genres"),
        had_tags=flag(document["had_tags"]),
        names=texts("names"),
        moods=texts("moods"),
        id3=whole(document["id3"], 0, 4),
        bpm=texts("bpm"),
        key=texts("key"),
    )
