from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from genre_desktop.app.i18n import catalogue as catalogue_module
from genre_desktop.app.i18n import time_format, translate
from genre_desktop.app.i18n.catalogue import BELOW, PLACEHOLDER, WINDOW, Catalogue
from genre_desktop.audio.devices import errors
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.problems import CATALOGUE
from genre_desktop.core.settings import BY_KEY
from tools import translations

LANGUAGES = [path.stem for path in sorted(translations.FOLDER.glob("*.ts"))]


@pytest.fixture
def german() -> Iterator[Catalogue]:
    catalogue = catalogue_module.load("de")
    translate.set_catalogue(catalogue)
    yield catalogue
    translate.set_catalogue(Catalogue())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_and_keeps_its_placeholders(code: str) -> None:
    """After a new text: ``python -m tools.translations``, then write the translation into the file."""
    assert translations.complaints(translations.FOLDER / f"{code}.ts") == []


def test_every_language_that_can_be_chosen_is_there() -> None:
    assert set(BY_KEY["ui.language"].choices) == {"system", "en", *LANGUAGES}


def test_the_extraction_sees_texts_of_every_kind() -> None:
    found = translations.texts()
    assert found[WINDOW]["&Open files…"] == "ui/actions/actions.py"  # mark
    assert "{n} files" in found[WINDOW]  # plural
    assert "Theme" in found[BELOW]  # a title of the table of settings
    assert "{name} is a folder, not a file." in found[BELOW]  # an f-string
    assert not any("SELECT" in source or "CREATE" in source for source in found[BELOW])


def test_problems_are_told_in_its_language_with_what_fills_them(german: Catalogue) -> None:
    damaged = translate.problem_text(Problem("non-finite", name="Song 2.5 s.wav", when=1.5))
    assert damaged.title == "Diese Datei enthält beschädigte Abtastwerte"
    assert damaged.reason.startswith("Song 2.5 s.wav enthält Werte")
    assert damaged.reason.endswith("den ersten bei 1,50 s.")
    died = translate.problem_text(
        Problem("worker-died", why=message("it left with exit code {code}", code=7))
    )
    assert died.reason == "Der Prozess, der es las, endete zweimal: er endete mit Code 7."


def test_every_problem_is_german_throughout(german: Catalogue) -> None:
    same = []
    for key, entry in CATALOGUE.items():
        problem = Problem(key, **dict.fromkeys(entry.placeholders, 2.5))
        shown = zip(entry, problem.texts, translate.problem_text(problem), strict=True)
        same += [template for template, english, words in shown if own_words(template) and words == english]
    assert same == []


def own_words(template: str) -> bool:
    return any(map(str.isalpha, PLACEHOLDER.sub("", template)))


def test_window_texts_are_translated_and_filled(german: Catalogue) -> None:
    assert translate.tr("Library") == "Bibliothek"
    assert translate.tr("Version {version}", version=3) == "Version 3"
    assert translate.plural(20_000, "One file", "{n} files") == "20.000 Dateien"
    assert translate.decimal(0.125, 2) in ("0,13", "0,12")
    assert translate.tr("no such text") == "no such text"


def test_spans_of_time_are_translated(german: Catalogue) -> None:
    spans = [time_format.format_past(0.0, passed) for passed in (120, 7200, 86_400, 1.6 * 86_400)]
    assert spans == ["vor 2 Minuten", "vor 2 Stunden", "vor 1 Tag", "vor 2 Tagen"]


def test_problems_of_lower_floors_are_reworded(german: Catalogue) -> None:
    problem = errors.no_device().problem
    words = translate.told(f"{problem.reason} {problem.hint}")
    assert words.startswith("Das System nennt kein Eingabegerät. Schließen Sie ein Mikrofon an")
    assert (
        translate.told("Ночь: 1.wav is a folder, not a file.") == "Ночь: 1.wav ist ein Ordner, keine Datei."
    )


