"""Contents of the frozen program: what is included and excluded; used by ``genre_desktop.spec``.

Each entry has its reason; the sizes are in ``docs/packaging.md``. No process of the program loaded
anything of what is excluded during ``smoke.py``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

Entry = tuple[str, str, str]
"""PyInstaller's: place in the bundle, source file, kind."""

CLUSTER = ("distributed", "dask", "tornado", "tblib", "zict", "psycopg", "psycopg_binary", "psycopg_pool")
"""The extra ``cluster``. A cluster is made of installations from a package index, with the same libraries on
every computer, which this bundle could never have: ``--cluster`` says how to install one."""

LEFT_OUT = (
    *CLUSTER,
    # Compiled loops and reference implementations; only the tests compare our features with librosa's.
    "librosa", "numba", "llvmlite", "pooch", "lazy_loader", "audioread",
    # Optional helpers of libraries, which go without: pandas and MLflow (pyarrow), Evidently's synthetic
    # data (faker), its web service (uvicorn … git), its text models (torch …), pyqtgraph (matplotlib, OpenGL).
    "pyarrow", "faker", "statsmodels", "patsy", "formulaic", "uvicorn", "uvloop", "httptools", "websockets",
    "watchfiles", "watchdog", "dynaconf", "git", "gitdb", "lxml", "matplotlib", "PIL", "OpenGL", "torch", "transformers",
    # onnxruntime's tools for making models.
    "onnxruntime.backend", "onnxruntime.datasets", "onnxruntime.quantization", "onnxruntime.tools",
    "onnxruntime.transformers", "onnx",
    # Development tools.
    "pytest", "_pytest", "hypothesis", "coverage", "mypy", "mypyc", "virtualenv", "setuptools", "pkg_resources",
    "pip", "IPython", "ipywidgets", "jupyter", "notebook", "tkinter", "_tkinter", "readline", "curses", "_curses", "ruff", "xdist",
    # Qt modules that the window has no use for.
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2", "PySide6.QtTest",
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtSql",
    "PySide6.QtUiTools", "PySide6.QtPrintSupport", "pyqtgraph.opengl", "pyqtgraph.examples", "pyqtgraph.jupyter",
)  # fmt: skip
"""Python modules that stay out, with everything below them."""

CHARTS = (
    "layout", "frame", "scatter", "scattergl", "bar", "heatmap", "histogram", "histogram2d", "box", "violin",
    "contour", "pie", "table", "indicator",
)  # fmt: skip
"""Kinds of plotly's charts whose checks are taken along: more than Evidently's reports draw.

Plotly has a module for every property of each of some fifty kinds: with all of them the list of
modules had 24 000 entries, which every process read at its start.
"""


def left_out_modules() -> list[str]:
    """:data:`LEFT_OUT` and the checks of charts that no report draws."""
    import plotly.validators

    kinds = sorted(path.name for path in Path(plotly.validators.__file__).parent.iterdir() if path.is_dir())
    return [
        *LEFT_OUT,
        *(f"plotly.validators.{kind}" for kind in kinds if kind not in (*CHARTS, "__pycache__")),
    ]


HIDDEN = (
    "mlflow.pyfunc",
    "mlflow.store.tracking.sqlalchemy_store",
    "mlflow.store.model_registry.sqlalchemy_store",
    "sqlalchemy.dialects.sqlite",
    "alembic.ddl.sqlite",
    "skops.io.old._general_v0",
    "skops.io.old._numpy_v0",
    "skops.io.old._numpy_v1",
)
"""Modules that are imported by name only."""

HIDDEN_PACKAGES = (
    "genre_desktop",  # jobs and operations are found by name
    "mlflow.store.db",
    "mlflow.store.db_migrations",
    "skops.io",
    "evidently",
    "apscheduler.triggers",
    "apscheduler.executors",
    "apscheduler.jobstores",
)
"""Packages all of whose modules are imported by name only."""

