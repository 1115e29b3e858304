from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from genre_desktop.core.own_files.reader import MAX_DEPTH, UnreadableFile, parse_json, read_bytes, read_json


@pytest.fixture
def path(tmp_path):
    return tmp_path / "own.json"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_document_is_read_with_and_without_a_byte_order_mark(path, encoding):
    path.write_text('{"a": ["ü"]}', encoding)
    assert read_json(path) == {"a": ["ü"]}


@pytest.mark.parametrize(
    "contents",
    [b"", b"\0" * 50, b"{", b"\xff\xfe\xfa", b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100 + b"]" * 100],
)
def test_anything_else_is_refused(path, contents):
    path.write_bytes(contents)
    with pytest.raises(UnreadableFile):
        read_json(path)


def test_documents_may_have_some_depth():
    depth = MAX_DEPTH + 1
    assert parse_json("[" * depth + "]" * depth)
    with pytest.raises(UnreadableFile, match="nested"):
        parse_json("[" * (depth + 1) + "]" * (depth + 1))


def test_a_limit_is_kept(path):
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(UnreadableFile, match="larger than 4 bytes"):
        read_bytes(path, 4)


def test_an_absent_file_is_an_error_of_its_own(path):
    with pytest.raises(FileNotFoundError):
        read_bytes(path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
@pytest.mark.parametrize("kind", ["device", "pipe", "folder", "sparse"])
def test_nothing_but_a_regular_file_is_read_in_little_memory(path, kind):
    makers = {
        "device": lambda: path.symlink_to("/dev/zero"),
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "sparse": lambda: (path.touch(), os.truncate(path, 2**30)),
    }
    makers[kind]()
    program = (
        "import sys; from pathlib import Path; from genre_desktop.core.own_files import reader\n"
        "try: reader.read_json(Path(sys.argv[1]))\n"
        "except reader.UnreadableFile: print('refused')"
    )
    limits = (2**29, 2**29)
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limits),
    )
    assert done.stdout == "refused\n"
