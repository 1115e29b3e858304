"""Whether a cluster can be used from here, and if not, why: for the Test button and ``doctor``."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from genre_desktop.core.errors import AppError, Problem
from genre_desktop.core.store.database import Database
from genre_desktop.core.store.library import Library
from genre_desktop.core.store.predictions import PredictionLog
from genre_desktop.jobs.cluster.address import ClusterOptions
from genre_desktop.jobs.cluster.contract import contract, mismatch, parse
from genre_desktop.jobs.cluster.files import FileStamp
from genre_desktop.jobs.cluster.security import check_installed, connect
from genre_desktop.jobs.context import TaskContext

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 15.0
_RECENT = 20
"""Files among which one is looked for that still exists."""

Files = Literal["seen", "sent", "unknown"]


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """What a cluster offers to this computer.

    Attributes
    ----------
    address:
        The scheduler, or ``local:N``.
    fit, unfit:
        Number of workers that get work from here, and of those that do not.
    files:
        Whether all workers see the probe file under its path (``seen``), or files have to be sent.
    problems:
        What the user should know: without a worker that fits, why the cluster cannot be used; otherwise what
        could be better.
    """

    address: str
    fit: int = 0
    unfit: int = 0
    files: Files = "unknown"
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the cluster can be used."""
        return self.fit > 0

    def to_document(self) -> dict[str, Any]:
        """Return the report as the result of a job."""
        problems = [problem.to_document() for problem in self.problems]
        return {
            "address": self.address,
            "fit": self.fit,
            "unfit": self.unfit,
            "files": self.files,
            "problems": problems,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """Return what :meth:`to_document` wrote."""
        problems = tuple(Problem.from_document(problem) for problem in document["problems"])
        return cls(document["address"], document["fit"], document["unfit"], document["files"], problems)


def run(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Check the cluster of the settings; the job of the Test button.

    Raises
    ------
    AppError
        ``cluster-address``: none is set.
    """
    options = ClusterOptions.of(context.parts.settings)
    if options is None:
        raise AppError("cluster-address", address="")
    return check(options, probe_file(context.parts.database)).to_document()


def check(options: ClusterOptions, probe: Path | None = None) -> ClusterReport:
    """Connect, and compare the workers with this computer; what is wrong is in the report.

    Parameters
    ----------
    probe:
        A file of the user's, which workers may see under the same path.
    """
    try:
        check_installed()
        options.check()
        if options.local_workers:
            return ClusterReport(options.address, fit=options.local_workers, files="seen")
        return _ask(options, probe)
    except AppError as error:
        return ClusterReport(options.address, problems=(error.problem,))


def probe_file(database: Database) -> Path | None:
    """Return a file of the user's that exists, the latest first; None without any."""
    paths = Library(database).latest_files(_RECENT)
    paths += [found.path for found in PredictionLog(database).recent(_RECENT)]
    return next((path for path in map(Path, paths) if path.is_absolute() and path.is_file()), None)


def _ask(options: ClusterOptions, probe: Path | None) -> ClusterReport:
    logging.getLogger("distributed").setLevel(logging.ERROR)
    try:
        with connect(options, CONNECT_S) as client:
            return _report(options, client, probe)
    except (OSError, TimeoutError) as error:
        raise AppError(
            "cluster-unreachable", address=options.uri, error=str(error) or "it does not answer"
        ) from error


def _report(options: ClusterOptions, client: Client, probe: Path | None) -> ClusterReport:
    workers = client.scheduler_info(n_workers=-1)["workers"]
    misfits = {address: _misfit(options, each.get("resources") or {}) for address, each in workers.items()}
    fit = [address for address, problem in misfits.items() if problem is None]
    problems = [*_scheduler_version(client), *_most_common_first(misfits.values())]
    if not workers:
        problems.append(Problem("cluster-no-workers", address=options.uri))
    blind = _blind(client, fit, probe)
    if blind:
        problems.append(Problem("cluster-files", n=blind, of=len(fit), path=str(probe)))
    files: Files = "unknown" if blind is None else "sent" if blind else "seen"
    return ClusterReport(options.address, len(fit), len(workers) - len(fit), files, tuple(problems))


def _misfit(options: ClusterOptions, resources: Iterable[str]) -> Problem | None:
    """Return why a worker with these resources gets no work from here; None if it does."""
    offered = [found for name in resources if (found := parse(name)) is not None]
    if not offered:
        return Problem("cluster-other-workers", address=options.uri)
    reasons = [mismatch(contract(), found) for found in offered]
    return None if None in reasons else reasons[0]


def _most_common_first(found: Iterable[Problem | None]) -> list[Problem]:
    """Return each problem once."""
    by_text: dict[str, Problem] = {}
    counts: Counter[str] = Counter()
    for problem in found:
        if problem is not None:
            by_text[str(problem)] = problem
            counts[str(problem)] += 1
    return [by_text[text] for text, _ in counts.most_common()]


def _scheduler_version(client: Client) -> list[Problem]:
    import distributed

    found = client.sync(client.scheduler.versions)
    theirs, mine = str(found["packages"]["distributed"]), str(distributed.__version__)
    return [] if theirs == mine else [Problem("cluster-other-scheduler", theirs=theirs, mine=mine)]


def _blind(client: Client, workers: list[str], probe: Path | None) -> int | None:
    """Return how many workers do not see the file; None if there is none to ask for, or no worker."""
    stamp = None if probe is None else FileStamp.of(str(probe))
    if stamp is None or not workers:
        return None
    found: dict[str, FileStamp | None] = client.run(
        FileStamp.of, str(probe), workers=workers, on_error="ignore"
    )
    return sum(found.get(each) != stamp for each in workers)
