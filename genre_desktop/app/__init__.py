"""The application without widgets: QtCore only, bridges the jobs to signals."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12.0 drops a reference to True at every emit(); some thousand signals later the
    # interpreter aborts ("deallocating True or False"). From 3.12 on True cannot be deallocated;
    # here it gets references to spare, more than any sitting can use up.
    ctypes.c_ssize_t.from_address(id(True)).value += 1 << 48
