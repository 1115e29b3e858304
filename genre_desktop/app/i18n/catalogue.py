"""The user's language: gettext catalogues, and numbers as a language writes them.

A language is one file, ``resources/translations/CODE.po``, and its compiled form beside it, which is what
the program reads. ``python -m tools.translations`` keeps both in step with the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from genre_desktop.core.paths import shipped


@dataclass(frozen=True)
class Catalogue:
    """One language: its code (``en``, ``de``), translations, and way to write numbers and dates."""

    code: str
    translations: NullTranslations
    locale: QLocale


def load(code: str) -> Catalogue:
    """Return the catalogue of a language; English needs no translations."""
    path = catalogue_path(code)
    if code == "en" or not path.is_file():
        return Catalogue("en", NullTranslations(), _locale("en"))
    with path.open("rb") as file:
        return Catalogue(code, GNUTranslations(file), _locale(code))


def catalogue_path(code: str) -> Path:
    """Return the compiled file of a language."""
    return shipped("resources", "translations", f"{code}.mo")


def choose(setting: str) -> str:
    """Return the language for the value of the setting ``ui.language``; ``system`` asks the system."""
    if setting != "system":
        return setting
    for name in QLocale.system().uiLanguages():
        code = name.partition("-")[0].partition("_")[0]
        if code == "en" or catalogue_path(code).is_file():
            return code
    return "en"


def translate_qt(app: QCoreApplication, catalogue: Catalogue) -> None:
    """Let Qt's own texts (file dialogs, buttons) and numbers follow the language."""
    QLocale.setDefault(catalogue.locale)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if catalogue.code != "en" and translator.load(f"qtbase_{catalogue.code}", folder):
        app.installTranslator(translator)


def _locale(code: str) -> QLocale:
    system = QLocale.system()
    return system if system.name().partition("_")[0] == code else QLocale(code)
