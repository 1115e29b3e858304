"""What the demonstration shows: a team of two desktops, step by step, each with its check."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools.team.desktop import Answer, CommandFailedError, Desktop
from tools.team.material import STYLES, write_songs
from tools.team.postgres import Postgres, running_postgres
from tools.team.servers import BUCKET, Scheduler, dask_scheduler, mlflow_server, s3_stand_in, worker
from tools.team.services import Service

MISHEARD = "metal"
"""The style that the first champion takes for another one, which both desktops correct."""
EACH = 8
"""Songs of a style that desktop A imports."""
WRONG, RIGHT = 4, 2
"""Songs of a style that each desktop corrects, and confirms."""
UNLIKE = 8
"""Songs of a style that desktop B plays from bad recordings; a drift check needs thirty in all."""


class CheckFailedError(Exception):
    """A step did what it should not; the message is a sentence."""


@dataclass(frozen=True)
class Outcome:
    """How a step ended: its title, a sentence, and how long it took."""

    title: str
    passed: bool
    sentence: str
    seconds: float


@dataclass
class Team:
    """Servers, desktops and songs, as far as the walk has got."""

    folder: Path
    stack: ExitStack
    postgres: Postgres = field(init=False)
    scheduler: Scheduler = field(init=False)
    server: Service = field(init=False)
    a: Desktop = field(init=False)
    b: Desktop = field(init=False)
    taught: Path = field(init=False)
    judged: dict[str, list[Path]] = field(default_factory=dict)
    new: Path = field(init=False)
    versions: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)


def walk(folder: Path) -> Iterator[Outcome]:
    """Do every step in ``folder`` and yield how it ended; the first that fails is the last.

    Raises
    ------
    ServiceUnavailableError
        PostgreSQL or the server environment is not installed.
    """
    with ExitStack() as stack:
        team = Team(folder, stack)
        for title, step in STEPS.items():
            began = time.monotonic()
            try:
                passed, sentence = True, step(team)
            except (CheckFailedError, CommandFailedError) as error:
                passed, sentence = False, str(error)
            yield Outcome(title, passed, sentence, time.monotonic() - began)
            if not passed:
                return


def check(condition: bool, otherwise: str) -> None:
    """Raise :class:`CheckFailedError` with the sentence ``otherwise`` unless ``condition`` holds."""
    if not condition:
        raise CheckFailedError(otherwise)


def start_servers(team: Team) -> str:
    """Start database, S3 stand-in and model server."""
    team.postgres = team.stack.enter_context(running_postgres())
    team.postgres.create("mlflow")
    s3 = team.stack.enter_context(s3_stand_in(team.folder))
    uri, team.server = team.stack.enter_context(
        mlflow_server(team.folder, team.postgres.url("mlflow"), f"s3://{BUCKET}", s3)
    )
    team.a = Desktop("a", team.folder / "a", registry__uri=uri)
    team.b = Desktop("b", team.folder / "b", registry__uri=uri, drift__confirmations=1)
    tables = team.postgres.run("psql", "-At", "-c", r"SELECT count(*) FROM pg_tables", "mlflow").strip()
    return f"MLflow answers at {uri}, with {tables} tables in PostgreSQL and its files in s3://{BUCKET}."


def start_cluster(team: Team) -> str:
    """Start a Dask scheduler with two workers."""
    team.scheduler = team.stack.enter_context(dask_scheduler(team.folder))
    for name in ("worker-1", "worker-2"):
        team.stack.enter_context(worker(team.folder, name, team.scheduler))
    return f"The scheduler at {team.scheduler.uri} has {team.scheduler.workers()} workers."


def compose(team: Team) -> str:
    """Generate the songs."""
    known = [style for style in STYLES if style != MISHEARD]
    team.taught = team.folder / "songs of a"
    taught = write_songs(team.taught, EACH, seed=1, styles=known)
    for seed, name in enumerate("ab", start=10):
        folder = team.folder / f"judged by {name}"
        judged = write_songs(folder, WRONG, seed=seed, styles=[MISHEARD])
        team.judged[name] = judged + write_songs(folder, RIGHT, seed=seed, styles=known)
    team.new = team.folder / "new songs"
    new = write_songs(team.new, 2, seed=3)
    count = len(taught) + sum(map(len, team.judged.values())) + len(new)
    return f"{count} songs in {len(STYLES)} styles were generated."


def import_songs(team: Team) -> str:
    """Desktop A imports labelled songs, measured by the cluster."""
    report = team.a.command("import", team.taught, "--cluster", team.scheduler.uri)
    wanted = EACH * (len(STYLES) - 1)
    check(report["added"] == wanted, f"{report['added']} of {wanted} songs were added: {report['skipped']}")
    return f"{wanted} songs with their genres are in A's library, measured by the cluster."


def correct_answers(team: Team) -> str:
    """Both desktops analyse songs, A on the cluster, and correct or confirm the answers."""
    folder = team.folder / "judged by a"
    here = team.a.predict(folder)
    there = team.a.predict(folder, "--cluster", team.scheduler.uri)
    check(without_time(here) == without_time(there), "The cluster's answers differ from A's own.")
    wrong = sum(answer["genre"] != style_of(answer["path"]) for answer in there)
    check(wrong >= WRONG, f"The first champion was wrong in {wrong} songs only.")
    team.b.predict(team.folder / "judged by b")
    count = team.a.judge(team.judged["a"]) + team.b.judge(team.judged["b"])
    return f"The cluster answers as A does, to the last digit. {count} songs were corrected or confirmed."


def contribute(team: Team) -> str:
    """Both desktops contribute their corrections, A after a look at what leaves."""
    preview = team.a.command("models", "contribute", "--preview")
    each = len(team.judged["a"])
    check(preview["clips"] == each, f"{preview['clips']} songs would leave.")
    leaked = [word for word in ("band", ".flac", str(team.folder)) if word in str(preview)]
    check(not leaked, f"The preview names {leaked}, which must not leave.")
    sent = [desktop.command("models", "contribute") for desktop in (team.a, team.b)]
    counts = [result["clips"] for result in sent]
    check(counts == [each, each], f"They sent {counts} songs.")
    return f"The features of {sum(counts)} songs with their genres are on the server: no sound, no names."


def found_team(team: Team) -> str:
    """Desktop A gives the team its first champion: the one that the program came with."""
    first = team.a.command("models", "publish", "1")
    result = team.a.command("models", "promote", "1", "--shared")
    check(result["moved"], f"It was not promoted: {result['reason']}")
    return f"The starter model is the team's version {first['server_version']}. {result['reason']}"


def retrain(team: Team) -> str:
    """Desktop A retrains on the cluster, with the team's corrections."""
    words = ["--shared", "--families", "lda", "--trials", "1", "--cluster", team.scheduler.uri]
    result = team.a.command("train", *words)
    team.versions["a"] = str(result["version"])
    check(result["promoted"], f"A's new model is not better: {result['reason']}")
    others = result["team"]["clips"]
    check(others == len(team.judged["b"]), f"It learned from {others} songs of B.")
    return f"A's version {result['version']}, with {others} songs of B. {result['reason']}"


