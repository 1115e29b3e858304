"""Every test process is prepared as the app prepares its own: one thread for each numerical library.

Without the cap OpenBLAS starts a thread per core in every test process, and they get in each
other's way: measuring one clip took twenty times as long.
"""

from __future__ import annotations

from genre_desktop import early

early.set_up()

pytest_plugins = ("tests.command_line",)
