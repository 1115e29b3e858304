"""Allowlist of the types in a stored model, checked before anything is built.

skops files are never pickles, but skops itself trusts every scikit-learn estimator, every
NumPy ufunc and a few callables. A bundle needs far less, so each node of the file's schema
is first compared with the exact names below; anything else is refused unread.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from genre_desktop.core.errors import AppError
from genre_desktop.core.messages import Message, message
from genre_desktop.ml.arrays import DAMAGED_ARCHIVE, open_archive, read_array

MAX_UNPACKED = 400 * 1024 * 1024
"""Maximum unpacked size of a stored part in bytes; a forest of 1000 deep trees needs about a tenth."""

_MOST_CLASSES = 10_000

MIN_PROTOCOL = 2
"""A file could declare an older skops protocol to select older readers with other checks; ours never do."""

ESTIMATORS = frozenset(
    {
        "genre_desktop.ml.forms.Forms",
        "sklearn.calibration.CalibratedClassifierCV",
        "sklearn.calibration._CalibratedClassifier",
        "sklearn.calibration._SigmoidCalibration",
        "sklearn.calibration._TemperatureScaling",
        "sklearn.compose._column_transformer.ColumnTransformer",
        "sklearn.decomposition._pca.PCA",
        "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
        "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis",
        "sklearn.dummy.DummyClassifier",
        "sklearn.ensemble._bagging.BaggingClassifier",
        "sklearn.ensemble._forest.ExtraTreesClassifier",
        "sklearn.ensemble._forest.RandomForestClassifier",
        "sklearn.ensemble._voting.VotingClassifier",
        "sklearn.feature_selection._from_model.SelectFromModel",
        "sklearn.feature_selection._univariate_selection.SelectKBest",
        "sklearn.feature_selection._variance_threshold.VarianceThreshold",
        "sklearn.impute._base.SimpleImputer",
        "sklearn.isotonic.IsotonicRegression",
        "sklearn.kernel_approximation.Nystroem",
        "sklearn.linear_model._logistic.LogisticRegression",
        "sklearn.linear_model._logistic.LogisticRegressionCV",
        "sklearn.naive_bayes.GaussianNB",
        "sklearn.neighbors._classification.KNeighborsClassifier",
        "sklearn.neighbors._nearest_centroid.NearestCentroid",
        "sklearn.neural_network._multilayer_perceptron.MLPClassifier",
        "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
        "sklearn.pipeline.FeatureUnion",
        "sklearn.pipeline.Pipeline",
        "sklearn.preprocessing._data.MinMaxScaler",
        "sklearn.preprocessing._data.Normalizer",
        "sklearn.preprocessing._data.PowerTransformer",
        "sklearn.preprocessing._data.QuantileTransformer",
        "sklearn.preprocessing._data.RobustScaler",
        "sklearn.preprocessing._data.StandardScaler",
        "sklearn.preprocessing._label.LabelBinarizer",
        "sklearn.preprocessing._label.LabelEncoder",
        "sklearn.svm._classes.LinearSVC",
        "sklearn.svm._classes.SVC",
        "sklearn.tree._classes.DecisionTreeClassifier",
        "sklearn.tree._classes.ExtraTreeClassifier",
        "sklearn.utils._bunch.Bunch",
    }
)
FUNCTIONS = frozenset({"sklearn.feature_selection._univariate_selection.f_classif"})
TREE = "sklearn.tree._tree.Tree"
_NUMBERS = frozenset({"bool", "int", "float", "str"})
_SCALARS = frozenset(
    "numpy." + name
    for name in ("bool", "bool_", "float32", "float64", "int8", "int32", "int64", "uint8", "str_")
)

ALLOWED: dict[str, frozenset[str]] = {
    "ObjectNode": ESTIMATORS,
    "TreeNode": frozenset({TREE}),
    "FunctionNode": FUNCTIONS,
    "NdArrayNode": _SCALARS | {"numpy.ndarray"},
    "TypeNode": _SCALARS | frozenset("builtins." + name for name in _NUMBERS),
    "DTypeNode": frozenset({"numpy.dtype"}),
    "RandomStateNode": frozenset({"numpy.random.mtrand.RandomState"}),
    "DictNode": frozenset({"builtins.dict"}),
    "ListNode": frozenset({"builtins.list"}),
    "TupleNode": frozenset({"builtins.tuple"}),
    "SliceNode": frozenset({"builtins.slice"}),
    "JsonNode": frozenset({"builtins.str"}),
}
"""skops node kind -> the exact type names it may have."""

TRUSTED = sorted(ESTIMATORS | FUNCTIONS | {TREE, "numpy.dtype"})
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, OverflowError, EOFError, RecursionError,
    RuntimeError,
)  # fmt: skip
"""What reading a damaged archive raises; ``RuntimeError`` for one with a password."""
_ENTRY = re.compile(r"\d+\.npy")


def dumps(estimator: Any) -> bytes:
    """Serialize a fitted scikit-learn part to reproducible skops bytes.

    skops names nodes by memory address and adds timestamps; both are replaced, so that a
    model built twice from the same seed has the same digest.

    Raises
    ------
    AppError
        ``model-type`` when the part contains anything outside the allowlist.
    """
    import skops.io

    try:
        raw = skops.io.dumps(estimator)
    except Exception as error:  # skops raises many kinds for what it cannot store
        raise _refused(type(estimator).__name__, str(error)) from error
    data = _canonical(raw)
    check(data, type(estimator).__name__)
    return data


def loads(data: bytes, name: str) -> Any:
    """Build a part from the bytes of :func:`dumps`.

    Raises
    ------
    AppError
        ``model-type`` for a type outside the allowlist, ``model-truncated`` for a damaged file,
        ``model-unreadable`` for one this scikit-learn cannot build.
    """
    check(data, name)
    _check_stored(data, name)
    import skops.io

    try:
        estimator = skops.io.loads(data, trusted=TRUSTED)
    except Exception as error:
        raise AppError(
            "model-unreadable/part", name=name, kind=type(error).__name__, error=str(error)
        ) from error
    _check_trees(estimator, name)
    return estimator


def check(data: bytes, name: str) -> None:
    """Compare every node of a skops file with the allowlist without building it; errors as :func:`loads`."""
    try:
        with open_archive(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                limit = MAX_UNPACKED // 2**20
                raise _refused(name, message("it is larger than {limit} MiB when unpacked", limit=limit))
            for filename in (entry.filename for entry in entries):
                if filename != "schema.json" and not _ENTRY.fullmatch(filename):
                    raise _refused(name, message("it contains {entry}", entry=repr(filename)))
            schema = json.loads(archive.read("schema.json"))
            if int(schema["protocol"]) < MIN_PROTOCOL:
                raise _refused(name, message("it requires an outdated protocol"))
    except _DAMAGED as error:
        raise AppError("model-truncated/part", name=name, error=str(error)) from error
    for node in _nodes(schema):
        _check_node(node, name)


def _check_stored(data: bytes, name: str) -> None:
    """Check trees as they are stored, since scikit-learn copies them without looking at their sizes.

    skops builds nodes of one number once, so a tree's parts must be equal to others of their number, or another
    part would be built than was checked.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        schema = json.loads(archive.read("schema.json"))
        trees = [node for node in _nodes(schema) if node.get("__loader__") == "TreeNode"]
        checked = {str(part.get("__id__")): part for tree in trees for part in _nodes(tree)}
        for node in _nodes(schema) if trees else ():
            if checked.get(str(node.get("__id__")), node) != node:
                raise _refused(name, message("a decision tree refers to nodes outside itself"))
        if not all(_is_valid_stored_tree(tree, archive) for tree in trees):
            raise _refused(name, message("a decision tree refers to nodes outside itself"))


