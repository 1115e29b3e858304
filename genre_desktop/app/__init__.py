"""The application without widgets: Qt objects that connect worker and job processes to signals."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # WORKAROUND: PySide6 6.12.0 drops a reference to True at every emit(); some thousand signals later the
    # interpreter aborts ("deallocating True or False"). From 3.12 on True is immortal; before, it gets more
    # spare references than any session can use up.
    ctypes.c_ssize_t.from_address(id(True)).value += 1 << 48
