"""Every fault of a champion, injected into the real starter model while real music is analysed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.core.monitoring.alert_service import ROLL_BACK, AlertService
from genre_desktop.core.monitoring.serving import ServingController
from genre_desktop.core.paths import Home, shipped
from genre_desktop.core.store.serving_history import SwitchLog
from genre_desktop.core.types import AnalyseRequest, ModelRef
from genre_desktop.jobs import operations
from genre_desktop.jobs.context import ProcessResources, TaskContext
from genre_desktop.ml.features import window_extractor
from genre_desktop.ml.features.dsp.filter_banks import Float32
from genre_desktop.ml.features.encoder.encoder import Encoder, Encoding
from genre_desktop.ml.inference import model_router
from genre_desktop.ml.registry import encoder_store
from genre_desktop.ml.registry.starter_models import open_registry

DEMO = shipped("resources", "demo.flac")


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the real starters registered; making it takes seconds, copying it none."""
    home = Home(tmp_path_factory.mktemp("registered") / "home").create()
    open_registry(home).close()
    return home.root


@pytest.fixture
def context(registered: Path, tmp_path: Path) -> Iterator[TaskContext]:
    shutil.copytree(registered, tmp_path / "home")
    parts = ProcessResources(Home(tmp_path / "home"))
    yield TaskContext(parts)
    parts.close()


def answering_model(context: TaskContext) -> ModelRef:
    """Analyse the demo clip and return the model that answered."""
    answer = operations.analyse(context, AnalyseRequest(str(DEMO))).answer
    assert answer.ok
    assert answer.model is not None
    return answer.model


def folder_of(context: TaskContext) -> Path:
    models = context.parts.predictor.models
    return models.find("champion").path(context.home)


# -- the faults: each is a context in which the champion is broken ------------------------------------------


@contextmanager
def flipped_bits(context: TaskContext) -> Iterator[None]:
    part = max(folder_of(context).glob("*.skops"), key=lambda path: path.stat().st_size)
    whole = part.read_bytes()
    part.write_bytes(whole[:500] + bytes([whole[500] ^ 0x10]) + whole[501:])
    yield
    part.write_bytes(whole)


@contextmanager
def removed_folder(context: TaskContext) -> Iterator[None]:
    folder = folder_of(context)
    folder.rename(folder.with_name("away"))
    yield
    folder.with_name("away").rename(folder)


def behaving(work: Callable[[Any], Any]) -> Callable[[TaskContext], AbstractContextManager[None]]:
    """Replace the loaded champion's ``predict_proba`` by ``work``."""

    @contextmanager
    def break_it(context: TaskContext) -> Iterator[None]:
        models = context.parts.predictor.models
        champion = models.get(models.find("champion"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(champion.__dict__, "predict_proba", work)
            yield

    return break_it


def stop(X: Any) -> Any:
    raise ZeroDivisionError("division by zero")


def no_numbers(X: Any) -> Any:
    return np.full((len(X), 10), np.nan)


@contextmanager
def sleeping(context: TaskContext) -> Iterator[None]:
    """Make the champion's prediction exceed its time budget."""
    awake = threading.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_router, "BUDGET_S", 0.2)
        with behaving(lambda X: awake.wait())(context):
            yield
        awake.set()
        for thread in threading.enumerate():
            if thread.name.startswith("model-"):
                thread.join()


@contextmanager
def encoder_file(context: TaskContext, change: Callable[[Path], object]) -> Iterator[None]:
    """Change the only copy of the encoder, as where the registry's and the shipped one are lost."""
    with pytest.MonkeyPatch.context() as patch:
        copy = context.home.root / "musicnn.onnx"
        shutil.copyfile(encoder_store.shipped_file(), copy)
        change(copy)
        patch.setattr(encoder_store, "find", lambda home, digest: copy)
        yield


def no_encoder(context: TaskContext) -> AbstractContextManager[None]:
    return encoder_file(context, lambda path: path.unlink())


def damaged_encoder(context: TaskContext) -> AbstractContextManager[None]:
    return encoder_file(context, lambda path: path.write_bytes(path.read_bytes()[:-1]))


@contextmanager
def slow_encoder(context: TaskContext) -> Iterator[None]:
    """Make the encoder exceed its time budget."""
    encode, over = Encoder.encode, threading.Event()

    def waiting(encoder: Encoder, patches: Float32) -> Encoding:
        assert over.wait(60)
        return encode(encoder, patches)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window_extractor, "BUDGET_S", 0.0)
        patch.setattr(Encoder, "encode", waiting)
        yield
    over.set()
    for thread in threading.enumerate():
        if thread.name == "encoder":
            thread.join()


FAULTS: dict[str, Callable[[TaskContext], AbstractContextManager[None]]] = {
    "model-digest": flipped_bits,
    "model-missing": removed_folder,
    "model-raised": behaving(stop),
    "model-non-finite": behaving(no_numbers),
    "model-slow": sleeping,
    "encoder-missing": no_encoder,
    "encoder-damaged": damaged_encoder,
    "encoder-slow": slow_encoder,
}
FOUND_BY_LOADING = {"model-digest", "model-missing", "encoder-missing", "encoder-damaged"}


@pytest.mark.parametrize("code", FAULTS)
def test_a_broken_champion_is_answered_for_and_comes_back_when_it_works(
    context: TaskContext, code: str
) -> None:
    serving, alerts = ServingController(context.parts.database), AlertService(context.parts.database)
    if code not in FOUND_BY_LOADING:
        assert answering_model(context).alias == "champion"
    with FAULTS[code](context):
        model = answering_model(context)
        assert (model.alias, bool(model.because)) == ("fallback", True)
        (alert,) = alerts.standing()
        assert (alert.notice.code, alert.notice.level) == ("champion-fault", "error")
        assert alert.notice.action == ROLL_BACK
        fault = serving.current().champion_fault
        assert fault is not None
        assert fault.code == code
    for _ in range(1 if code in FOUND_BY_LOADING else 3):
        assert serving.current().active == "fallback"
        context.parts.predictor.router._probed.clear()  # otherwise it would be retried half a minute later
        answering_model(context)
    assert serving.current().champion_fault is None
    assert answering_model(context).alias == "champion"
    assert alerts.standing() == []
    codes = [switch.code for switch in SwitchLog(context.parts.database).recent()]
    assert codes == ["recovered", code]
