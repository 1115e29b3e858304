"""The whole loop with real parts: real music, real models, real training; only nobody clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mutagen
import pytest
import soundfile as sf

from genre_desktop.core.alerts import OPEN_REPORT, AlertCentre
from genre_desktop.core.paths import Home
from genre_desktop.core.requests import AnalyseRequest
from genre_desktop.core.serving import Serving
from genre_desktop.core.store.corrections import Corrections
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.core.store.switches import SwitchLog
from genre_desktop.core.types import ModelRef
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import Context, Parts
from genre_desktop.ml import drift_job, drift_report, tables, train_job
from genre_desktop.ml.registry import Registry
from tests.ml.recordings import RATE, telephone
from tests.shared import SHARED_DATA, shared_data

pytestmark = [pytest.mark.shared_data, pytest.mark.timeout(600)]


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    # Evidently takes most of a minute over 156 columns, and test_drift_report has it.
    monkeypatch.setattr(drift_report, "write", lambda target, *_: target / "drift.html")
    parts = Parts(Home(tmp_path / "home").create())
    yield Context(parts)
    parts.close()


def listen(context: Context, files: list[Path]) -> ModelRef:
    """Analyse files; returns the model that answered the last one."""
    answers = [operations.analyse(context, AnalyseRequest(str(file))).answer for file in files]
    assert all(answer.ok for answer in answers)
    assert answers[-1].model is not None
    return answers[-1].model


def over_the_telephone(files: list[Path], folder: Path) -> list[Path]:
    """The same songs as somebody holds a telephone to them, tagged with their artists."""
    artists = tables.artists(SHARED_DATA)
    made = []
    for file in files:
        target = folder / file.parent.name / f"call {file.stem[-2:]}.flac"
        target.parent.mkdir(parents=True, exist_ok=True)
        sf.write(target, telephone(sf.read(file, dtype="float32")[0]), RATE)
        tags = mutagen.File(target)
        tags["artist"] = artists[file.stem]
        tags.save()
        made.append(target)
    return made


def test_a_broken_champion_is_answered_for_and_a_mended_one_comes_back(context: Context) -> None:
    file = min(shared_data("gtzan_mini").rglob("*.flac"))
    assert listen(context, [file]).alias == "champion"
    with Registry(context.home) as registry:
        registry.ensure_starters()
        folder = registry.folder(registry.snapshot().aliases["champion"])
    part = folder / "novelty.json"
    whole = part.read_bytes()
    part.write_bytes(whole[:-9] + b"tampered}")

    model = listen(context, [file])
    assert model.alias == "fallback"
    assert "novelty.json" in model.because
    alerts = AlertCentre(context.parts.database)
    assert [alert.notice.code for alert in alerts.standing()] == ["champion-fault"]

    folder.rename(folder.with_name("away"))
    assert listen(context, [file]).alias == "fallback"
    folder.with_name("away").rename(folder)
    part.write_bytes(whole)
    context.parts.predictor.duty._probed.clear()  # else it would be tried again half a minute later
    listen(context, [file])
    assert listen(context, [file]).alias == "champion"
    assert alerts.standing() == []
    codes = [switch.code for switch in SwitchLog(context.parts.database).recent()]
    assert codes == ["recovered", "model-digest"]


def test_drift_is_seen_the_fallback_serves_and_a_retrain_brings_the_champion_back(
    context: Context, tmp_path: Path
) -> None:
    database = context.parts.database
    alerts = AlertCentre(database)
    clean = [
        f for folder in sorted(shared_data("gtzan_mini").iterdir()) for f in sorted(folder.glob("*.flac"))[:6]
    ]
    assert len(clean) == 60

    assert listen(context, clean).alias == "champion"
    found = drift_job.run(context, {})
    assert (found["drift"], found["windows"], found["serving"]) == (False, 2, "champion")
    assert alerts.standing() == []

    calls = over_the_telephone(clean, tmp_path / "calls")
    listen(context, calls)
    found = drift_job.run(context, {})
    assert (found["drift"], found["action"], found["serving"]) == (True, "fallback", "fallback")
    (alert,) = alerts.standing()
    assert (alert.notice.code, alert.notice.action) == ("drift", OPEN_REPORT)
    assert found["html_path"]
    model = listen(context, calls[:1])
    assert model.alias == "fallback"
    assert "features" in model.because

    corrections = Corrections(database)
    for prediction in PredictionLog(database).recent(61):
        corrections.add(prediction.id, Path(prediction.path).parent.name)
    assert corrections.waiting() == 60
    trained = train_job.run(context, {"families": ["lda"], "trials": 1, "promote": False})
    assert corrections.waiting() == 0
    with Registry(context.home) as registry:  # whether it is better is another test's question
        registry.promote(trained["version"], reason="By hand.")
    assert Serving(database).current().active == "champion"
    assert alerts.standing() == []

    model = listen(context, calls[::2])
    assert (model.alias, model.version, model.because) == ("champion", trained["version"], "")
    found = drift_job.run(context, {})
    assert (found["drift"], found["serving"]) == (False, "champion")
    assert found["own_share"] > 0.5
    assert [switch.code for switch in SwitchLog(database).recent()] == ["promoted", "drift"]
