from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from PySide6.QtCore import QLocale

from genre_desktop.app.i18n import catalogue as catalogue_module
from genre_desktop.app.i18n import time_format, translate
from genre_desktop.app.i18n.catalogue import Catalogue
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message, joined, message, message_plural
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.problems import CATALOGUE
from genre_desktop.core.settings import BY_KEY, Settings
from genre_desktop.core.store.alerts import AlertMessage, AlertStore
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.drift_checks import DriftCheck, FeatureDrift
from genre_desktop.jobs.catalogue import schedules
from genre_desktop.jobs.messages import JobEnded
from tools import translations

LANGUAGES = [path.stem for path in sorted(translations.FOLDER.glob("*.po"))]
MARKERS = {"tr": (0,), "mark": (0,), "N_": (0,), "message": (0,), "plural": (1, 2), "message_plural": (1, 2)}


@pytest.fixture
def german() -> Iterator[Catalogue]:
    catalogue = catalogue_module.load("de")
    translate.set_catalogue(catalogue)
    yield catalogue
    translate.set_catalogue(catalogue_module.load("en"))


@pytest.fixture(scope="module")
def in_code(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    template = tmp_path_factory.mktemp("translations") / "texts.pot"
    translations.extract(template)
    with template.open("rb") as file:
        return read_po(file)


def translated(code: str) -> Catalog:
    with (translations.FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def ids(catalogue: Catalog) -> set[str | tuple[str, ...]]:
    return {message.id for message in catalogue if message.id}


def fields(template: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_and_none_is_out_of_date(in_code: Catalog, code: str) -> None:
    """After a new text: ``python -m tools.translations``, then write the translation into the file."""
    catalogue = translated(code)
    assert ids(in_code) - ids(catalogue) == set()
    assert ids(catalogue) - ids(in_code) == set()
    assert translations.missing(translations.FOLDER / f"{code}.po") == []
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert dict(catalogue.obsolete) == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_their_placeholders(code: str) -> None:
    for each in translated(code):
        pairs = zip(each.id, each.string, strict=True) if each.pluralizable else [(each.id, each.string)]
        for source, translation in pairs if each.id else ():
            assert fields(source) == fields(translation), source


@pytest.mark.parametrize("code", LANGUAGES)
def test_babel_accepts_the_file(code: str) -> None:
    assert [(message.id, errors) for message, errors in translated(code).check()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_file_is_up_to_date(code: str, tmp_path: Path) -> None:
    translations.compile_to(translations.FOLDER / f"{code}.po", tmp_path / "now.mo")
    assert compiled(catalogue_module.catalogue_path(code)) == compiled(tmp_path / "now.mo")


def compiled(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        texts: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {
        key: text for key, text in texts.items() if key
    }  # without the header, which names Babel's version


def marked() -> Iterator[tuple[str, ast.expr]]:
    """Arguments of the marking functions, with the place where they are."""
    for path in (translations.REPOSITORY / "genre_desktop").rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        wanted = MARKERS.keys() - {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in wanted:
                for place in MARKERS[node.func.id]:
                    yield f"{node.func.id} in {path.name}:{node.lineno}", node.args[place]


def test_babel_sees_every_text_that_is_marked(in_code: Catalog) -> None:
    """It neither looks into f-strings nor collects a text that is computed."""
    known = {text for found in ids(in_code) for text in ([found] if isinstance(found, str) else found)}
    literal = [(place, node.value) for place, node in marked() if isinstance(node, ast.Constant)]
    assert len(literal) > 900
    assert [(place, found) for place, found in literal if found and found not in known] == []
    computed = [(place, node) for place, node in marked() if not isinstance(node, ast.Constant)]
    looked_up = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)  # marked elsewhere, translated here
    assert [place for place, _ in computed if not place.startswith("tr ")] == []
    assert [
        place for place, node in computed for part in branches(node) if not isinstance(part, looked_up)
    ] == []


def branches(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    return node.values if isinstance(node, ast.BoolOp) else [node]


def test_every_language_that_can_be_chosen_is_there() -> None:
    assert set(BY_KEY["ui.language"].choices) == {"system", "en", *LANGUAGES}


def test_problems_are_translated_with_what_fills_them(german: Catalogue) -> None:
    damaged = translate.problem_text(Problem("non-finite", name="Song 2.5 s.wav", when=1.5))
    assert damaged.title == "Diese Datei enthält ungültige Abtastwerte"
    assert damaged.reason.startswith("Song 2.5 s.wav enthält Abtastwerte")
    assert damaged.reason.endswith("den ersten bei 1,50 s.")
    died = translate.problem_text(
        Problem("worker-died", why=message("it ended with exit code {code}", code=7))
    )
    assert died.reason == "Der Prozess, der sie analysierte, endete zweimal: er endete mit Code 7."


def test_every_problem_is_german_throughout(german: Catalogue) -> None:
    same = []
    for key, entry in CATALOGUE.items():
        problem = Problem(key, **dict.fromkeys(entry.placeholders, 2.5))
        shown = zip(entry, problem.texts, translate.problem_text(problem), strict=True)
        same += [template for template, english, words in shown if own_words(template) and words == english]
    assert same == []


def own_words(template: str) -> bool:
    return any(map(str.isalpha, re.sub(r"\{[^}]*\}", "", template)))


def test_window_texts_are_translated_and_filled(german: Catalogue) -> None:
    assert translate.tr("Library") == "Bibliothek"
    assert translate.tr("Version {version}", version=3) == "Version 3"
    assert translate.plural(1, "1 file", "{n} files") == "1 Datei"
    assert translate.plural(20_000, "1 file", "{n} files") == "20.000 Dateien"
    assert translate.decimal(0.125, 2) in ("0,13", "0,12")
    assert translate.tr("no such text") == "no such text"
    assert (
        translate.tr("") == translate.render("") == ""
    )  # gettext answers an empty text with the file's header


def test_spans_of_time_are_translated(german: Catalogue) -> None:
    spans = [time_format.format_past(0.0, passed) for passed in (120, 7200, 86_400, 1.6 * 86_400)]
    assert spans == ["vor 2 Minuten", "vor 2 Stunden", "vor 1 Tag", "vor 2 Tagen"]


def test_messages_are_translated_with_what_they_hold(german: Catalogue) -> None:
    title = Message("Database maintenance")
    assert (
        translate.render(message("{title} did not finish", title=title))
        == "Datenbankwartung wurde nicht abgeschlossen"
    )
    cut = message(
        "The file is truncated: {found_s:.1f} s of {expected_s:.1f} s could be read.",
        found_s=12.5,
        expected_s=30.0,
    )
    assert translate.render(cut) == "Die Datei ist abgeschnitten: 12,5 s von 30,0 s waren lesbar."
    parts = message_plural(
        3,
        "1 damaged part was skipped; the rest was read.",
        "{n} damaged parts were skipped; the rest was read.",
    )
    assert translate.render(parts) == "3 beschädigte Teile wurden übersprungen; der Rest wurde gelesen."


def test_what_is_no_text_of_ours_stays_as_it_is(german: Catalogue) -> None:
    name = message("“{title}” has finished", title="The disk is full")
    assert translate.render(name) == "„The disk is full“ abgeschlossen ist"
    assert translate.render("a {name}.mp3: %d") == "a {name}.mp3: %d"


class Strict(gettext.GNUTranslations):
    """Fails on a text of ours that has no translation."""

    def gettext(self, message: str) -> str:
        found = super().gettext(message)
        assert found != message or not any(map(str.isalpha, without_fields(message))), message
        return found


def without_fields(template: str) -> str:
    return "".join(literal for literal, *_ in Formatter().parse(template))


@pytest.fixture
def strict() -> Iterator[None]:
    with catalogue_module.catalogue_path("de").open("rb") as file:
        translate.set_catalogue(Catalogue("de", Strict(file), QLocale("de")))
    yield
    translate.set_catalogue(catalogue_module.load("en"))


REASON = message("Window {number} of {windows}", number=1, windows=2)
TITLE = Message("Retraining")


@pytest.mark.parametrize(
    "notice",
    [
        *(alert_messages.drift(REASON, active) for active in ("champion", "fallback", "none")),
        alert_messages.champion_fault("model-slow", REASON, "fallback"),
        alert_messages.fallback_fault("model-slow", REASON),
        alert_messages.no_model(REASON),
        alert_messages.worker_restarted(REASON),
        alert_messages.job_failed("retrain", TITLE, REASON),
        alert_messages.job_died("retrain", TITLE, REASON),
        alert_messages.promoted("7", REASON),
    ],
)
def test_alerts_from_the_store_are_german_throughout(
    strict: None, tmp_path: Path, notice: AlertMessage
) -> None:
    database = Database(tmp_path / "genre_desktop.db")
    store = AlertStore(database)
    store.insert(notice, 1.0)
    (alert,) = store.standing()
    database.close()
    assert alert.notice == notice  # the same English
    shown = [
        translate.render(words) for words in (alert.notice.title, alert.notice.happened, alert.notice.did)
    ]
    shown += [translate.render(words) for words in (alert.notice.can_do, alert.notice.details) if words]
    assert "Fenster 1 von 2" in shown
    for words in shown:
        assert words not in (notice.title, notice.happened, notice.did, notice.can_do)


def test_what_jobs_say_is_german_throughout(strict: None, tmp_path: Path) -> None:
    from genre_desktop.ml.drift import comparison
    from genre_desktop.ml.tasks.check_drift import describe

    coding = FeatureDrift(comparison.CODING, 0.0, True)
    checks = [
        DriftCheck("1", 100, 50, 0.41, 0.3, True, "strong"),
        DriftCheck("1", 100, 50, 0.41, 0.3, False, "mild"),
        DriftCheck("1", 100, 50, 0.41, 0.3, False, "mild", (coding,)),
        DriftCheck("1", 100, 50, 0.1, 0.3, False, "none"),
    ]
    said = [describe(check) for check in checks]
    settings = Settings(tmp_path / "settings.json")
    said += [schedule.trigger(settings) for schedule in schedules().values()]
    said += [JobEnded("cancelled", message=message("Cancelled.")).reason]
    said += [joined((said[0], said[1]), " · ")]
    for each in said:
        assert translate.render(each) != each


def test_triggers_are_put_together(german: Catalogue, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    triggers = {name: schedule.trigger(settings) for name, schedule in schedules().items()}
    assert triggers["drift"] == "every hour and after 50 new predictions"
    assert translate.render(triggers["drift"]) == "jede Stunde und nach 50 neuen Antworten"
    assert translate.render(triggers["retrain"]) == "alle 7 Tage und nach 20 neuen Korrekturen"


def test_english_is_left_as_it_is() -> None:
    catalogue = catalogue_module.load("en")
    assert catalogue.code == "en"
    assert catalogue.translations.gettext("The disk is full") == "The disk is full"


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
    path = tmp_path / "de.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Library"\nmsgstr "Bücherei"\n\nmsgid "This text is nowhere"\nmsgstr "weg"\n',
        "utf-8",
    )
    translations.update(path)
    with path.open("rb") as file:
        found = {message.id: message.string for message in read_po(file)}
    assert found["Library"] == "Bücherei"
    assert "This text is nowhere" not in found
    left = translations.missing(path)
    assert "Models" in left
    assert "Library" not in left
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Library") == "Bücherei"
