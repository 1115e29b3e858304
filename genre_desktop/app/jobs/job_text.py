"""Texts about finished jobs: converts a result into a title, a text and a tone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from genre_desktop.app.i18n.genre_names import genre_name
from genre_desktop.app.i18n.translate import plural, problem_text, render, tr
from genre_desktop.app.jobs import drift_text
from genre_desktop.app.jobs.comparison_text import with_interval
from genre_desktop.core.errors import Problem
from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring import promotion_reasons
from genre_desktop.jobs.catalogue import JOBS
from genre_desktop.jobs.messages import JobEnded


class JobText(NamedTuple):
    """The texts of a message; ``tone`` is ``success``, ``accent``, ``warning`` or ``danger``."""

    title: str
    text: str = ""
    tone: str = "success"


def finished(name: str, ended: JobEnded) -> JobText:
    """Describe how a job ended."""
    if ended.status == "succeeded":
        return succeeded(name, ended.result)
    if ended.status == "cancelled":
        return JobText(tr("Cancelled"), tr("No incomplete data was left behind."), "accent")
    return failed(ended.problem or Problem("job-failed", message=ended.message))


def failed(problem: Problem) -> JobText:
    """Describe a problem."""
    text = problem_text(problem)
    return JobText(text.title, text.body, "danger")


def succeeded(name: str, result: dict[str, Any]) -> JobText:
    """Describe the result of a job; the text is empty for jobs that report no more than a title."""
    describe = _RESULTS.get(name)
    done = JobText(tr(JOBS[name].done) if name in JOBS else name)
    return describe(done, result or {}) if describe is not None else done


def _drift(done: JobText, result: dict[str, Any]) -> JobText:
    if not result:
        return done
    return JobText(drift_text.title(result), drift_text.explanation(result), drift_text.tone(result))


def _retrain(done: JobText, result: dict[str, Any]) -> JobText:
    reason, version = _sentence(result), result.get("version")
    if version is None:
        return done._replace(text=reason)
    if result.get("promoted"):
        return JobText(tr("Version {version} was promoted", version=version), reason)
    return JobText(tr("Version {version} was not promoted", version=version), reason, "accent")


def _sentence(result: dict[str, Any]) -> str:
    """Return why a model was promoted or not, without the metrics, which its details have."""
    return render(promotion_reasons.split(Message(result.get("reason", ""))).sentence)


def _compare(done: JobText, result: dict[str, Any]) -> JobText:
    tone = "accent" if result.get("verdict") in ("none", "mixed") else "success"
    return done._replace(text=render(result.get("sentence", "")), tone=tone)


def _evaluate(done: JobText, result: dict[str, Any]) -> JobText:
    text = plural(int(result.get("n", 0)), "1 clip evaluated", "{n} clips evaluated")
    if "intervals" in result:
        text += " · " + tr("G-Mean {gmean}", gmean=with_interval("gmean", result))
        text += " · " + tr("accuracy {accuracy}", accuracy=with_interval("accuracy", result))
    skipped = len(result.get("skipped", ()))
    if not skipped:
        return done._replace(text=text)
    return done._replace(text=f"{text} · {plural(skipped, '1 skipped', '{n} skipped')}", tone="warning")


def _alias_moved(done: JobText, result: dict[str, Any]) -> JobText:
    champion, fallback = result.get("champion"), result.get("fallback")
    if not champion:
        return done
    if not fallback:
        return done._replace(text=tr("Version {version} is the champion.", version=champion))
    text = tr(
        "Version {champion} is now the champion, version {fallback} the fallback.",
        champion=champion,
        fallback=fallback,
    )
    return done._replace(text=text)


def _import(done: JobText, result: dict[str, Any]) -> JobText:
    parts = [plural(int(result.get("added", 0)), "1 clip added", "{n} clips added")]
    if result.get("unchanged"):
        parts.append(plural(result["unchanged"], "1 already in the library", "{n} already in the library"))
    if result.get("moved"):
        parts.append(plural(result["moved"], "1 found in a new location", "{n} found in new locations"))
    if result.get("relabelled"):
        parts.append(plural(len(result["relabelled"]), "1 with a new genre", "{n} with a new genre"))
    skipped = len(result.get("skipped", []))
    if skipped:
        parts.append(plural(skipped, "1 skipped", "{n} skipped"))
    genres = ", ".join(f"{genre_name(name)} {n}" for name, n in result.get("genres", {}).items())
    text = f"{', '.join(parts)}. {genres}".strip()
    return done._replace(text=text, tone="warning" if skipped else "success")


def _cluster(done: JobText, result: dict[str, Any]) -> JobText:
    problems = [Problem.from_document(problem) for problem in result.get("problems", ())]
    notes = [problem_text(problem).body for problem in problems]
    fit, unfit = int(result.get("fit", 0)), int(result.get("unfit", 0))
    if not fit:
        return failed(problems[0])._replace(text="\n".join(notes)) if problems else done
    parts = [plural(fit, "1 worker is compatible.", "{n} workers are compatible.")]
    if unfit:
        parts.append(
            plural(
                unfit, "1 worker is incompatible and not used.", "{n} workers are incompatible and not used."
            )
        )
    if result.get("files") == "seen":
        parts.append(tr("Your files have the same path on the workers."))
    return done._replace(text="\n".join([" ".join(parts), *notes]), tone="warning" if unfit else "success")


def _tags(done: JobText, result: dict[str, Any]) -> JobText:
    text = plural(int(result.get("written", 0)), "1 file changed", "{n} files changed")
    problems = len(result.get("problems", ()))
    if not problems:
        return done._replace(text=text)
    text += " · " + plural(problems, "1 problem", "{n} problems")
    return done._replace(text=text, tone="warning")


def _found_songs(done: JobText, result: dict[str, Any]) -> JobText:
    places = result.get("places", ())
    return done._replace(text=plural(len(places), "1 song found", "{n} songs found")) if places else done


def _arranged(done: JobText, result: dict[str, Any]) -> JobText:
    return done._replace(
        text=plural(int(result.get("placed", 0)), "1 song on the map", "{n} songs on the map")
    )


def _contribute(done: JobText, result: dict[str, Any]) -> JobText:
    status = result.get("status")
    if status == "withdrawn":
        return JobText(tr("Your contribution was withdrawn"), tr("There are no corrections left."), "accent")
    text = plural(int(result.get("clips", 0)), "1 clip", "{n} clips")
    server = server_name(str(result.get("server", "")))
    if status == "unchanged":
        return done._replace(
            text=tr("Already on {server}: {clips}.", clips=text, server=server), tone="accent"
        )
    text = tr("On {server}: {clips}.", clips=text, server=server)
    if result.get("left_out"):
        text += " " + plural(int(result["left_out"]), "1 was skipped.", "{n} were skipped.")
    return done._replace(text=text)


def server_name(address: str) -> str:
    """Return the host of a server's address, which is all that a line of text needs; else the address."""
    return urlsplit(address).netloc or address


