"""Two of these promote at once: ``promote_script.py URI VERSION ROUNDS`` prints one line a round.

Each round begins when standard input has a line, the champion to compare with.
"""

from __future__ import annotations

import sys

from genre_desktop import environment
from genre_desktop.core.errors import AppError

environment.set_up()


def main() -> None:
    from genre_desktop.ml.registry.shared import promotion
    from genre_desktop.ml.registry.shared.connection import ServerOptions, connect

    uri, version = sys.argv[1:3]
    with connect(ServerOptions.at(uri)) as server:
        print("ready", flush=True)
        for line in sys.stdin:
            try:
                promotion.promote(server, version, line.strip(), by=version)
                print("won", flush=True)
            except AppError as error:
                print(error.problem.code, flush=True)


main()
