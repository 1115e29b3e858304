"""Entry point of the program as module, script or frozen app. Imports little, because child processes import it."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def main() -> int:
    """Run the program; return the exit code."""
    freeze_support()  # does not return in a frozen child process
    if sys.argv[1:2] == ["--decoder-process"]:  # a frozen program starts itself; see audio/sandbox
        from genre_desktop.audio.sandbox import child

        child.main(sys.argv[2:])
    from genre_desktop import environment

    if environment.is_stray_mlflow_child(sys.argv):
        return 0
    from genre_desktop import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
