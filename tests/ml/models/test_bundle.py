"""A stored model answers as the one in memory, and anything that is not ours is refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import skops.io
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import make_pipeline as make_imbalanced_pipeline
from sklearn.calibration import CalibratedClassifierCV
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, QuantileTransformer, StandardScaler
from sklearn.svm import SVC, LinearSVC

from genre_desktop.core.errors import AppError
from genre_desktop.core.types import GENRES
from genre_desktop.ml.features import schema
from genre_desktop.ml.models import bundle, skops_allowlist
from genre_desktop.ml.models.bundle import Member, Model
from tests.ml import tiny_models

X, Y = tiny_models.rows()


def refused(folder: Path, digest: str | None = None) -> str:
    with pytest.raises(AppError) as caught:
        bundle.load(folder, digest)
    problem = caught.value.problem
    assert problem.title
    assert problem.reason.endswith(".")
    assert problem.hint
    return problem.code


def rewrite(folder: Path, change: dict[str, object]) -> None:
    """Change bundle.json as an attacker would who also recomputes its digest."""
    path = folder / bundle.FILE
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), "utf-8")


def replace_part(folder: Path, name: str, data: bytes) -> None:
    """Replace the bytes of a part and update bundle.json."""
    (folder / name).write_bytes(data)
    files = json.loads((folder / bundle.FILE).read_text("utf-8"))["files"]
    files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    rewrite(folder, {"files": files})


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    bundle.save(tiny_models.linear(), tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.parametrize("make", [tiny_models.linear, tiny_models.boosted])
def test_a_stored_model_answers_alike(make, tmp_path: Path) -> None:
    model = make()
    digest = bundle.save(model, tmp_path / "model")
    loaded = bundle.load(tmp_path / "model", digest)
    np.testing.assert_allclose(loaded.predict_proba(X), model.predict_proba(X), atol=1e-7)
    np.testing.assert_array_equal(loaded.unusual(X), model.unusual(X))
    assert (loaded.family, loaded.classes, loaded.metadata) == (model.family, model.classes, model.metadata)
    assert digest == bundle.digest_of(tmp_path / "model")


def heads() -> list[object]:
    return [
        RandomForestClassifier(4, max_depth=4, random_state=0),
        KNeighborsClassifier(3),
        LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto"),
        CalibratedClassifierCV(LinearSVC(), cv=2),
        CalibratedClassifierCV(SVC(C=2.0), cv=2, ensemble=False),
        CalibratedClassifierCV(RandomForestClassifier(2, max_depth=2, random_state=0), cv=2),
        make_pipeline(
            QuantileTransformer(n_quantiles=10), SelectKBest(f_classif, k=9), LinearDiscriminantAnalysis()
        ),
    ]


@pytest.mark.parametrize("head", heads(), ids=lambda head: str(head).split("(")[0])
def test_every_family_of_the_training_page_can_be_stored(head, tmp_path: Path) -> None:
    pipeline = make_pipeline(StandardScaler(), head).fit(X, Y)
    model = tiny_models.linear(members=(Member.of(pipeline),))
    bundle.save(model, tmp_path / "model")
    np.testing.assert_allclose(bundle.load(tmp_path / "model").predict_proba(X), pipeline.predict_proba(X))


def test_saving_twice_gives_the_same_digest(tmp_path: Path) -> None:
    digests = {bundle.save(tiny_models.linear(), tmp_path / name) for name in ("a", "b")}
    digests |= {bundle.save(tiny_models.linear(), tmp_path / "a")}  # over an earlier one
    assert len(digests) == 1
    boosted = {bundle.save(tiny_models.boosted(), tmp_path / name) for name in ("c", "d")}
    assert len(boosted) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "c", "d"}  # nothing temporary is left


def test_samplers_of_imbalanced_learn_are_dropped(tmp_path: Path) -> None:
    pipeline = make_imbalanced_pipeline(
        StandardScaler(), RandomOverSampler(random_state=0), LinearDiscriminantAnalysis()
    ).fit(X, Y)
    bundle.save(tiny_models.linear(members=(Member.of(pipeline),)), tmp_path / "model")
    loaded = bundle.load(tmp_path / "model")
    np.testing.assert_allclose(loaded.predict_proba(X), pipeline.predict_proba(X))
    assert type(loaded.members[0].transform).__module__ == "sklearn.pipeline"
    assert b"imblearn" not in b"".join(path.read_bytes() for path in (tmp_path / "model").iterdir())


def test_members_see_their_columns_and_vote_with_their_weight() -> None:
    first, second = schema.NAMES[:5], schema.NAMES[5:9]
    one = LinearDiscriminantAnalysis().fit(X[:, :5], Y)
    two = LinearDiscriminantAnalysis().fit(X[:, 5:9], Y)
    model = tiny_models.linear(members=(Member(None, one, first, 3.0), Member(None, two, second, 1.0)))
    expected = 0.75 * one.predict_proba(X[:, :5]) + 0.25 * two.predict_proba(X[:, 5:9])
    np.testing.assert_allclose(model.predict_proba(X), expected)


def test_classes_a_member_never_saw_get_nothing_from_it() -> None:
    known = np.isin(Y, ["jazz", "rock", "blues"])
    head = LinearDiscriminantAnalysis().fit(X[known], Y[known])
    P = tiny_models.linear(members=(Member(None, head),)).predict_proba(X)
    assert P.shape == (len(X), len(GENRES))
    assert P[:, GENRES.index("metal")].max() == 0.0
    np.testing.assert_allclose(P.sum(axis=1), 1.0)


def test_temperature_makes_answers_less_sure_and_changes_no_genre() -> None:
    sure, calm = tiny_models.linear(), tiny_models.linear(temperature=3.0)
    P, Q = sure.predict_proba(X), calm.predict_proba(X)
    np.testing.assert_array_equal(P.argmax(axis=1), Q.argmax(axis=1))
    assert np.all(Q.max(axis=1) < P.max(axis=1))
    np.testing.assert_allclose(Q.sum(axis=1), 1.0)


@pytest.mark.parametrize("how", ["mean", "log-mean"])
def test_pooling_windows_gives_one_answer(how) -> None:
    model = tiny_models.linear(pooling=how)
    windows = np.array([[0.6, 0.4], [0.6, 0.4], [0.2, 0.8]])
    pooled = model.pool(windows)
    assert pooled.shape == (2,)
    assert pooled.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(model.pool(windows[:1]), windows[0])
    assert model.pool(windows, np.array([1.0, 1.0, 0.0]))[0] == pytest.approx(0.6)


def test_a_model_may_have_a_base(tmp_path: Path) -> None:
    base = tiny_models.boosted()
    logs = np.log(base.predict_proba(X) + 1e-9)
    head = LogisticRegression().fit(logs, Y)
    names = tuple(f"base:{genre}" for genre in base.classes)
    model = tiny_models.linear(members=(Member(None, head, names),), base=base)
    digest = bundle.save(model, tmp_path / "model")
    np.testing.assert_allclose(
        bundle.load(tmp_path / "model", digest).predict_proba(X), head.predict_proba(logs), atol=1e-5
    )
    part = next((tmp_path / "model" / "base").glob("*.ubj"))
    part.write_bytes(part.read_bytes()[:-1] + b"\x00")
    assert refused(tmp_path / "model", digest) == "model-digest"


def test_a_wrong_shape_is_reported() -> None:
    with pytest.raises(ValueError, match="expected rows of"):
        tiny_models.linear().predict_proba(X[:, :3])


def test_a_bundle_holds_no_training_rows(saved: Path) -> None:
    stored = b""
    for path in saved.glob("*.skops"):
        with zipfile.ZipFile(path) as archive:
            arrays = [archive.read(name) for name in archive.namelist()]
            stored += b"".join(arrays)
    assert X[3].tobytes() not in stored


# -- refusals ---------------------------------------------------------------------------------------------


def test_a_missing_folder_or_part(saved: Path) -> None:
    assert refused(saved / "nowhere") == "model-missing"
    next(saved.glob("*.head.*")).unlink()
    assert refused(saved) == "model-missing"


def test_a_truncated_part(saved: Path) -> None:
    part = next(saved.glob("*.head.skops"))
    part.write_bytes(part.read_bytes()[:-100])
    assert refused(saved) == "model-truncated"


def test_a_truncated_description(saved: Path) -> None:
    text = (saved / bundle.FILE).read_text("utf-8")
    (saved / bundle.FILE).write_text(text[: len(text) // 2], "utf-8")
    assert refused(saved) == "model-truncated"


@pytest.mark.parametrize("name", ["*.head.skops", "novelty.json"])
def test_one_changed_byte(saved: Path, name: str) -> None:
    part = next(saved.glob(name))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(bytes(data))
    assert refused(saved) == "model-digest"


def test_a_description_rewritten_with_matching_sums_fails_the_registered_digest(saved: Path) -> None:
    digest = bundle.digest_of(saved)
    rewrite(saved, {"temperature": 2.0})
    assert refused(saved, digest) == "model-digest"


def test_a_truncated_booster_with_matching_sums(tmp_path: Path) -> None:
    bundle.save(tiny_models.boosted(), tmp_path / "model")
    part = next((tmp_path / "model").glob("*.ubj"))
    replace_part(tmp_path / "model", part.name, part.read_bytes()[: part.stat().st_size // 2])
    assert refused(tmp_path / "model") == "model-truncated"


@pytest.mark.parametrize(
    "name",
    ["../outside.skops", "/etc/hostname.skops", "a/../../x.ubj", "sub/x.skops", "x.pkl", "base\\x.ubj", ""],
)
def test_names_that_lead_elsewhere(saved: Path, name: str) -> None:
    rewrite(saved, {"files": {name: {"sha256": "0" * 64, "bytes": 1}}})
    assert refused(saved) == "model-type"


def test_another_feature_version(saved: Path) -> None:
    rewrite(saved, {"feature_version": "an-older-one"})
    assert refused(saved) == "feature-version"
    assert bundle.load(saved, any_version=True).feature_version == "an-older-one"


def test_another_list_of_features_under_the_same_version(saved: Path) -> None:
    names = json.loads((saved / bundle.FILE).read_text("utf-8"))["feature_names"]
    rewrite(saved, {"feature_names": [*names[1:], names[0]]})
    assert refused(saved) == "feature-version"


def test_a_newer_format(saved: Path) -> None:
    rewrite(saved, {"format": bundle.FORMAT + 1})
    assert refused(saved) == "model-newer"


def test_a_model_that_answers_differently_than_when_it_was_stored(saved: Path) -> None:
    probe = json.loads((saved / bundle.FILE).read_text("utf-8"))["probe"]
    probe["probabilities"][0] = probe["probabilities"][0][::-1]
    rewrite(saved, {"probe": probe})
    assert refused(saved) == "model-answers"


class Boom:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):  # type: ignore[no-untyped-def]
        return os.mkdir, (str(self.mark),)


def test_a_pickle_is_never_opened(saved: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    hostile = pickle.dumps(Boom(mark))
    (saved / "model.pkl").write_bytes(hostile)
    (saved / "member-9.head.skops").write_bytes(hostile)
    bundle.load(saved)  # files that are not named stay unread
    part = next(saved.glob("*.head.skops")).name
    replace_part(saved, part, hostile)
    assert refused(saved) in {"model-truncated", "model-type"}
    assert not mark.exists()
    pickle.loads(hostile)
    assert mark.exists()  # the charge was live


def hostile_parts(tmp_path: Path) -> list[bytes]:
    transformer = FunctionTransformer(np.exp)
    schema_with = lambda node: zipped({"schema.json": json.dumps({**node, "protocol": 2})})  # noqa: E731
    call = {"__class__": "system", "__module__": "os", "__loader__": "FunctionNode", "content": {}}
    old = {
        "__class__": "f_classif",
        "__module__": "sklearn.feature_selection._univariate_selection",
        "__loader__": "FunctionNode",
        "content": {"module_path": "os", "function": "system"},
    }
    return [
        skops.io.dumps(transformer),  # skops would trust it
        schema_with(call),
        schema_with(
            {"__class__": "dict", "__module__": "builtins", "__loader__": "DictNode", "content": {"a": call}}
        ),
        schema_with(
            {"__class__": "Popen", "__module__": "subprocess", "__loader__": "ObjectNode", "content": None}
        ),
        schema_with(
            {"__class__": "str", "__module__": "builtins", "__loader__": "MethodNode", "content": {}}
        ),
        zipped({"schema.json": json.dumps({**old, "protocol": 0})}),
        zipped({"schema.json": json.dumps(old | {"protocol": 2}), "../../evil.npy": "x"}),
    ]


def zipped(entries: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("number", range(7))
def test_types_outside_our_list(saved: Path, tmp_path: Path, number: int) -> None:
    replace_part(saved, next(saved.glob("*.transform.skops")).name, hostile_parts(tmp_path)[number])
    assert refused(saved) == "model-type"


def test_what_we_would_not_load_we_do_not_save(tmp_path: Path) -> None:
    pipeline = make_pipeline(FunctionTransformer(np.exp), LinearDiscriminantAnalysis()).fit(X, Y)
    with pytest.raises(AppError, match=r"FunctionTransformer|exp"):
        bundle.save(tiny_models.linear(members=(Member.of(pipeline),)), tmp_path / "model")
    assert not list(tmp_path.iterdir())


def test_a_zip_bomb_is_not_unpacked(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skops_allowlist, "MAX_UNPACKED", 10_000)
    bomb = zipped({"schema.json": " " * 1_000_000})
    replace_part(saved, next(saved.glob("*.head.skops")).name, bomb)
    assert refused(saved) == "model-type"


def test_a_huge_part_is_not_read(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_FILE", (saved / bundle.FILE).stat().st_size - 1)
    assert refused(saved) == "model-type"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("name", ["novelty.json", bundle.FILE])
def test_what_is_no_file_is_not_read(saved: Path, name: str) -> None:
    (saved / name).unlink()
    (saved / name).symlink_to(os.devnull)  # as an endless device or pipe would, which no test should read
    assert refused(saved) == "model-type"


def test_deep_nesting_is_refused_without_a_crash(saved: Path) -> None:
    replace_part(
        saved,
        next(saved.glob("*.head.skops")).name,
        zipped({"schema.json": '{"protocol":2,"a":' + "[" * 200_000 + "]" * 200_000 + "}"}),
    )
    assert refused(saved) in {"model-truncated", "model-type"}


def test_a_tree_that_points_outside_itself(tmp_path: Path) -> None:
    forest = RandomForestClassifier(2, max_depth=2, random_state=0).fit(X, Y)
    nodes = forest.estimators_[1].tree_.__getstate__()
    nodes["nodes"] = nodes["nodes"].copy()
    nodes["nodes"]["left_child"][0] = 10_000_000
    forest.estimators_[1].tree_.__setstate__(nodes)
    data = skops_allowlist.dumps(forest)
    with pytest.raises(AppError, match="refers to nodes outside itself"):
        skops_allowlist.loads(data, "forest")


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "song.flac").write_bytes(b"mine")
    with pytest.raises(AppError, match="other files"):
        bundle.save(tiny_models.linear(), tmp_path / "music")
    assert (tmp_path / "music" / "song.flac").read_bytes() == b"mine"


def test_a_save_that_fails_leaves_the_old_model(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bundle.digest_of(saved)
    monkeypatch.setattr(bundle, "_load", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        bundle.save(tiny_models.linear(temperature=2.0), saved)
    assert bundle.digest_of(saved) == before
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_copy_takes_only_what_belongs(saved: Path, tmp_path: Path) -> None:
    (saved / "MODEL_CARD.md").write_text("A card.", "utf-8")
    (saved / "extra.pkl").write_bytes(b"no")
    bundle.copy(saved, tmp_path / "copied")
    assert bundle.digest_of(tmp_path / "copied") == bundle.digest_of(saved)
    assert (tmp_path / "copied" / "MODEL_CARD.md").exists()
    assert not (tmp_path / "copied" / "extra.pkl").exists()


@pytest.mark.parametrize(
    "change", [{"members": ()}, {"classes": ("a", "a")}, {"temperature": 0.0}, {"combine": "median"}]
)
def test_a_model_that_makes_no_sense(change) -> None:
    with pytest.raises(ValueError, match=r"."):
        tiny_models.linear(**change)


def test_model_is_exported() -> None:
    assert bundle.Model is Model
