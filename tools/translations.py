"""Keeps ``resources/translations/*.ts`` level with the texts in the code.

``python -m tools.translations`` adds new texts (unfinished), drops those that are gone and keeps what is
translated; ``--missing`` prints the unfinished ones. The files open in Qt Linguist (``pyside6-linguist``).
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from genre_desktop.app.i18n.catalogue import BELOW, PLACEHOLDER, WINDOW, read

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "genre_desktop"
FOLDER = REPOSITORY / "resources" / "translations"

WINDOW_FLOORS = ("ui", "app")
LOWER_FLOORS = ("core", "audio", "ml", "jobs")

NOT_SHOWN = (
    "core/logs/setup.py", "core/store/key_value.py", "core/live.py", "core/requests.py",
    "ml/contest_", "ml/features/schema.py", "ml/models/ensemble.py", "ml/features/transforms.py", "ml/light", "ml/evaluation/metrics.py", "ml/drift/label_shift.py",
    "ml/models/novelty.py", "ml/evaluation/plots.py", "ml/training/run_logging.py", "ml/registry/run.py", "ml/splits.py",
    "ml/starter", "ml/data/gtzan_tables.py", "ml/training/starter_members.py", "ml/drift/partial_residuals.py", "ml/dsp/", "ml/evaluation/confidence_intervals.py", "ml/drift/reference.py",
    "audio/spectrogram.py", "audio/devices/input_stream.py",
)  # fmt: skip
"""Modules below whose texts the window never shows: beginnings of their paths."""

TABLES = frozenset({"Option", "Family", "N_"})
"""What marks titles of a single word in tables; elsewhere a text for people has a space."""

_INTERNAL = frozenset(
    {"ValueError", "TypeError", "RuntimeError", "KeyError", "AssertionError", "GaugeMetricFamily"}
)
_NOT_WORDS = re.compile(r"[<>|=]|%\(|^[A-Z ]{4,}\b|CREATE TABLE|SELECT|^[(#]|_code, |License ::")
_ONLY_ERRORS = ("jobs/prometheus.py", "core/licences.py")
"""Modules whose other texts go into a file or to another program."""

COMPOSED = (
    "{share} of the features of {n} clips differ from what the champion learned from.",
    "{share} of the features of {n} clips differ from what the champion learned from ({limit}).",
    "{share} of the features of {n} clips differ; they seem to be recorded or coded in another way ({limit}).",
    "every minute", "every {n} minutes", "every hour", "every {n} hours", "every day", "every {n} days",
    "after {news}", "{every} and after {news}", "{n} new predictions", "{n} new corrections",
    "{done} of {total} · {rate} a second · {left} · {name}",
    "drift check", "retraining", "registry sweep", "store maintenance",
)  # fmt: skip
"""Sentences that are put together from pieces, as people read them; the pieces stand for nothing."""

_PIECES = ("every {unit}", "every {n} {unit}s", "after {key} {unit}", "device scan", "{_n} of {_total}",
           "zero crossings", "chroma cqt", "power spectrum", "Kolmogorov-Smirnov, weighted", "new predictions",
           "new corrections", "{drifted_share} of the features", "; they seem to be", "time, source, path")  # fmt: skip


def window_texts() -> dict[str, str]:
    """Every text given to ``tr``, ``mark`` and ``plural``, and the module that has it first."""
    return dict(_first_places(WINDOW_FLOORS, _marked))


def lower_texts() -> dict[str, str]:
    """Every text of the lower floors that people may get to read, as templates."""
    composed = dict.fromkeys(COMPOSED, "../tools/translations.py")
    return composed | dict(_first_places(LOWER_FLOORS, _written))


@functools.cache
def texts() -> dict[str, dict[str, str]]:
    """All there is to translate: text to module, by context. A text stands in one context only."""
    window = window_texts()
    return {WINDOW: window, BELOW: {k: v for k, v in lower_texts().items() if k not in window}}


def complaints(path: Path) -> list[str]:
    """What is wrong with a language file: texts missing or gone, placeholders that differ."""
    found = read(path)
    out = []
    for context, wanted in texts().items():
        have = found.get(context, {})
        out += [f"not translated ({wanted[text]}): {text!r}" for text in wanted if text not in have]
        out += [f"in the code no more: {text!r}" for text in have if text not in wanted]
        out += [
            f"placeholders differ: {text!r}"
            for text, words in have.items()
            if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(words))
        ]
    return out


def update(path: Path, new: dict[str, str] | None = None) -> None:
    """Bring a language file level with the code; ``new`` translations are taken in."""
    found = read(path) if path.is_file() else {}
    known = {text: words for context in found.values() for text, words in context.items()} | (new or {})
    parts = [_context(name, wanted, known) for name, wanted in texts().items()]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    body = f'<TS version="2.1" language="{path.stem}" sourcelanguage="en">\n{"".join(parts)}</TS>\n'
    path.write_text(head + body, "utf-8")


def _context(name: str, wanted: dict[str, str], known: dict[str, str]) -> str:
    messages = "".join(_message(text, place, known.get(text)) for text, place in wanted.items())
    return f"<context>\n    <name>{name}</name>\n{messages}</context>\n"


def _message(text: str, place: str, words: str | None) -> str:
    done = (
        '<translation type="unfinished"></translation>'
        if words is None
        else f"<translation>{escape(words)}</translation>"
    )
    return (
        f'    <message>\n        <location filename="../../genre_desktop/{place}"/>\n'
        f"        <source>{escape(text)}</source>\n        {done}\n    </message>\n"
    )


def _first_places(floors: Iterable[str], pick: object) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for floor in floors:
        for path in sorted((PACKAGE / floor).rglob("*.py")):
            place = path.relative_to(PACKAGE).as_posix()
            for text in pick(path, place):  # type: ignore[operator]
                if text not in seen:
                    seen.add(text)
                    yield text, place


# the window


def _marked(path: Path, _place: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("tr", "mark"):
                yield from _constants(node.args[:1])
            elif node.func.id == "plural":
                yield from _constants(node.args[1:3])


def _constants(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _constants((node.body, node.orelse))
        elif isinstance(node, ast.BoolOp):
            yield from _constants(node.values)


# the floors below


def _written(path: Path, place: str) -> Iterator[str]:
    if place.startswith(NOT_SHOWN):
        return
    yield from _Writings(place).of(ast.parse(path.read_text("utf-8")))


class _Writings(ast.NodeVisitor):
    """Collects texts that look like words for people."""

    def __init__(self, place: str) -> None:
        self._found: list[str] = []
        self._in_table = False
        self._in_error = False
        self._only_errors = place in _ONLY_ERRORS

    def of(self, tree: ast.Module) -> list[str]:
        self.visit(tree)
        return self._found

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant | ast.JoinedStr):  # a docstring
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        if not (isinstance(node.exc, ast.Call) and _name(node.exc.func) in _INTERNAL):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if isinstance(node.func, ast.Attribute) and _name(node.func.value) in ("log", "parser", "re"):
            return
        before = self._in_table, self._in_error
        self._in_table, self._in_error = name in TABLES, self._in_error or name == "AppError"
        self.generic_visit(node)
        self._in_table, self._in_error = before

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg == "unit" and isinstance(node.value, ast.Constant) and len(str(node.value.value)) > 3:
            self._found.append(str(node.value.value))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._take(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._take(_template(node))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def _take(self, text: str) -> None:
        own = PLACEHOLDER.sub("", text)
        if sum(map(str.isalpha, own)) < 3 or _NOT_WORDS.search(text) or text.startswith(_PIECES):
            return
        if text != text.strip() or (self._only_errors and not self._in_error):
            return
        if " " in text or (self._in_table and text[:1].isupper()):
            self._found.append(text)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _template(node: ast.JoinedStr) -> str:
    """An f-string as a template with one name for each different value."""
    names: dict[str, str] = {}
    out = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            out.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            key = ast.dump(part.value)
            if key not in names:
                names[key] = _fresh(_short(part.value), names.values())
            out.append("{" + names[key] + "}")
    return "".join(out)


def _short(node: ast.expr) -> str:
    """A name for a value: the last word of the expression that gives it."""
    words = [
        w for w in re.findall(r"[A-Za-z_]\w*", ast.unparse(node)) if w not in ("self", "len", "or", "if")
    ]
    return (
        words[0].lower()
        if isinstance(node, ast.Call | ast.BinOp) and words
        else (words or ["value"])[-1].lower()
    )


def _fresh(name: str, taken: Iterable[str]) -> str:
    taken = set(taken)
    number = 2
    fresh = name
    while fresh in taken:
        fresh, number = f"{name}{number}", number + 1
    return fresh


def main() -> None:
    """Update every language, and say what is left to translate."""
    for path in sorted(FOLDER.glob("*.ts")):
        if "--missing" not in sys.argv:
            update(path)
        for complaint in complaints(path):
            print(f"{path.stem}: {complaint}")


if __name__ == "__main__":
    main()
