"""Problems of models and their registry."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_REFUSED = N_("The model was rejected")
_NOT_WHOLE = N_("The model is incomplete")
_FILE_NOT_WHOLE = N_("The model file is incomplete")
_RESTORE_OR_ROLL_BACK = N_("Restore the starter models, or roll back to an earlier version.")
_RESTORE_OR_TRAIN = N_("Restore the starter models, or train a new one.")
_FAULT = N_("The model does not work")
_NO_MODEL = N_("No model works")
_NO_MODEL_HINT = N_("Restore the starter models on the Models page.")
_NO_WEB_UI = N_("MLflow's web pages cannot be opened")
_NO_WEB_UI_HINT = N_(
    "Install it with: pip install 'genre-desktop[web]'. The Models page shows the same models."
)
_STUDIES = N_("The database of the hyperparameter studies cannot be used")
_STUDIES_HINT = N_(
    "Correct or remove the environment variable {variable}; without it, retraining keeps its trials in "
    "memory."
)
_ENCODER_MISSING = N_("The music encoder is missing")
_ENCODER_DAMAGED = N_("The music encoder is damaged")
_ENCODER_FAILED = N_("The music encoder does not work")
_RESTORE_OR_INSTALL = N_("Restore the starter models, or reinstall Genre Desktop.")

TEXTS: dict[str, ProblemText] = {
    "no-model": ProblemText(_NO_MODEL, N_("Neither the champion nor the fallback works."), _NO_MODEL_HINT),
    "no-model/faults": ProblemText(_NO_MODEL, "{faults}", _NO_MODEL_HINT),
    "model-raised": ProblemText(_FAULT, N_("Version {version} failed ({kind}: {error})."), _RESTORE_OR_TRAIN),
    "model-non-finite": ProblemText(
        _FAULT, N_("Version {version} returned values that are not numbers."), _RESTORE_OR_TRAIN
    ),
    "model-slow": ProblemText(
        _FAULT, N_("Version {version} took longer than {budget} s."), _RESTORE_OR_TRAIN
    ),
    "model-slow/busy": ProblemText(
        _FAULT, N_("Version {version} is still processing an earlier clip."), _RESTORE_OR_TRAIN
    ),
    "feature-version": ProblemText(
        N_("This model needs other features"),
        N_("It was created for feature version {found}; this program uses version {known}."),
        N_("Train a new model, or use one that is included with this version of the program."),
    ),
    "feature-version/names": ProblemText(
        N_("The model expects other features"),
        N_("It was trained on another list of features."),
        _RESTORE_OR_ROLL_BACK,
    ),
    "unknown-family": ProblemText(
        N_("This model family does not exist"),
        N_("{name} is not one of {families}."),
        N_("Choose one or more of them, separated by commas."),
    ),
    "studies-database": ProblemText(
        _STUDIES, N_("It does not respond, or rejects the user or the password ({error})."), _STUDIES_HINT
    ),
    "studies-database/address": ProblemText(
        _STUDIES,
        N_("It is not the address of a database, such as postgresql://user:password@host/name."),
        _STUDIES_HINT,
    ),
    "studies-database/driver": ProblemText(
        _STUDIES,
        N_(
            'The driver for it is not installed; pip install "genre-desktop[cluster]" includes the one for PostgreSQL.'
        ),
        _STUDIES_HINT,
    ),
    "not-a-bundle": ProblemText(
        N_("The folder is not empty"), N_("{folder} contains other files."), N_("Choose another folder.")
    ),
    "model-newer": ProblemText(
        N_("The model was created by a newer version"),
        N_("It has format {version}; this program supports {known}."),
        N_("Update Genre Desktop."),
    ),
    "model-missing": ProblemText(
        N_("The model is missing"), N_("{path} cannot be read ({error})."), _RESTORE_OR_ROLL_BACK
    ),
    "model-missing/exhausted": ProblemText(
        N_("The model cannot be read at the moment"),
        N_("{path} cannot be opened ({error})."),
        N_("Close other programs, or restart Genre Desktop, then try again."),
    ),
    "model-digest": ProblemText(
        N_("The model was changed"), N_("{name} is not the file that was registered."), _RESTORE_OR_ROLL_BACK
    ),
    "model-answers": ProblemText(
        N_("The model's answers differ from when it was stored"),
        N_("Another version of its libraries computes different results."),
        N_("Train a new model, or restore the starter models."),
    ),
    "model-truncated": ProblemText(
        _NOT_WHOLE, N_("{name} is {size} bytes long instead of {expected}."), _RESTORE_OR_ROLL_BACK
    ),
    "model-truncated/damaged": ProblemText(
        _NOT_WHOLE, N_("{file} is damaged ({kind}: {error})."), _RESTORE_OR_ROLL_BACK
    ),
    "model-truncated/booster": ProblemText(
        _FILE_NOT_WHOLE, N_("{name} cannot be read."), _RESTORE_OR_ROLL_BACK
    ),
    "model-truncated/part": ProblemText(
        _FILE_NOT_WHOLE, N_("{name} is not a complete model file ({error})."), _RESTORE_OR_TRAIN
    ),
    "model-unreadable": ProblemText(
        N_("The model cannot be used"),
        N_("Its parts do not match ({kind}: {error})."),
        _RESTORE_OR_ROLL_BACK,
    ),
    "model-unreadable/part": ProblemText(
        N_("The model cannot be read"),
        N_("{name} could not be loaded by this version of the program ({kind}: {error})."),
        _RESTORE_OR_TRAIN,
    ),
    "model-type": ProblemText(
        _REFUSED,
        N_("{name} contains something that is not allowed in a model: {why}."),
        _RESTORE_OR_TRAIN,
    ),
    "model-type/depth": ProblemText(
        _REFUSED, N_("More than {depth} models are based on one another."), _RESTORE_OR_ROLL_BACK
    ),
    "model-type/not-regular": ProblemText(
        _REFUSED, N_("{name} is not a regular file."), _RESTORE_OR_ROLL_BACK
    ),
    "model-type/too-large": ProblemText(
        _REFUSED, N_("{name} is larger than {limit} MiB."), _RESTORE_OR_ROLL_BACK
    ),
    "model-type/file-name": ProblemText(
        _REFUSED, N_("{file} refers to a file that it must not refer to: {name}."), _RESTORE_OR_ROLL_BACK
    ),
    "model-unknown": ProblemText(
        N_("This model does not exist"),
        N_("The registry contains no model {selector}."),
        N_("The Models page and `genre-desktop models` list the available models."),
    ),
    "encoder-missing": ProblemText(
        _ENCODER_MISSING, N_("{path} cannot be read ({error})."), _RESTORE_OR_INSTALL
    ),
    "encoder-missing/unknown": ProblemText(
        _ENCODER_MISSING,
        N_("The model was created with another encoder ({digest}), which is not installed."),
        _RESTORE_OR_TRAIN,
    ),
    "encoder-missing/columns": ProblemText(
        _ENCODER_MISSING,
        N_("The song was analysed without it, and the model needs it."),
        _RESTORE_OR_INSTALL,
    ),
    "encoder-missing/onnxruntime": ProblemText(
        _ENCODER_MISSING,
        N_("onnxruntime cannot be loaded ({error})."),
        N_("Reinstall Genre Desktop."),
    ),
    "encoder-damaged": ProblemText(
        _ENCODER_DAMAGED, N_("{path} is not the file that was registered."), _RESTORE_OR_INSTALL
    ),
    "encoder-damaged/unreadable": ProblemText(
        _ENCODER_DAMAGED, N_("{path} cannot be loaded ({error})."), _RESTORE_OR_INSTALL
    ),
    "encoder-failed": ProblemText(_ENCODER_FAILED, N_("It failed ({kind}: {error})."), _RESTORE_OR_INSTALL),
    "encoder-failed/non-finite": ProblemText(
        _ENCODER_FAILED, N_("It returned values that are not numbers."), _RESTORE_OR_INSTALL
    ),
    "encoder-slow": ProblemText(_ENCODER_FAILED, N_("It took longer than {budget} s."), _RESTORE_OR_TRAIN),
    "encoder-slow/busy": ProblemText(
        _ENCODER_FAILED, N_("It is still processing an earlier clip."), _RESTORE_OR_TRAIN
    ),
    "registry-failed": ProblemText(
        N_("The model registry operation failed"),
        "{error}.",
        N_("Try again; if it fails again, restore the starter models."),
    ),
    "registry-busy": ProblemText(
        N_("The model registry is busy"),
        N_("Another Genre Desktop process is changing it."),
        N_("Wait until the other operation has finished, and try again."),
    ),
    "registry-newer": ProblemText(
        N_("The model registry was created by another version"),
        N_("{path} could not be converted to this version ({error})."),
        N_("Update Genre Desktop, or move the registry folder away to start with the starter models."),
    ),
    "registry-unreadable": ProblemText(
        N_("The model registry cannot be opened"),
        "{path}: {error}.",
        N_("Restore the starter models; the damaged registry is kept next to the new one."),
    ),
    "nothing-to-undo": ProblemText(
        N_("There is no promotion to roll back"),
        N_("No promotion has been made in this registry."),
        N_("Promote a version on the Models page instead."),
    ),
    "no-web-ui": ProblemText(_NO_WEB_UI, N_("The full MLflow package is not installed."), _NO_WEB_UI_HINT),
    "no-web-ui/ended": ProblemText(_NO_WEB_UI, N_("Its server ended with code {code}."), _NO_WEB_UI_HINT),
}
"""Key to texts; see the package."""