def publish(team: Team) -> str:
    """Desktop A publishes the version."""
    result = team.a.command("models", "publish", team.versions["a"])
    team.versions["team"] = str(result["server_version"])
    return f"It is the team's version {result['server_version']}, with its run {result['run_id']}."


def promote(team: Team) -> str:
    """Desktop A makes it the team's champion, as it is better than the first."""
    result = team.a.command("models", "promote", team.versions["a"], "--shared")
    check(result["moved"], f"It was not promoted: {result['reason']}")
    return f"The team's champion is version {team.versions['team']}. {result['reason']}"


def synchronise(team: Team) -> str:
    """Desktop B syncs and answers with the new champion."""
    result = team.b.command("models", "sync")
    check(len(result["pulled"]) > 0, f"Nothing was pulled: {result['skipped']}")
    team.versions["b"] = str(result["champion"])
    team.answers = team.b.predict(team.new)
    check(
        served(team.answers) == {("champion", team.versions["b"])}, f"B answers with {served(team.answers)}."
    )
    same = probabilities(team.answers) == probabilities(team.a.predict(team.new))
    check(same, "B's answers differ from A's.")
    wrong = [Path(a["path"]).name for a in team.answers if a["genre"] != style_of(a["path"])]
    check(not wrong, f"Wrong answers: {wrong}")
    return f"B answers with version {team.versions['b']}, to the last digit as A does, and names every style."


def work_offline(team: Team) -> str:
    """The server goes away, and desktop B goes on."""
    team.server.stop()
    try:
        team.b.command("models", "sync")
    except CommandFailedError as error:
        said = str(error).splitlines()[0]
    else:
        raise CheckFailedError("A sync without a server succeeded.")
    check(team.b.predict(team.new)[0]["genre"] is not None, "B does not answer without the server.")
    return f"Without the server B answers all the same, and a sync says: {said}"


def drift(team: Team) -> str:
    """Desktop B plays music that is unlike anything learned, and the fallback takes over."""
    folder = team.folder / "bad recordings"
    write_songs(folder, UNLIKE, seed=4, by_laptop=True)
    answers = team.b.predict(folder, "--cluster", team.scheduler.uri)
    result = team.b.command("drift")
    share = f"{result['drifted_share']:.0%} of the features of {result['n_current']} songs"
    check(result["action"] == "fallback", f"{share} differ, and the check's action is {result['action']}.")
    return f"{len(answers)} songs through a laptop's microphone: {share} differ from the champion's training music."


def fall_back(team: Team) -> str:
    """Desktop B answers with the fallback."""
    after = served(team.b.predict(team.new))
    check({alias for alias, _ in after} == {"fallback"}, f"B answers with {after}.")
    alerts = [alert["title"] for alert in team.b.command("alerts")]
    check(len(alerts) > 0, "No alert says so.")
    return f"B answers with its fallback, version {after.pop()[1]}, and an alert says: {alerts[0]}"


STEPS: dict[str, Callable[[Team], str]] = {
    "Servers: PostgreSQL, S3 stand-in, MLflow": start_servers,
    "Cluster: Dask scheduler, two workers": start_cluster,
    "Songs": compose,
    "Desktop A imports": import_songs,
    "Both correct": correct_answers,
    "Both contribute": contribute,
    "Desktop A gives the team its first champion": found_team,
    "Desktop A retrains": retrain,
    "Desktop A publishes": publish,
    "Desktop A promotes for the team": promote,
    "Desktop B syncs": synchronise,
    "The server goes away": work_offline,
    "Desktop B drifts": drift,
    "Desktop B falls back": fall_back,
}


def style_of(path: str) -> str:
    """Return the style of a generated song."""
    return Path(path).parent.name


def without_time(answers: list[Answer]) -> list[Answer]:
    """Return answers without how long they took."""
    return [answer | {"elapsed_ms": 0} for answer in answers]


def probabilities(answers: list[Answer]) -> list[object]:
    """Return what a model says of each file."""
    return [answer["top"] for answer in answers]


def served(answers: list[Answer]) -> set[tuple[str, str]]:
    """Return alias and version of the models that answered."""
    return {(answer["model"]["alias"], answer["model"]["version"]) for answer in answers if answer["model"]}