def _is_valid_stored_tree(node: dict[str, Any], archive: zipfile.ZipFile) -> bool:
    try:
        features, classes, outputs = (_plain(each, archive) for each in node["__reduce__"]["args"]["content"])
        state = {key: _plain(each, archive) for key, each in node["content"]["content"].items()}
        nodes, values, n = state["nodes"], state["values"], state["node_count"]
    except (*DAMAGED_ARCHIVE, AttributeError):
        return False
    counts = (features, outputs, n, state.get("max_depth"))
    if not all(isinstance(count, int) for count in counts) or outputs != 1 or features < 1 or n < 1:
        return False
    if not all(isinstance(array, np.ndarray) for array in (classes, nodes, values)):
        return False
    if classes.shape != (1,) or classes.dtype.kind != "i" or not 1 <= int(classes[0]) <= _MOST_CLASSES:
        return False
    return nodes.shape == (n,) and nodes.dtype.names is not None and values.shape == (n, 1, int(classes[0]))


def _plain(node: dict[str, Any], archive: zipfile.ZipFile) -> Any:
    if node["__loader__"] == "JsonNode":
        return json.loads(node["content"])
    return read_array(archive.read(node["file"]))


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    # Iterative: a hostile file may be nested deeper than the recursion limit.
    pending = [schema]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            if "__loader__" in item or "__class__" in item or "__module__" in item:
                yield item
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)