def _sync(done: JobText, result: dict[str, Any]) -> JobText:
    reason, skipped = render(result.get("reason", "")), result.get("skipped", ())
    if not skipped:
        return done._replace(text=reason)
    parts = [render(entry["reason"]) for entry in skipped]
    return done._replace(text=" ".join([*parts, reason]), tone="warning")


def _published(done: JobText, result: dict[str, Any]) -> JobText:
    if "server_version" not in result:
        return done
    text = tr(
        "Version {version} is version {there} on the server.",
        version=result["version"],
        there=result["server_version"],
    )
    return done._replace(text=text)


def _promoted_shared(done: JobText, result: dict[str, Any]) -> JobText:
    reason, version = _sentence(result), result.get("version")
    if version is None:
        return done._replace(text=reason)
    if result.get("moved"):
        return JobText(tr("Version {version} is the team’s champion", version=version), reason)
    return JobText(tr("Version {version} was not promoted for the team", version=version), reason, "accent")


_RESULTS: dict[str, Callable[[JobText, dict[str, Any]], JobText]] = {
    "cluster-test": _cluster,
    "compare": _compare,
    "contribute": _contribute,
    "drift": _drift,
    "evaluate": _evaluate,
    "import": _import,
    "promote": _alias_moved,
    "promote-shared": _promoted_shared,
    "publish": _published,
    "similar-songs": _found_songs,
    "song-path": _found_songs,
    "sound-map": _arranged,
    "restore-starters": _alias_moved,
    "restore-tags": _tags,
    "retrain": _retrain,
    "roll-back": _alias_moved,
    "sync": _sync,
    "write-tags": _tags,
}
"""Jobs that report more than :attr:`.catalogue.JobSpec.done`."""
