"""Files of a home: settings, store, schedule, the registry's snapshot, messages, tables, translations."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np

from genre_desktop.core.errors import Problem
from genre_desktop.core.settings import OPTIONS, Settings
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.key_value import KeyValueStore
from genre_desktop.core.store.library import Clip, Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.results_list import ResultsListStore, StoredResult, pack
from genre_desktop.core.types import Analysis, Answer, GenreScore, ModelRef, Segment
from genre_desktop.ml.features import schema


def answer(name: str) -> Answer:
    """Return an answer with every part."""
    scores = (GenreScore("jazz", 0.8), GenreScore("blues", 0.2))
    return Answer(
        f"/music/{name}.wav",
        "jazz",
        0.8,
        scores,
        segments=(Segment(0.0, 30.0, "jazz", 0.8),),
        model=ModelRef("genre", "1", "champion", "logistic"),
        probabilities=scores,
        duration_s=30.0,
        elapsed_ms=50.0,
        clip_hash=f"hash-{name}",
        feature_version=schema.FEATURE_VERSION,
        features=np.arange(float(len(schema.NAMES))),
    )


@cache
def stores() -> dict[str, bytes]:
    """Return the store of a home that was used."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "genre_desktop.db"
        db = Database(path)
        log, listing = PredictionLog(db), ResultsListStore(db)
        ids = [log.add(answer(name), "file") for name in "abc"]
        Corrections(db).add(ids[0], "rock")
        failed = Answer("/music/x.wav", error=Problem("empty-file", name="x.wav"))
        rows = [StoredResult(1, "/music/a.wav", "DONE", brief=answer("a"), prediction_id=ids[0])]
        rows += [StoredResult(2, "/music/b.wav", "DONE", pack(Analysis(answer("b"))), answer("b"))]
        rows += [StoredResult(3, "/music/x.wav", "FAILED", pack(Analysis(failed)))]
        listing.change((), rows)
        listing.save_unsearched(["/music/more"])
        Library(db).put(_clip(), schema.FEATURE_VERSION)
        KeyValueStore(db).set("schedule:waiting", {"retrain": "Waits."})
        db.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        return {path.name: path.read_bytes()}


def _clip() -> Clip:
    return Clip(
        "hash-lib", "/music/lib.wav", "rock", "artist:x", "audio", 30.0, np.array([0.0]), np.array([30.0]),
        np.ones((1, len(schema.NAMES))),
    )  # fmt: skip


@cache
def schedules() -> dict[str, bytes]:
    """Return the schedule's file, with three jobs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schedule.db"
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(
                "CREATE TABLE schedule (id VARCHAR(191) NOT NULL PRIMARY KEY, next_run_time FLOAT, job_state BLOB NOT NULL)"
            )
            for name in ("retrain", "drift", "maintenance"):
                state = json.dumps({"id": name, "seconds": 3600.0, "next": 2e9}).encode()
                connection.execute("INSERT INTO schedule VALUES (?, ?, ?)", (name, 2e9, state))
        return {path.name: path.read_bytes()}


@cache
def settings() -> dict[str, bytes]:
    """Return settings with a value of each kind, and with every key."""
    every = {option.key: option.default for option in OPTIONS}
    some = {
        "ui.theme": "dark",
        "analyse.workers": 2,
        "files.watched": ["/music"],
        "drift.share": 0.5,
        "keys.changed": ["open=Ctrl+U"],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        found = {}
        for name, values in (("some", some), ("every", every)):
            Settings(
                path, {key: value for key, value in values.items() if not isinstance(value, dict)}
            ).save()  # type: ignore[arg-type]
            found[f"{name}.json"] = path.read_bytes()
    return found


@cache
def snapshots() -> dict[str, bytes]:
    """Return the snapshot of a registry with two versions."""
    version = {
        "version": "1",
        "folder": "registry/models/1",
        "digest": "0" * 64,
        "family": "logistic",
        "feature_version": "2",
    }
    document = {
        "format": 1,
        "fingerprint": [[0, 0], [0, 0]],
        "aliases": {"champion": "1", "fallback": "2"},
        "versions": {"1": version, "2": {**version, "version": "2"}},
        "encoders": {"0" * 64: "registry/encoders/0"},
    }
    return {"serving.json": json.dumps(document).encode()}


@cache
def tables() -> dict[str, bytes]:
    """Return feature tables as they are imported, as exported and as published."""
    rng = np.random.default_rng(3)
    own = io.StringIO()
    own.write(",".join(("filename", "label", "group", "start_s", *schema.NAMES)) + "\n")
    for i in range(4):
        cells = [f"{x:.3g}" for x in rng.normal(size=len(schema.NAMES))]
        own.write(",".join((f"song{i // 2}.wav", "rock", "someone", str(i % 2 * 30), *cells)) + "\n")
    names = schema.NAMES[:12]
    small = "label;" + ";".join(names) + "\njazz;" + ";".join(["1.5"] * 12) + "\n"
    wanted = [column for column in schema.table_columns().values() if column.table == schema.TABLE_57]
    columns = ["filename", "length", *dict.fromkeys(column.column for column in wanted), "label"]
    published = ",".join(columns) + "\n"
    for i in range(2):
        published += (
            ",".join((f"blues.0000{i}.0.wav", "66149", *["0.25"] * (len(columns) - 3), "blues")) + "\n"
        )
    return {
        "own.csv": own.getvalue().encode(),
        "small.csv": small.encode(),
        "published.csv": published.encode(),
    }


@cache
def messages() -> dict[str, bytes]:
    """Return lines that a later instance sends to the first one's socket."""
    paths = [str(Path(path)).encode().hex() for path in ("/music/a.wav", "/music/b c.mp3")]
    full = {"open": paths, "tokens": {"XDG_ACTIVATION_TOKEN": "abc"}}
    return {
        "open.json": json.dumps(full).encode() + b"\n",
        "raise.json": json.dumps({"open": [], "tokens": {}}).encode() + b"\n",
    }


@cache
def catalogues() -> dict[str, bytes]:
    """Return a small compiled catalogue of translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalog = Catalog(locale="de")
    catalog.add("Open files", "Dateien öffnen")
    catalog.add(
        ("1 file of {total}", "{n} files of {total}"), ("1 Datei von {total}", "{n} Dateien von {total}")
    )
    catalog.add("{found_s:.1f} s of {name}", "{found_s:.1f} s von {name}")
    out = io.BytesIO()
    write_mo(out, catalog)
    return {"de.mo": out.getvalue()}


@cache
def documents() -> dict[str, bytes]:
    """Return answers and problems as the store keeps them."""
    from genre_desktop.core import serialization

    failed = Answer("/music/x.wav", error=Problem("empty-file", name="x.wav"))
    return {
        "answer.json": serialization.dump(Analysis(answer("a"), prediction_id=3)).encode(),
        "problem.json": serialization.dump(Analysis(failed)).encode(),
    }
