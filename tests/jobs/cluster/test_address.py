from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.errors import AppError
from genre_desktop.core.settings import Settings
from genre_desktop.jobs.cluster.address import VARIABLE, ClusterOptions
from tests.fixtures.certificates import Certificates


def with_certificates(address: str, files: Certificates) -> ClusterOptions:
    return ClusterOptions(address, files.ca_file, files.certificate, files.key)


def code_of(options: ClusterOptions) -> str:
    """Return the code of the problem that the check finds; empty for none."""
    try:
        options.check()
    except AppError as error:
        return error.problem.key
    return ""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv(VARIABLE, raising=False)
    return Settings.load(tmp_path / "settings.json")


def test_no_cluster_unless_one_is_named(settings: Settings) -> None:
    assert ClusterOptions.of(settings) is None


def test_command_line_before_environment_before_settings(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings["cluster.address"] = "tls://settings:1"
    settings["cluster.ca_file"] = "/ca.pem"
    settings["cluster.upload_mb"] = 7
    assert ClusterOptions.of(settings) == ClusterOptions("tls://settings:1", "/ca.pem", upload_mb=7)
    monkeypatch.setenv(VARIABLE, " tls://environment:1 ")
    from_environment = ClusterOptions.of(settings)
    assert from_environment is not None
    assert from_environment.address == "tls://environment:1"
    explicit = ClusterOptions.of(settings, "local:2", insecure=True)
    assert explicit == ClusterOptions("local:2", "/ca.pem", insecure=True, upload_mb=7)


@pytest.mark.parametrize(
    ("address", "uri"),
    [
        ("music.example", "tcp://music.example:8786"),
        ("music.example:9000", "tcp://music.example:9000"),
        ("tls://music.example", "tls://music.example:8786"),
        ("tcp://192.0.2.7:1/", "tcp://192.0.2.7:1"),
        ("tcp://[::1]:9000", "tcp://[::1]:9000"),
        ("[fe80::1%eth0]", "tcp://[fe80::1%eth0]:8786"),
        ("local:4", ""),
    ],
)
def test_uri(address: str, uri: str) -> None:
    assert ClusterOptions(address).uri == uri


def test_a_certificate_means_encryption(certificates: Certificates) -> None:
    assert with_certificates("music.example", certificates).uri == "tls://music.example:8786"
    assert ClusterOptions("music.example", key="key.pem").uri.startswith(
        "tls:"
    )  # refused, never sent in the open
    assert with_certificates("tcp://127.0.0.1:1", certificates).uri == "tcp://127.0.0.1:1"


@pytest.mark.parametrize(
    ("address", "workers"), [("local:3", 3), ("local:0", 0), ("local:", 0), ("local", 0), ("a:3", 0)]
)
def test_local_workers(address: str, workers: int) -> None:
    assert ClusterOptions(address).local_workers == workers


@pytest.mark.parametrize(
    "address",
    [
        "local", "local:0", "local:", "local:x", "local:257", "http://a:1", "ucx://a:1", "tcp://", ":8786", "a:0",
        "a:65536", "a:b", "a b:1", "tls://me@a:1", "a:1/path", "a:1?x=1", "tcp://[::1", "inproc://a", "-", "tcp://a:1 --x",
    ],
)  # fmt: skip
def test_no_address(address: str) -> None:
    found = code_of(ClusterOptions(address, insecure=True))
    assert found == ("" if address == "-" else "cluster-address")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "tcp://127.8.8.8:1", "tcp://[::1]:1", "localhost", "local:2"]
)
def test_this_computer_needs_no_encryption(address: str) -> None:
    assert ClusterOptions(address).loopback
    assert code_of(ClusterOptions(address)) == ""


@pytest.mark.parametrize(
    "address",
    ["music.example", "tcp://192.168.1.2:8786", "0.0.0.0", "127.0.0.1.example", "tcp://[fe80::1]:1"],
)
def test_other_computers_need_encryption(address: str) -> None:
    assert code_of(ClusterOptions(address)) == "cluster-insecure"
    assert code_of(ClusterOptions(address, insecure=True)) == ""


def test_plain_tcp_to_another_computer_is_refused_with_certificates_too(certificates: Certificates) -> None:
    assert code_of(with_certificates("tcp://192.0.2.7", certificates)) == "cluster-insecure"


def test_certificates_that_can_be_used(certificates: Certificates, tmp_path: Path) -> None:
    options = with_certificates("tls://music.example", certificates)
    assert options.encrypted
    assert code_of(options) == ""
    both = tmp_path / "both.pem"
    both.write_text(Path(certificates.certificate).read_text() + Path(certificates.key).read_text())
    assert code_of(replace(options, certificate=str(both), key="")) == ""


@pytest.mark.parametrize("missing", ["ca_file", "certificate"])
def test_tls_without_a_certificate(missing: str, certificates: Certificates) -> None:
    options = replace(with_certificates("tls://music.example", certificates), **{missing: ""})  # type: ignore[arg-type]
    assert code_of(options) == "cluster-certificate/incomplete"
    assert code_of(ClusterOptions("tls://127.0.0.1", insecure=True)) == "cluster-certificate/incomplete"


@pytest.mark.parametrize("field", ["ca_file", "certificate", "key"])
def test_certificates_that_cannot_be_used(field: str, certificates: Certificates, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no certificate")
    for path in (str(text), str(tmp_path / "absent.pem"), str(tmp_path), "nul\0byte"):
        options = replace(with_certificates("tls://music.example", certificates), **{field: path})  # type: ignore[arg-type]
        assert code_of(options) == "cluster-certificate", path


def test_a_key_of_another_certificate(certificates: Certificates, other_certificates: Certificates) -> None:
    options = with_certificates("tls://music.example", certificates._replace(key=other_certificates.key))
    assert code_of(options) == "cluster-certificate"


def test_a_key_with_a_password_is_refused_instead_of_asking_for_it(
    certificates: Certificates, tmp_path: Path
) -> None:
    locked = tmp_path / "locked.pem"
    command = [
        "openssl",
        "ec",
        "-in",
        certificates.key,
        "-aes128",
        "-passout",
        "pass:secret",
        "-out",
        str(locked),
    ]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(AppError, match="the key has a password") as failure:
        with_certificates("tls://music.example", certificates._replace(key=str(locked))).check()
    assert failure.value.problem.code == "cluster-certificate"
