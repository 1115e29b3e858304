"""Runs in every process of the frozen program before its own code. Standard library only.

1. The loader's search path points to our libraries. Programs that we start (the file manager, the browser)
   must not load ours instead of theirs, so it is restored; child processes of the program set it again.
2. The bundle contains PortAudio, while ``sounddevice`` searches the system; the system's is preferred.
"""

import ctypes.util
import os
import sys

if sys.platform.startswith("linux"):
    _before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if _before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = _before
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"

    _system = ctypes.util.find_library

    def _find(name):  # type: ignore[no-untyped-def]
        found = _system(name)
        ours = os.path.join(getattr(sys, "_MEIPASS", ""), "libportaudio.so.2")  # noqa: PTH118  # keep the start light
        if found is None and name == "portaudio" and os.path.exists(ours):  # noqa: PTH110
            return ours
        return found

    ctypes.util.find_library = _find