def _check_node(node: dict[str, Any], name: str) -> None:
    loader = str(node.get("__loader__"))
    found = f"{node.get('__module__')}.{node.get('__class__')}"
    if found not in ALLOWED.get(loader, frozenset()):
        raise _refused(name, message("it contains {found} ({loader})", found=found, loader=loader))


def _refused(name: str, why: str | Message) -> AppError:
    return AppError("model-type", name=name, why=why)


def _check_trees(estimator: Any, name: str) -> None:
    # scikit-learn indexes a tree's nodes without bounds checks: a crafted one would crash the process.
    if not all(_is_valid_tree(tree) for tree in _trees(estimator)):
        raise _refused(name, message("a decision tree refers to nodes outside itself"))


def _trees(part: Any) -> Iterator[Any]:
    if isinstance(part, list | tuple) or (isinstance(part, np.ndarray) and part.dtype == object):
        for item in part:
            yield from _trees(item)
    elif type(part).__module__.startswith("sklearn."):
        if f"{type(part).__module__}.{type(part).__name__}" == TREE:
            yield part
        for value in getattr(part, "__dict__", {}).values():
            yield from _trees(value)


def _is_valid_tree(tree: Any) -> bool:
    own = np.arange(tree.node_count)
    left, right, feature = tree.children_left, tree.children_right, tree.feature
    leaf = (left == -1) & (right == -1)
    inner = (
        (left > own)
        & (right > own)
        & (left < tree.node_count)
        & (right < tree.node_count)
        & (feature >= 0)
        & (feature < tree.n_features)
    )
    return bool(tree.node_count and np.all(leaf | inner))


def _canonical(raw: bytes) -> bytes:
    names: dict[int, int] = {}

    def renumber(item: Any) -> Any:
        if isinstance(item, list):
            return [renumber(value) for value in item]
        if not isinstance(item, dict):
            return item
        renamed = {key: renumber(value) for key, value in item.items()}
        if isinstance(item.get("__id__"), int):
            renamed["__id__"] = names.setdefault(item["__id__"], len(names) + 1)
        if isinstance(item.get("file"), str):
            renamed["file"] = file_name(item["file"])
        return renamed

    def file_name(old: str) -> str:
        return f"{names.setdefault(int(old.removesuffix('.npy')), len(names) + 1)}.npy"

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        schema = renumber(json.loads(source.read("schema.json")))
        arrays = {file_name(n): source.read(n) for n in source.namelist() if n != "schema.json"}
        arrays["schema.json"] = json.dumps(schema, separators=(",", ":")).encode()
        for name in sorted(arrays):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, arrays[name])
    return out.getvalue()
