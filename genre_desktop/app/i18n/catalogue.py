"""Languages: gettext catalogues and number formats.

A language is one file, ``resources/translations/CODE.po``, and its compiled form beside it, which the program
reads. ``python -m tools.translations`` updates both from the code.
"""

from __future__ import annotations

import logging
import struct
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from genre_desktop.core.own_files.reader import read_bytes
from genre_desktop.core.paths import shipped

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Catalogue:
    """A language: its code (``en``, ``de``), translations, and format of numbers and dates."""

    code: str
    translations: NullTranslations
    locale: QLocale


def load(code: str) -> Catalogue:
    """Return the catalogue of a language; English needs no translations, and is used where there is no usable one."""
    path = catalogue_path(code)
    translations = read(path) if code != "en" and path.is_file() else None
    if translations is None:
        return Catalogue("en", NullTranslations(), _locale("en"))
    return Catalogue(code, translations, _locale(code))


def read(path: Path) -> NullTranslations | None:
    """Return the translations of a compiled catalogue; None for a damaged one, whose language is English then."""
    try:
        return GNUTranslations(BytesIO(read_bytes(path)))
    except (OSError, ValueError, LookupError, struct.error, SyntaxError, RecursionError, OverflowError):
        log.warning("The translations in %s are damaged", path, exc_info=True)
        return None


def catalogue_path(code: str) -> Path:
    """Return the path of a language's compiled catalogue."""
    return shipped("resources", "translations", f"{code}.mo")


def choose(setting: str) -> str:
    """Return the language code for the setting ``ui.language``; ``system`` means the system's language."""
    if setting != "system":
        return setting
    for name in QLocale.system().uiLanguages():
        code = name.partition("-")[0].partition("_")[0]
        if code == "en" or catalogue_path(code).is_file():
            return code
    return "en"


def translate_qt(app: QCoreApplication, catalogue: Catalogue) -> None:
    """Set the language of Qt's own texts (file dialogs, buttons) and of numbers."""
    QLocale.setDefault(catalogue.locale)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if catalogue.code != "en" and translator.load(f"qtbase_{catalogue.code}", folder):
        app.installTranslator(translator)


def _locale(code: str) -> QLocale:
    system = QLocale.system()
    return system if system.name().partition("_")[0] == code else QLocale(code)
