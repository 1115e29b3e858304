"""A user name with its password, or a token, and the environment variables that hold them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

USERNAME, PASSWORD, TOKEN = (
    "MLFLOW_TRACKING_USERNAME",
    "MLFLOW_TRACKING_PASSWORD",
    "MLFLOW_TRACKING_TOKEN",
)  # names of variables


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name with its password, or a token; the secrets do not show in ``repr``."""

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.token or (self.username and self.password))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Credentials:
        """Return those of MLflow's environment variables; false when none are set."""
        values = os.environ if environ is None else environ
        return cls(values.get(USERNAME, ""), values.get(PASSWORD, ""), values.get(TOKEN, ""))

    def to_environment(self) -> dict[str, str]:
        """Return the variables from which MLflow reads them with every request; empty ones must not be set."""
        return {USERNAME: self.username, PASSWORD: self.password, TOKEN: self.token}
