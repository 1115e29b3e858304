"""Every warning of decoding is known to the process that checks the answers."""

from __future__ import annotations

import ast
from pathlib import Path

from genre_desktop.audio import decoding
from genre_desktop.audio.sandbox.texts import TEMPLATES


def test_every_warning_of_decoding_is_known() -> None:
    found: dict[str, str] = {}
    for module in Path(decoding.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                if node.func.id == "message":
                    found[texts[0]] = ""
                elif node.func.id == "message_plural":
                    found[texts[0]] = texts[1]
    assert found == TEMPLATES
