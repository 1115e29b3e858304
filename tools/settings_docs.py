"""Writes ``docs/settings.md`` from the table of settings, so that the two cannot differ.

Run ``python -m tools.settings_docs``.
"""

from __future__ import annotations

from pathlib import Path

from genre_desktop.core.settings import OPTIONS, PAGES, SettingSpec, Value

PATH = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

_HEAD = """\
# Settings

<!-- Written by `python -m tools.settings_docs`; edit genre_desktop/core/settings.py instead. -->

All settings are in the window under Edit › Preferences (Ctrl+,) and take effect at once, unless
stated otherwise. The values are stored in `settings.json` in the home (`genre-desktop doctor` shows
its path); only changed values are written. An invalid value is ignored, and the preferences show a
message. Each page can be reset separately.
"""


def document() -> str:
    """The whole page."""
    parts = [_HEAD]
    for page in PAGES:
        parts += [
            f"## {page}",
            "",
            "| setting | key | takes | default | |",
            "| --- | --- | --- | --- | --- |",
        ]
        parts += [_row(option) for option in OPTIONS if option.page == page]
        parts.append("")
    return "\n".join(parts)


def _row(option: SettingSpec) -> str:
    words = option.description + (" Takes effect after restart." if option.restart else "")
    cells = (option.title, f"`{option.key}`", _takes(option), _shown(option, option.default), words)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(option: SettingSpec) -> str:
    if option.choices:
        return ", ".join(f"`{choice}`" for choice in option.choices)
    kind = type(option.default)
    if kind is bool:
        return "`true`, `false`"
    if kind in (int, float):
        return f"{option.minimum:g} to {option.maximum:g} {option.unit}".strip()
    return "list of text" if kind is tuple else "text"


def _shown(option: SettingSpec, value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if isinstance(value, str):
        return f"`{value}`" if value else "empty"
    return f"{value:g} {option.unit}".strip()


if __name__ == "__main__":
    PATH.write_text(document(), "utf-8")
