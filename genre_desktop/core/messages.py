"""Texts for users, kept as a template and its parameters until they are shown.

The layers below the window write English. What they hand upwards is a :class:`Message`: the English
template, which is also the key of its translation (as in gettext), and the values for its placeholders.
``str(message)`` is the English text, which logs and the command line show; the window translates the
template and each value before it fills them in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Param: TypeAlias = "str | int | float | Message"


@dataclass(frozen=True, slots=True)
class Message:
    """A text with ``{placeholders}`` and their values.

    Attributes
    ----------
    text:
        English template in :meth:`str.format` syntax; the key of its translation.
    params:
        Value of each placeholder. A value may be a message itself.
    """

    text: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.render()

    def render(
        self,
        translate: Callable[[str], str] = str,
        number: Callable[[float], str] = str,
    ) -> str:
        """Return the text with every template passed through ``translate``, every float through ``number``."""
        template = translate(self.text)
        if not self.params:
            return template
        return template.format(**{name: _value(v, translate, number) for name, v in self.params.items()})

    def to_dict(self) -> dict[str, Any]:
        """Return the message as JSON can hold it; see :meth:`from_dict`."""
        params = {k: v.to_dict() if isinstance(v, Message) else v for k, v in self.params.items()}
        return {"text": self.text, "params": params}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Message:
        """Return the message that :meth:`to_dict` wrote."""
        params = {
            k: cls.from_dict(v) if isinstance(v, dict) else v for k, v in document.get("params", {}).items()
        }
        return cls(document["text"], params)


def N_(text: str) -> str:
    """Mark a text in a table for translation; it is translated where it is shown."""
    return text


def message(text: str, /, **params: Param) -> Message:
    """Return a :class:`Message`; the translation tools collect the first argument of this function."""
    return Message(text, params)


def message_plural(n: int, one: str, many: str, /, **params: Param) -> Message:
    """Return ``one`` or ``many`` for ``n``, which both may show as ``{n}``."""
    return Message(one if n == 1 else many, {"n": n, **params})


def _value(value: Param, translate: Callable[[str], str], number: Callable[[float], str]) -> object:
    if isinstance(value, Message):
        return value.render(translate, number)
    return number(value) if isinstance(value, float) else value
