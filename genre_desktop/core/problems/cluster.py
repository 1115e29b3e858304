"""Problems of a cluster: its address, its certificates, its workers, and files that travel to them."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_CERTIFICATE = N_("The cluster’s certificates cannot be used")
_OTHER = N_("The workers of this cluster are incompatible")

TEXTS: dict[str, ProblemText] = {
    "cluster-address": ProblemText(
        N_("This is not the address of a cluster"),
        N_("“{address}” does not contain the host and port of a Dask scheduler."),
        N_(
            "Enter tls://HOST:PORT, such as tls://music.example:8786, or local:2 for two workers on this "
            "computer."),
    ),
    "cluster-insecure": ProblemText(
        N_("The connection to this cluster would not be encrypted"),
        N_(
            "Dask runs any code that it is sent, and {address} is another computer: anyone who can reach "
            "it could run any program there and here."
        ),
        N_(
            "Specify a certificate authority, a certificate and a key (TLS), or allow connections "
            "without encryption (--insecure) if only you use the network."
        ),
    ),
    "cluster-certificate": ProblemText(
        _CERTIFICATE,
        N_("{path} is not a valid file of this kind: {error}."),
        N_(
            "Use PEM files from the cluster’s owner: the certificate authority, a certificate that it "
            "signed, and the private key of that certificate, without a password."
        ),
    ),
    "cluster-certificate/incomplete": ProblemText(
        _CERTIFICATE,
        N_("{address} requires encryption, but the certificate authority or this computer’s certificate is not set."),
        N_(
            "Specify all three files in Preferences › Cluster, or with --ca-file, --certificate and --key."
        ),
    ),
    "cluster-missing": ProblemText(
        N_("This installation has no support for clusters"),
        N_("The library “distributed” is not installed."),
        N_('Install it with pip install "genre-desktop[cluster]"; the packaged program does not support clusters.'),
    ),
    "cluster-unreachable": ProblemText(
        N_("The cluster cannot be reached"),
        N_("No Dask scheduler responds at {address}: {error}."),
        N_("Check that it is running, that no firewall blocks the connection, and that its certificates come from the same authority."),
    ),
    "cluster-lost": ProblemText(
        N_("The connection to the cluster was lost"),
        N_("The scheduler at {address} no longer responds."),
        N_("Results so far are saved; run it again to resume."),
    ),
    "cluster-no-workers": ProblemText(
        N_("This cluster has no workers"),
        N_("The scheduler at {address} responds, but no worker is connected to it."),
        N_("Start workers with genre-desktop worker {address}."),
    ),
    "cluster-workers-ended": ProblemText(
        N_("The workers on this computer ended"),
        N_("They could not start, or the scheduler at {address} stopped."),
        N_("They are restarted as soon as it responds; the log command-line.log has the details."),
    ),
    "cluster-other-version": ProblemText(
        _OTHER,
        N_("They run version {theirs} of this program, this computer runs {mine}."),
        N_("Install the same version on all of them."),
    ),
    "cluster-other-features": ProblemText(
        _OTHER,
        N_("They use version {theirs} of the features, this computer uses {mine}."),
        N_("Install the same version of the program on all of them."),
    ),
    "cluster-other-libraries": ProblemText(
        _OTHER,
        N_("Their libraries have other versions than this computer’s or were built for another platform, so answers could differ."),
        N_("Install the same requirements on all of them; genre-desktop doctor --json lists the versions."),
    ),
    "cluster-other-workers": ProblemText(
        N_("The workers of this cluster are incompatible"),
        N_("They were not started by this program, so they are not used."),
        N_("Start workers with genre-desktop worker {address}."),
    ),
    "cluster-other-scheduler": ProblemText(
        N_("The scheduler has another version"),
        N_("It runs version {theirs} of the library “distributed”, this computer runs {mine}."),
        N_("Install the same version on both; other combinations may fail."),
    ),
    "cluster-training": ProblemText(
        N_("A model could not be trained on the cluster"),
        N_("{n} workers ended during the training, probably because memory ran out."),
        N_("Start fewer workers on each computer, or retrain without the cluster."),
    ),
    "cluster-files": ProblemText(
        N_("Files have to be sent to workers"),
        N_("{n} of {of} workers find no file of the same size and time at {path}; files are sent to them instead."),
        N_("It is faster when all of them mount the same folder under the same path."),
    ),
    "cluster-file-too-large": ProblemText(
        N_("This file is too large to be sent"),
        N_("{name} is {size_mb} MB large; the limit for sending to a worker is {limit_mb} MB."),
        N_("Make the file available to the workers under the same path, raise the limit in the preferences, or analyse it without the cluster."),
    ),
}  # fmt: skip
"""Key to texts; see the package."""
