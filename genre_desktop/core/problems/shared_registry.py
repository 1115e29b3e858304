"""Problems of the shared MLflow server and of the credentials for it."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_START = N_(
    "Start it with MLflow 3.11 or newer: pip install 'mlflow>=3.11', then "
    "mlflow server --backend-store-uri … --artifacts-destination …; docs/team.md has the commands."
)
_LOCAL_SERVES = N_("The models of this computer go on answering; try again later.")
_NO_KEYRING = N_("There is no place to keep credentials")
_KEYRING_HINT = N_(
    "Set the environment variables MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, "
    "or MLFLOW_TRACKING_TOKEN, before the program starts."
)

TEXTS: dict[str, ProblemText] = {
    "no-keyring": ProblemText(
        _NO_KEYRING, N_("The system's store for credentials cannot be used ({error})."), _KEYRING_HINT
    ),
    "no-keyring/none": ProblemText(
        _NO_KEYRING, N_("This system offers no store for credentials."), _KEYRING_HINT
    ),
    "registry-server-none": ProblemText(
        N_("There is no shared registry"),
        N_("No address of an MLflow server is set."),
        N_("Enter it in Preferences › Team, or set MLFLOW_TRACKING_URI for a command."),
    ),
    "registry-server-address": ProblemText(
        N_("The address of the shared registry cannot be used"),
        N_("{address} is no address that begins with https:// or http:// and names a server."),
        N_("Enter an address such as https://models.example in Preferences › Team."),
    ),
    "registry-server-address/credentials": ProblemText(
        N_("The address of the shared registry cannot be used"),
        N_("It contains a user name or a password, which settings and logs would show."),
        N_("Enter the address without them, and sign in with: genre-desktop models login."),
    ),
    "registry-server-insecure": ProblemText(
        N_("The connection to the shared registry is not encrypted"),
        N_(
            "{address} is on another computer; whoever is on the way could read the password and replace models."
        ),
        N_(
            "Use an https address, or allow it with the environment variable GENRE_DESKTOP_REGISTRY_INSECURE=1."
        ),
    ),
    "registry-server-old": ProblemText(
        N_("The shared registry's server is too old"),
        N_("{address} runs MLflow {version}; versions before {needed} let others read and replace files."),
        _START,
    ),
    "registry-server-foreign": ProblemText(
        N_("The address does not lead to an MLflow server"),
        N_("{address} answers, but not as MLflow does ({answer})."),
        N_("Check the address in Preferences › Team."),
    ),
    "registry-server-unreachable": ProblemText(
        N_("The shared registry cannot be reached"), N_("{address} does not answer ({error})."), _LOCAL_SERVES
    ),
    "registry-server-slow": ProblemText(
        N_("The shared registry answers too slowly"),
        N_("{address} did not answer within {seconds:.0f} s."),
        _LOCAL_SERVES,
    ),
    "registry-server-credentials": ProblemText(
        N_("The shared registry refused the credentials"),
        N_("{address} accepts no access without credentials, or these are wrong or expired."),
        N_("Sign in again: genre-desktop models login, or Preferences › Team."),
    ),
    "registry-server-forbidden": ProblemText(
        N_("The shared registry does not permit this"),
        N_("{address} knows you, but this needs more rights ({error})."),
        N_("Ask whoever runs the server for the right to edit the model “genre”."),
    ),
    "registry-server-failed": ProblemText(
        N_("The shared registry has a fault"),
        N_("{address} reported an error of its own ({error})."),
        N_("Its disk may be full, or its database down: its log says more. The models here go on answering."),
    ),
    "registry-server-refused": ProblemText(
        N_("The shared registry could not do this"), N_("{address} refused: {error}."), _LOCAL_SERVES
    ),
}
"""Key to texts; see the package."""
