"""Packaging of a bundle as an MLflow model with signature, input example and environment.

MLflow's ``log_model`` is not used: it takes the list of trusted types from the model's own file,
determines requirements by running ``sys.executable`` (in a frozen app: this app), and its logged
models depend on process-wide addresses. An MLflow model is a folder with an ``MLmodel`` file;
this one holds the bundle unchanged. With the ``python_function`` flavour MLflow's own tools can
load it, through the same checks.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.ml.models import bundle

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "bundle"
"""The bundle inside the MLflow model."""
LOADER = "genre_desktop.ml.mlflow_model"
"""The module named in stored ``MLmodel`` files, wherever the loader is defined now."""
_EXAMPLE = "input_example.json"
_LIBRARIES = (
    "numpy",
    "scikit-learn",
    "scipy",
    "skops",
    "xgboost",
    "xgboost-cpu",
    "imbalanced-learn",
    "librosa",
    "onnxruntime",
)


def package(source: Path, target: Path, run_id: str) -> None:
    """Write the MLflow model folder ``target`` around the bundle ``source``."""
    from mlflow.models import Model

    document = bundle.read(source)
    bundle.copy(source, target / FOLDER)
    versions = environment()
    (target / "requirements.txt").write_text("".join(f"{n}=={v}\n" for n, v in versions.items()), "utf-8")
    example = {"columns": document["feature_names"], "data": document["probe"]["rows"][:1]}
    (target / _EXAMPLE).write_text(json.dumps(example), "utf-8")
    model = Model(
        artifact_path="model",
        run_id=run_id,
        signature=_signature(document),
        saved_input_example_info={"artifact_path": _EXAMPLE, "type": "dataframe", "pandas_orient": "split"},
        metadata={"family": document["family"], "feature_version": document["feature_version"]},
    )
    model.add_flavor("genre_desktop", bundle=FOLDER, format=document["format"])
    model.add_flavor(
        "python_function",
        loader_module=LOADER,
        data=FOLDER,
        python_version=platform.python_version(),
        env={"virtualenv": "requirements.txt"},
    )
    model.save(target / "MLmodel")


def environment() -> dict[str, str]:
    """Return the installed versions of the libraries that predictions depend on."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # only one of the two builds of xgboost is installed
    return found


def _signature(document: dict[str, Any]) -> Any:
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    return ModelSignature(
        inputs=Schema([ColSpec("double", name) for name in document["feature_names"]]),
        outputs=Schema([ColSpec("double", name) for name in document["classes"]]),
    )


class _Scorer:
    """The object that ``mlflow.pyfunc`` calls."""

    def __init__(self, folder: Path) -> None:
        self.model = bundle.load(folder)

    def predict(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return one column of probabilities for each genre."""
        import pandas as pd

        rows = frame[list(self.model.feature_names)].to_numpy(float)
        return pd.DataFrame(self.model.predict_proba(rows), columns=list(self.model.classes))


def _load_pyfunc(path: str) -> _Scorer:
    return _Scorer(Path(path))