# Drivers, fonts, sound and X belong to the computer: theirs fit its configuration and hardware, and an
# older copy of ours ahead of them is how packaged programs break. Every desktop has them;
# docs/packaging.md lists the Debian packages.
_SYSTEM = (
    "libstdc++", "libgcc_s", "libz", "libexpat",
    "libX11", "libX11-xcb", "libxcb", "libxcb-shm", "libxcb-render", "libXext", "libXrender", "libXau", "libXdmcp",
    "libfontconfig", "libfreetype", "libpng16", "libbrotlidec", "libbrotlicommon", "libharfbuzz", "libgraphite2",
    "libglib-2.0", "libgthread-2.0", "libgobject-2.0", "libgio-2.0", "libgmodule-2.0", "libpcre2-8",
    "libdbus-1", "libsystemd", "libgcrypt", "libgpg-error", "liblz4", "libzstd", "libcap", "libselinux",
    "libmount", "libblkid", "libasound", "libpulse", "libsndfile", "libasyncns", "libFLAC",
    "libvorbis", "libvorbisenc", "libogg", "libopus", "libmpg123", "libmp3lame", "libmvec", "libbsd", "libmd",
    "libdrm", "libgbm", "libGL", "libEGL", "libGLX", "libOpenGL", "libGLdispatch", "libwayland-client",
    "libwayland-cursor", "libwayland-egl",
)  # fmt: skip
_SYSTEM_NAME = re.compile(rf"(?:{'|'.join(map(re.escape, _SYSTEM))}|libpulsecommon-[\d.]+)\.so(?:\.\d+)*")

_UNUSED = re.compile(
    r"""
      PySide6/Qt/plugins/(?:egldeviceintegrations|generic|sqldrivers|qmltooling|printsupport|networkinformation)/
    | PySide6/Qt/plugins/platforms/libq(?:eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)
    | PySide6/Qt/plugins/platformthemes/libqgtk3     # would bring the whole of GTK
    | PySide6/Qt/plugins/imageformats/libq(?:tiff|webp|tga|wbmp|icns)
    | (?:PySide6/Qt/lib/)?libQt6(?:EglF[Ss]|Quick|Qml|Test|Designer|Sql)
    | PySide6/Qt/translations/(?!qtbase_)
    | lib(?:gtk|gdk|cairo|pango|atk|pixman|fribidi|thai|datrie|tcl|tk|Xft|Xss|jpeg)[^/]*\.so
    | (?:_tcl|_tk)_data/ | tcl8/
    | (?:pandas|numpy|scipy|sklearn)/(?:.*/)?tests?/
    | sklearn/datasets/(?:data|images|descr)/
    | evidently/(?:legacy/)?ui/.*assets/             # its web service; reports use nbextension/static
    | plotly/package_data/(?:plotly\.min\.js|datasets/)
    | nltk_data/
    | onnxruntime/capi/libonnxruntime\.(?:so|[\d.]*dylib)  # for C; Python's module holds the same code
    | onnxruntime/(?:datasets|tools|transformers|quantization)/
    | .*\.(?:pyi|pxd|pyx|h|hpp|c|cpp|a|cmake)$
    """,
    re.VERBOSE,
)


def wanted(name: str) -> bool:
    """Whether a module found by :data:`HIDDEN_PACKAGES` belongs in the program."""
    parts = (".tests", ".llm", ".ui.", ".integrations", ".spark", ".nbextension", "evidently.cli")
    return name.startswith("genre_desktop") or not any(part in name for part in parts)


def kept(entries: Iterable[Entry], on_excluded: Callable[[str], None] = lambda name: None) -> list[Entry]:
    """Return the binaries and data files to bundle; ``on_excluded`` is called with the names of the others."""
    found = []
    for entry in entries:
        if left_out(entry[0]):
            on_excluded(entry[0])
        else:
            found.append(entry)
    return found


def left_out(place: str) -> bool:
    """Whether a file stays out of the bundle.

    Parameters
    ----------
    place:
        Where it would lie, relative to the bundle's folder of modules.
    """
    path = place.replace("\\", "/")
    return bool(_UNUSED.match(path)) or is_system_library(path)


def is_system_library(path: str) -> bool:
    """Whether the computer's own copy is used; copies that wheels carry have names of their own."""
    return "/" not in path and bool(_SYSTEM_NAME.fullmatch(path))


def portaudio() -> list[tuple[str, str]]:
    """The system's PortAudio on Linux, as PyInstaller wants it; elsewhere ``sounddevice`` carries its own."""
    if not sys.platform.startswith("linux"):
        return []
    listed = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"libportaudio\.so\.2 .*x86-64.* => (\S+)", listed) or re.search(
        r"libportaudio\.so\.2 .* => (\S+)", listed
    )
    return [(found.group(1), ".")] if found else []


def strip(folder: Path) -> int:
    """Drop debugging symbols from Python's own libraries, where ``strip`` exists; returns bytes saved.

    Wheels are left as they are: theirs are stripped already, and ``strip`` breaks some that ``patchelf`` touched.
    """
    files = [*folder.glob("libpython3*.so*"), *folder.glob("python3*/lib-dynload/*.so")]
    before = sum(file.stat().st_size for file in files)
    for file in files:
        subprocess.run(["strip", "--strip-unneeded", str(file)], check=True)
    return before - sum(file.stat().st_size for file in files)
