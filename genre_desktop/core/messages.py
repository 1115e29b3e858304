"""Texts for users, kept as a template and its parameters until they are shown.

The layers below the window write English. What they hand upwards is a :class:`Message`: the English
text, which logs, JSON and the command line show as it is, together with the template it was made from,
which is the key of its translation (as in gettext), and the values of its placeholders. The window looks
the template up and fills the values in again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations
from string import Formatter
from typing import Any, TypeAlias

Param: TypeAlias = "str | int | float | Message"

_ENGLISH = NullTranslations()
_SURROGATE = re.compile("[\ud800-\udfff]")


class Message(str):
    """An English text with its template.

    It is a string, so that everything that only reads English needs to know nothing of it. What is
    made from it by string operations is plain English again: to build on a message, pass it as a
    parameter of another one.

    Attributes
    ----------
    text:
        English template in :meth:`str.format` syntax; the key of its translation. Without ``params``
        it is taken literally.
    params:
        Value of each placeholder. A value may be a message itself.
    plural:
        Template for every number ``n`` but 1; empty where the text depends on no number.
    """

    text: str
    params: Mapping[str, Param]
    plural: str

    def __new__(cls, text: str, params: Mapping[str, Param] | None = None, plural: str = "") -> Message:
        """Return the message with its English text; a message without anything new is returned as it is."""
        if isinstance(text, Message) and params is None:
            return text
        params = params or {}
        self = super().__new__(cls, _filled(text, params, plural, _ENGLISH, str))
        self.text, self.params, self.plural = text, params, plural
        return self

    def __reduce__(self) -> tuple[type[Message], tuple[str, Mapping[str, Param], str]]:
        return Message, (self.text, self.params, self.plural)

    def __str__(self) -> str:
        return self[:]

    def render(self, translations: NullTranslations = _ENGLISH, number: Callable[[str], str] = str) -> str:
        """Return the text in another language.

        Parameters
        ----------
        translations:
            Looks templates up.
        number:
            Turns a number with a fraction, ``"12.5"``, into what the language writes.
        """
        try:
            return _filled(self.text, self.params, self.plural, translations, number)
        except MALFORMED:  # a translation with other placeholders
            return str(self)


MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)
"""What a text raises when placeholders and values do not belong together, and a document that is no message."""


class _Filler(Formatter):
    """Fills placeholders, messages among the values included."""

    def __init__(self, translations: NullTranslations, number: Callable[[str], str]) -> None:
        self._translations, self._number = translations, number

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Message):
            return value.render(self._translations, self._number)
        text = format(value, format_spec)
        if format_spec.endswith("%"):
            text = f"{text[:-1]} %"
        return self._number(text) if isinstance(value, float) else text


def _filled(
    text: str,
    params: Mapping[str, Param],
    plural: str,
    translations: NullTranslations,
    number: Callable[[str], str],
) -> str:
    n = params.get("n")
    if plural and isinstance(n, int):
        text = translations.ngettext(text, plural, n)
    elif text:  # gettext answers an empty text with the catalogue's header
        text = translations.gettext(text)
    return _Filler(translations, number).vformat(text, (), params) if params else text


EMPTY = Message("")


def N_(text: str) -> str:
    """Mark a text for the translation tools; its translation is looked up where it is shown."""
    return text


def message(text: str, /, **params: Param) -> Message:
    """Return a :class:`Message`; the translation tools collect the first argument of this function."""
    return Message(text, params)


def joined(texts: Iterable[str], separator: str = " ") -> Message:
    """Return one message of several; empty ones are left out."""
    kept = {f"text{number}": text for number, text in enumerate(filter(None, texts))}
    return Message(separator.join(f"{{{name}}}" for name in kept), kept)


def message_plural(n: int, one: str, many: str, /, **params: Param) -> Message:
    """Return ``one`` or ``many`` for ``n``, which both may show as ``{n}``."""
    return Message(one, {"n": n, **params}, many)


def to_json(value: Any) -> Any:
    """Return a document as JSON can hold it without losing the messages in it; see :func:`from_json`."""
    if isinstance(value, Message):
        if not value.params:
            return value.text
        return {"text": value.text, "params": to_json(value.params), "plural": value.plural}
    if isinstance(value, Mapping):
        return {key: to_json(each) for key, each in value.items()}
    return [to_json(each) for each in value] if isinstance(value, list | tuple) else value


def from_json(value: Any) -> Any:
    """Return what :func:`to_json` took, but for lists in place of tuples and plain text of messages without parameters."""
    if isinstance(value, list):
        return [from_json(each) for each in value]
    if not isinstance(value, dict):
        return value
    document = {key: from_json(each) for key, each in value.items()}
    return Message(**document) if document.keys() == {"text", "params", "plural"} else document


def dumps(text: str) -> str:
    """Return a message for a text column of the store: JSON where there is more to keep than the text.

    Undecodable bytes of file names become ``\\udcXX``, because the store takes UTF-8 only.
    """
    if isinstance(text, Message) and text.params:
        written = json.dumps(to_json(text), ensure_ascii=False)
        return _SURROGATE.sub(lambda found: f"\\\\u{ord(found[0]):04x}", written)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def loads(text: str) -> Message:
    """Return the message that :func:`dumps` wrote; other text, as of version 0.1.0, is taken literally."""
    if text.startswith('{"text": '):
        try:
            found = from_json(json.loads(text))
        except MALFORMED:
            found = text
        return found if isinstance(found, Message) else Message(text)
    return Message(text)
