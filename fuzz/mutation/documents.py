"""Changes to JSON, tables of text, archives and SQLite files that keep the outer form valid."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

from fuzz.mutation.blind import BLIND, flip_bits, put_integer
from fuzz.target import Choices

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**63), 10**40, 0.5, 1e308, float("nan"), float("inf"), "", "0",
    "\0", "\ud800", "\x1b[31m", "\u202e", "../../x", "/dev/zero", "x" * 10_000, [], {}, [[]], [None], {"": {}},
    {"text": "{x}", "params": {}, "plural": ""}, {"text": "{n:.1f}", "params": {"n": "a"}, "plural": "b"},
    {"text": "{a.__class__}", "params": {"a": 1}, "plural": ""}, "{}", "{0}", "{", "1e999", "NaN", "true", "null",
)  # fmt: skip
"""What takes the place of a value."""


def json_tree(data: bytes, choices: Choices) -> bytes:
    """Change one value or key of a JSON document."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return flip_bits(data, choices)
    try:
        changed = change_tree(document, choices)
        return json.dumps(changed, ensure_ascii=choices.random.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
    except RecursionError:
        return data


def deep(data: bytes, choices: Choices) -> bytes:
    """Nest a document deeper than a parser may follow, or put a mark in front of it."""
    depth = choices.random.choice((100, 1_000, 3_000, 100_000))
    return choices.random.choice(
        (
            b"[" * depth + data + b"]" * depth,
            b'{"a":' * depth + data + b"}" * depth,
            b"\xef\xbb\xbf" + data,
            data.decode("utf-8", "replace").encode("utf-16"),
            b"[" * depth,
        )
    )


def change_tree(document: Any, choices: Choices) -> Any:
    """Change one value of a tree of dictionaries and lists; returns the tree."""
    places = _places(document)
    if not places:
        return choices.random.choice(VALUES)
    for _ in range(choices.random.choice((1, 1, 2, 5))):
        holder, key = choices.random.choice(places)
        try:
            _change_place(holder, key, choices)
        except (KeyError, IndexError):  # an earlier change has removed it
            continue
    return document


def _change_place(holder: Any, key: Any, choices: Choices) -> None:
    match choices.random.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.extend([holder[key]] * choices.random.choice((1, 2, 100)))
        case 1:
            holder[str(choices.random.choice(VALUES))] = holder.pop(key)
        case 2 if isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
            holder[key] = choices.random.choice((-holder[key], holder[key] * 2, holder[key] + 1, 0.1, -1))
        case 3 if isinstance(holder[key], str):
            text = holder[key]
            holder[key] = choices.random.choice(
                (text * 2, text[: len(text) // 2], text.upper(), f" {text}", f"{text}\0")
            )
        case _:
            holder[key] = choices.random.choice(VALUES)


def _places(document: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    pending = [document]
    while pending and len(found) < 20_000:
        item = pending.pop()
        keys = list(item) if isinstance(item, dict) else range(len(item)) if isinstance(item, list) else ()
        for key in keys:
            found.append((item, key))
            pending.append(item[key])
    return found


def archive(data: bytes, choices: Choices) -> bytes:
    """Change a member of a zip archive (skops, npz), whose check sums become valid again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            members = {info.filename: source.read(info) for info in source.infolist()[:200]}
    except Exception:  # whatever zipfile raises for a damaged one
        return flip_bits(data, choices)
    if not members:
        return data
    name = (
        "schema.json"
        if "schema.json" in members and choices.random.random() < 0.5
        else choices.random.choice(list(members))
    )
    content = members[name] or b"\0"
    match choices.random.randrange(8):
        case 0:
            members[choices.random.choice(("../x.npy", "schema.json", "1.npy", "a" * 300))] = members.pop(
                name
            )
        case 1:
            del members[name]
        case _:
            change = (
                json_tree
                if name.endswith(".json")
                else choices.random.choice((numpy_array, numpy_array, *BLIND))
            )
            members[name] = change(content, choices)
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", choices.random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as target:
        for key, value in members.items():
            target.writestr(key, value)
    return out.getvalue()


_TYPES = (
    "'<f8'",
    "'<i8'",
    "'|O'",
    "'<U3'",
    "'|S5'",
    "'|b1'",
    "'<f4'",
    "'<c16'",
    "'>i4'",
    "'<M8[s]'",
    "'|V8'",
    "[('a','<f8')]",
)
_SHAPES = (
    "()",
    "(0,)",
    "(1,)",
    "(2,3)",
    "(-1,)",
    "(1000000000000,)",
    "(1,1,1,1)",
    "(100000000,)",
    "(4294967296, 4294967296)",
)


def numpy_array(data: bytes, choices: Choices) -> bytes:
    """Change numbers of a stored array, or its type and shape."""
    if data[:6] != b"\x93NUMPY" or len(data) < 12:
        return flip_bits(data, choices)
    (size,) = struct.unpack("<H", data[8:10])
    header, body = data[10 : 10 + size].decode("latin-1"), data[10 + size :]
    match choices.random.randrange(5):
        case 0:
            before, _, rest = header.partition("'descr': ")
            header = (
                before
                + "'descr': "
                + choices.random.choice(_TYPES)
                + ", "
                + rest.partition(", 'fortran")[2].join(("'fortran", ""))
            )
        case 1:
            before, _, _ = header.partition("'shape': ")
            header = before + "'shape': " + choices.random.choice(_SHAPES) + ", }\n"
        case 2:
            body = (
                b"".join(
                    struct.pack(
                        "<d", choices.random.choice((0.0, -1.0, 1e308, float("nan"), float("inf"), 1e-300))
                    )
                    if choices.random.random() < 0.2
                    else body[i : i + 8]
                    for i in range(0, min(len(body), 80_000), 8)
                )
                + body[80_000:]
            )
        case 3:
            body = (
                b"".join(
                    struct.pack("<q", choices.random.choice((0, -1, -2, 2**31, 2**62, 1, 100_000)))
                    if choices.random.random() < 0.1
                    else body[i : i + 8]
                    for i in range(0, min(len(body), 80_000), 8)
                )
                + body[80_000:]
            )
        case _:
            body = put_integer(body or b"\0", choices)
    encoded = header.encode("latin-1")
    return data[:8] + struct.pack("<H", len(encoded)) + encoded + body


def text_lines(data: bytes, choices: Choices) -> bytes:
    """Change lines and cells of a table of text."""
    lines = data.split(b"\n")
    where = choices.random.randrange(len(lines))
    cells = lines[where].split(b",")
    cell = choices.random.randrange(len(cells))
    match choices.random.randrange(6):
        case 0:
            del lines[where]
        case 1:
            lines.insert(choices.random.randrange(len(lines)), lines[where])
        case 2:
            cells.pop(cell)
            lines[where] = b",".join(cells)
        case 3:
            cells[cell], cells[0] = cells[0], cells[cell]
            lines[where] = b",".join(cells)
        case _:
            cells[cell] = str(choices.random.choice(VALUES)).encode("utf-8", "surrogatepass")
            lines[where] = choices.random.choice((b",", b",", b";", b"\t")).join(cells)
    return b"\n".join(lines)


def sqlite_pages(data: bytes, choices: Choices) -> bytes:
    """Change the header of a SQLite file, one of its pages or the order of pages."""
    if data[:6] != b"SQLite" or len(data) < 1024:
        return flip_bits(data, choices)
    (size,) = struct.unpack(">H", data[16:18])
    size = 65_536 if size == 1 else max(512, size)
    pages = [data[at : at + size] for at in range(0, len(data), size)]
    where = choices.random.randrange(len(pages))
    match choices.random.randrange(5):
        case 0:
            head = put_integer(data[16:100], choices)[:84]
            return data[:16] + head + data[16 + len(head) :]
        case 1:
            other = choices.random.randrange(len(pages))
            pages[where], pages[other] = pages[other], pages[where]
        case 2:
            del pages[where]
        case 3:
            pages[where] = put_integer(pages[where], choices)[:size].ljust(len(pages[where]), b"\0")
        case _:
            pages[where] = flip_bits(pages[where], choices)
    return b"".join(pages)
