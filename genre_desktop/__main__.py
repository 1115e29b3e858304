"""The program's entry, whether started as a module, a script, or frozen. Light: child processes import it."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def main() -> int:
    """Run the program; returns the exit code."""
    freeze_support()  # a frozen child process becomes a worker here and does not come back
    from genre_desktop import environment

    if environment.is_stray_mlflow_child(sys.argv):
        return 0
    from genre_desktop import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
