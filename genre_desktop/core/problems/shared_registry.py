"""Problems of the shared MLflow server and of the credentials for it."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_START = N_(
    "Start it with MLflow 3.11 or newer: pip install 'mlflow>=3.11', then "
    "mlflow server --backend-store-uri … --artifacts-destination …; docs/team.md has the commands."
)
_LOCAL_SERVES = N_("The models on this computer remain in use; try again later.")
_NO_KEYRING = N_("Credentials cannot be stored")
_KEYRING_HINT = N_(
    "Set the environment variables MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, "
    "or MLFLOW_TRACKING_TOKEN, before the program starts."
)
_NOT_USED = N_("The shared model was not used")
_PUBLISH_AGAIN = N_("Publish the model again, or promote another version on the shared registry.")
_RACED = N_("The shared champion was not changed")

TEXTS: dict[str, ProblemText] = {
    "no-keyring": ProblemText(
        _NO_KEYRING, N_("The system's credential store cannot be used ({error})."), _KEYRING_HINT
    ),
    "no-keyring/none": ProblemText(_NO_KEYRING, N_("This system has no credential store."), _KEYRING_HINT),
    "registry-server-none": ProblemText(
        N_("No shared registry is set"),
        N_("No address of an MLflow server is set."),
        N_("Enter it in Preferences › Team, or set MLFLOW_TRACKING_URI for a command."),
    ),
    "registry-server-address": ProblemText(
        N_("The address of the shared registry cannot be used"),
        N_("{address} is not a server address that begins with https:// or http://."),
        N_("Enter an address such as https://models.example in Preferences › Team."),
    ),
    "registry-server-address/credentials": ProblemText(
        N_("The address of the shared registry cannot be used"),
        N_("It contains a user name or a password, which would be visible in settings and logs."),
        N_("Enter the address without them, and sign in with: genre-desktop models login."),
    ),
    "registry-server-insecure": ProblemText(
        N_("The connection to the shared registry is not encrypted"),
        N_(
            "{address} is on another computer; others on the network could read the password and replace models."
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
        N_("{address} responds, but not as an MLflow server ({answer})."),
        N_("Check the address in Preferences › Team."),
    ),
    "registry-server-unreachable": ProblemText(
        N_("The shared registry cannot be reached"),
        N_("{address} does not respond ({error})."),
        _LOCAL_SERVES,
    ),
    "registry-server-slow": ProblemText(
        N_("The shared registry responds too slowly"),
        N_("{address} did not respond within {seconds:.0f} s."),
        _LOCAL_SERVES,
    ),
    "registry-server-credentials": ProblemText(
        N_("The shared registry rejected the credentials"),
        N_("{address} requires credentials, or these are wrong or expired."),
        N_("Sign in again: genre-desktop models login, or Preferences › Team."),
    ),
    "registry-server-forbidden": ProblemText(
        N_("The shared registry does not permit this"),
        N_("Your account on {address} does not have the permission ({error})."),
        N_("Ask the operator of the server for permission to edit the model “genre”."),
    ),
    "registry-server-failed": ProblemText(
        N_("The shared registry has an internal error"),
        N_("{address} reported an error ({error})."),
        N_(
            "Its disk may be full, or its database may be down; its log has the details. The models on "
            "this computer remain in use."
        ),
    ),
    "registry-server-refused": ProblemText(
        N_("The shared registry operation failed"),
        N_("{address} rejected the request: {error}."),
        _LOCAL_SERVES,
    ),
    "registry-server-artifacts": ProblemText(
        N_("The shared registry does not provide files"),
        N_("Its files are at {address}, where this program cannot read or write them."),
        _START,
    ),
    "shared-artifact/missing": ProblemText(
        _NOT_USED, N_("The server has no file {name}: its files were deleted or moved."), _PUBLISH_AGAIN
    ),
    "shared-artifact/incomplete": ProblemText(
        _NOT_USED, N_("{name} ended after {size} of {expected} bytes."), _PUBLISH_AGAIN
    ),
    "shared-artifact/too-large": ProblemText(
        _NOT_USED, N_("Its files exceed {limit} MB in total."), _PUBLISH_AGAIN
    ),
    "shared-artifact/too-many": ProblemText(_NOT_USED, N_("It has more than {limit} files."), _PUBLISH_AGAIN),
    "shared-artifact/name": ProblemText(
        _NOT_USED, N_("The server lists a file {name}, which may be outside its folder."), _PUBLISH_AGAIN
    ),
    "shared-artifact/not-stored": ProblemText(
        N_("The shared registry did not store the model"),
        N_("After publishing, {name} is missing there or has another size."),
        N_("Its disk may be full: ask the operator of the server, and publish again."),
    ),
    "shared-version/unmarked": ProblemText(
        _NOT_USED,
        N_("It was not published by Genre Desktop: the checksum of its files is missing."),
        _PUBLISH_AGAIN,
    ),
    "shared-version/encoder": ProblemText(
        _NOT_USED,
        N_("It was created with another music encoder than the one in this version of the program."),
        N_("Update Genre Desktop, or publish a model of this version."),
    ),
    "shared-version/genres": ProblemText(
        _NOT_USED,
        N_(
            "The name of its genre {number} contains invisible characters, is empty or has more than {most} characters."
        ),
        N_("Correct that genre on the computer that trained the model, retrain and publish again."),
    ),
    "shared-version/deleted": ProblemText(
        _NOT_USED, N_("Version {version} was deleted on the server."), _PUBLISH_AGAIN
    ),
    "shared-version/unpublished": ProblemText(
        N_("The model is not on the shared registry"),
        N_("Version {version} was not published."),
        N_("Publish it first: genre-desktop models publish {version}."),
    ),
    "shared-version/nothing-to-compare": ProblemText(
        N_("There are no clips to compare the models on"),
        N_("This computer has no labelled clips, and the program contains no reference clips."),
        N_("Import labelled music or correct some answers first."),
    ),
    "shared-promotion-raced": ProblemText(
        _RACED,
        N_("Another computer is promoting a model at the moment."),
        N_("Sync, and promote again if yours is better than the new champion."),
    ),
    "shared-promotion-raced/moved": ProblemText(
        _RACED,
        N_("The champion was version {before} when the comparison began and is now version {now}."),
        N_("Sync, and promote again if yours is better than the new champion."),
    ),
    "shared-promotion-raced/slow": ProblemText(
        _RACED,
        N_("The server took so long that another computer may have started a promotion."),
        N_("Sync, and promote again if yours is better than the champion."),
    ),
}
"""Key to texts; see the package."""
