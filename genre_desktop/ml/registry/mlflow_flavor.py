"""A bundle dressed as an MLflow model: signature, input example and environment around our own folder.

MLflow's ``log_model`` is not used: through it the list of trusted types would come from the
model's own file, its requirements are found by starting ``sys.executable`` (in a frozen app:
this app), and its logged models depend on process-wide addresses. A model for MLflow is a
folder with an ``MLmodel`` file; this one holds the bundle untouched. The ``python_function``
flavour lets MLflow's own tools load it, through the same checks.
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
"""The module that stored ``MLmodel`` files name, wherever the loader lies now."""
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
        saved_input_example_info={
            "artifact_path": _EXAMPLE,
            "type": "dataframe",
            "pandas_orient": "split",
        },
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
    """Installed versions of the libraries a model's answers depend on."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # one of the two builds of xgboost
    return found


def _signature(document: dict[str, Any]) -> Any:
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    return ModelSignature(
        inputs=Schema([ColSpec("double", name) for name in document["feature_names"]]),
        outputs=Schema([ColSpec("double", name) for name in document["classes"]]),
    )


class _Scorer:
    """What ``mlflow.pyfunc`` calls."""

    def __init__(self, folder: Path) -> None:
        self.model = bundle.load(folder)

    def predict(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A column of probabilities for each genre."""
        import pandas as pd

        rows = frame[list(self.model.feature_names)].to_numpy(float)
        return pd.DataFrame(self.model.predict_proba(rows), columns=list(self.model.classes))


def _load_pyfunc(path: str) -> _Scorer:
    return _Scorer(Path(path))