def test_what_a_placeholder_holds_is_reworded_too(german: Catalogue) -> None:
    assert translate.told("Store maintenance did not finish") == "Datenbestand pflegen wurde nicht fertig"
    assert translate.told("The file breaks off: 12.5 s of 30.0 s could be read.") == (
        "Die Datei bricht ab: 12,5 s von 30,0 s ließen sich lesen."
    )
    assert (
        translate.told("every hour and after 50 new predictions") == "jede Stunde und nach 50 neuen Antworten"
    )


def test_several_sentences_after_a_title_are_told_as_they_are_known(german: Catalogue) -> None:
    assert translate.told(
        "It is hidden: Its name begins with a dot. Rename it, if it is music to be read."
    ) == ("Versteckt: Der Name beginnt mit einem Punkt. Benennen Sie es um, wenn es gelesen werden soll.")
    assert translate.told("The disk is full: Nobody said this before. Try again.") == (
        "Die Festplatte ist voll: Nobody said this before. Versuchen Sie es noch einmal."
    )


def test_known_sentences_beside_unknown_ones(german: Catalogue) -> None:
    assert translate.told("Nobody said this before. Try again.") == (
        "Nobody said this before. Versuchen Sie es noch einmal."
    )
    assert translate.told("One.\nThe disk is full") == "One.\nDie Festplatte ist voll"


def test_rewording_twice_changes_nothing(german: Catalogue) -> None:
    once = translate.told("The disk is full")
    assert translate.told(once) == once == "Die Festplatte ist voll"


@pytest.mark.parametrize(
    "notice",
    [alert_messages.drift("", "fallback"), alert_messages.no_model(""), alert_messages.promoted("7", "")],
)
def test_alerts_are_german_throughout(german: Catalogue, notice: object) -> None:
    for words in (notice.title, notice.did, notice.can_do):  # type: ignore[attr-defined]
        assert translate.told(words) != words


def test_english_is_left_as_it_is() -> None:
    catalogue = catalogue_module.load("en")
    assert catalogue.reword("The disk is full") == "The disk is full"
    assert catalogue.words == {}


def filled(template: str, values: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda place: values[place[1]], template)


def test_templates_in_the_wrong_order_do_not_hide_each_other(german: Catalogue) -> None:
    """Every template that is used as such is found again from a text made with it."""
    for source, words in german._below.items():
        names = PLACEHOLDER.findall(source)
        own = PLACEHOLDER.sub("", source)
        if not names or sum(map(str.isalpha, own)) < 12:
            continue
        values = {name: f"‹{place}›" for place, name in enumerate(dict.fromkeys(names))}
        assert german.reword(filled(source, values)) == filled(words, values), source


@pytest.mark.parametrize(
    ("names", "expected"), [(["de-AT", "en"], "de"), (["fr-FR", "de"], "de"), (["ja"], "en"), (["C"], "en")]
)
def test_the_systems_language_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, names: list[str], expected: str
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: names)
    assert catalogue_module.choose("system") == expected


def test_a_chosen_language_is_taken_as_it_is() -> None:
    assert catalogue_module.choose("de") == "de"


def test_an_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "de.ts"
    translations.update(path, {"Library": "Bibliothek", "This text is nowhere": "weg"})
    found = catalogue_module.read(path)
    assert found[WINDOW] == {"Library": "Bibliothek"}
    translations.update(path, {"Models": "Modelle"})
    assert catalogue_module.read(path)[WINDOW] == {"Library": "Bibliothek", "Models": "Modelle"}
    complaints = translations.complaints(path)
    assert any("not translated" in each for each in complaints)
    assert not any("Bibliothek" in each or "nowhere" in each for each in complaints)


def test_differing_placeholders_are_found(tmp_path: Path) -> None:
    path = tmp_path / "de.ts"
    translations.update(path, {"Version {version}": "Version {n}"})
    assert any("placeholders differ" in each for each in translations.complaints(path))
