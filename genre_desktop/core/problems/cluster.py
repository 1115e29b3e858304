"""Problems of a cluster: its address, its certificates, its workers, and files that travel to them."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_CERTIFICATE = N_("The cluster’s certificates cannot be used")
_OTHER = N_("The workers of this cluster do not fit")

TEXTS: dict[str, ProblemText] = {
    "cluster-address": ProblemText(
        N_("This is no address of a cluster"),
        N_("“{address}” names no host and port of a Dask scheduler."),
        N_("Write tls://HOST:PORT, such as tls://music.example:8786, or local:2 for two workers here."),
    ),
    "cluster-insecure": ProblemText(
        N_("This cluster would be reached without encryption"),
        N_(
            "Dask runs whatever it is sent, and {address} is another computer: whoever can reach it could run "
            "any program there and here."
        ),
        N_(
            "Give a certificate authority, a certificate and a key (TLS); or allow connections without "
            "encryption (--insecure) if the network is yours alone."
        ),
    ),
    "cluster-certificate": ProblemText(
        _CERTIFICATE,
        N_("{path} cannot be read as what it should be: {error}."),
        N_(
            "Give PEM files of the cluster’s owner: the certificate authority, a certificate that it signed, "
            "and the private key of that, without a password."
        ),
    ),
    "cluster-certificate/incomplete": ProblemText(
        _CERTIFICATE,
        N_("{address} needs encryption, for which the certificate authority or this computer’s certificate is not set."),
        N_(
            "Give all three files on the page “Cluster” of the preferences, or with --ca-file, --certificate "
            "and --key."
        ),
    ),
    "cluster-missing": ProblemText(
        N_("This installation has no support for clusters"),
        N_("The library “distributed” is not installed."),
        N_('Install it with pip install "genre-desktop[cluster]"; the packaged program works without clusters.'),
    ),
    "cluster-unreachable": ProblemText(
        N_("The cluster cannot be reached"),
        N_("No Dask scheduler answers at {address}: {error}."),
        N_("Check that it runs there, that no firewall is in between, and that its certificates are of the same authority."),
    ),
    "cluster-lost": ProblemText(
        N_("The connection to the cluster is lost"),
        N_("The scheduler at {address} does not answer any more."),
        N_("What was stored stays; run it again to go on from there."),
    ),
    "cluster-no-workers": ProblemText(
        N_("This cluster has no workers"),
        N_("The scheduler at {address} answers, but nothing works for it."),
        N_("Start workers with genre-desktop worker {address}."),
    ),
    "cluster-workers-ended": ProblemText(
        N_("The workers on this computer ended"),
        N_("They could not start, or the scheduler at {address} went away."),
        N_("They are started again as soon as it answers; the log command-line.log has the details."),
    ),
    "cluster-other-version": ProblemText(
        _OTHER,
        N_("They are of version {theirs} of this program, this computer of {mine}."),
        N_("Install the same version on all of them."),
    ),
    "cluster-other-features": ProblemText(
        _OTHER,
        N_("They measure music by version {theirs} of the features, this computer by {mine}."),
        N_("Install the same version of the program on all of them."),
    ),
    "cluster-other-libraries": ProblemText(
        _OTHER,
        N_("Their libraries are of other versions than this computer’s, or built for another kind of computer, so that answers could differ."),
        N_("Install the same requirements on all of them; genre-desktop doctor --json lists the versions."),
    ),
    "cluster-other-workers": ProblemText(
        N_("The workers of this cluster do not fit"),
        N_("They were not started by this program, so that they get no work from here."),
        N_("Start workers with genre-desktop worker {address}."),
    ),
    "cluster-other-scheduler": ProblemText(
        N_("The scheduler is of another version"),
        N_("It runs version {theirs} of the library “distributed”, this computer {mine}."),
        N_("Install the same version on both; others may work, or stop in the middle."),
    ),
    "cluster-training": ProblemText(
        N_("A model could not be trained on the cluster"),
        N_("{n} workers ended while they trained it, probably for lack of memory."),
        N_("Start fewer workers on each computer, or retrain without the cluster."),
    ),
    "cluster-files": ProblemText(
        N_("Files have to be sent to workers"),
        N_("{n} of {of} workers find no file of the same size and time at {path}; files are sent to them instead."),
        N_("It is faster when all of them mount the same folder under the same path."),
    ),
    "cluster-file-too-large": ProblemText(
        N_("This file is too large to be sent"),
        N_("{name} has {size_mb} MB, and at most {limit_mb} MB are sent to a worker."),
        N_("Let the workers see it under the same path, raise the limit in the preferences, or analyse it without the cluster."),
    ),
}  # fmt: skip
"""Key to texts; see the package."""
