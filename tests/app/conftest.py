from __future__ import annotations

from tests import qt_support

qt_support.quiet_platform()
