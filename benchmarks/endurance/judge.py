"""Judges a run by its folder alone."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing

from benchmarks.endurance import causes
from benchmarks.endurance.records import NAMES, Record, RunFolder
from benchmarks.report import Row, as_markdown
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.core.paths import Home
from genre_desktop.core.store.alerts import Alert
from genre_desktop.core.store.database import Database

QUARTER_S = 900.0
"""After which memory, descriptors and threads are to stay as they are; a third of a run that is shorter than 45 minutes."""

WARM_S, YOUNG_S = 60.0, 300.0
"""Ages between which processes that are replaced again and again are compared."""

OPENED_S = 20.0
"""Age from which sound devices are, which are replaced whenever listening starts."""

MIB = 2.0**20
MOST = 1.1
FEW = 3
"""Descriptors and threads by which two medians may differ: what runs at the moment."""

SUSPICIOUS = re.compile(
    r"Traceback|Fatal Python|Segmentation|QObject|QThread|QPainter|Exception ignored|never awaited"
)


class Run:
    """What a folder holds, and which samples are early and late."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self.events, self.samples = list(folder.read("events")), list(folder.read("samples"))
        began = next(event for event in self.events if event["what"] == "began")
        self.began, self.last = began["t"], max(sample["t"] for sample in self.samples)
        self.quarter = min(QUARTER_S, (self.last - self.began) / 3)
        self.counts = causes.names(self.events)

    @property
    def hours(self) -> float:
        return float(self.last - self.began) / 3600

    def early(self, samples: Iterable[Record]) -> list[Record]:
        """Those around the end of the first quarter of an hour."""
        return [s for s in samples if abs(s["t"] - self.began - self.quarter) <= self.quarter / 3]

    def late(self, samples: Iterable[Record]) -> list[Record]:
        """Those of the last quarter of an hour."""
        return [s for s in samples if s["t"] >= self.last - self.quarter]

    def of(self, home: str, role: str) -> list[Record]:
        return [s for s in self.samples if s["home"] == home and s["role"] == role]


def report(folder: RunFolder) -> str:
    """The section for the results, and what was found, line by line."""
    run = Run(folder)
    found: list[str] = []
    rows = [
        *_memory(run),
        *_handles(run),
        *_ends(run, found),
        *_alerts(run, found),
        *_log(run, found),
        *_script(run, found),
    ]
    title = "Everything at once, with processes killed at random"
    section = as_markdown(title, [Row("duration", run.hours, "h"), *rows])
    return "\n".join([section, *(f"- {line}" for line in found), ""])


def _memory(run: Run) -> list[Row]:
    workers = run.of("long", "worker")
    lasting = {s["pid"] for s in run.early(workers)} & {s["pid"] for s in run.late(workers)}
    rows = [
        _compared(run, "memory of the window", run.of("long", "window")),
        _compared(
            run, "memory of workers that lived throughout", [s for s in workers if s["pid"] in lasting]
        ),
        _compared(run, "memory of workers, at equal age", _aged(workers)),
        _compared(
            run, "memory of the workers' decoders, at equal age", _aged(run.of("long", "decoder of worker"))
        ),
        _compared(run, "memory of the window's decoder", run.of("long", "decoder of window")),
        _compared(
            run, "memory of sound devices", [s for s in run.of("long", "device") if s["age"] >= OPENED_S]
        ),
        _compared(run, "memory of the restarted window, at equal age", _aged(run.of("restarted", "window"))),
    ]
    return [row for row in rows if row.note]


def _aged(samples: Iterable[Record]) -> list[Record]:
    return [s for s in samples if WARM_S <= s["age"] <= YOUNG_S]


def _compared(run: Run, what: str, samples: Sequence[Record]) -> Row:
    early, late = run.early(samples), run.late(samples)
    if not early or not late:
        return Row(what, float("nan"), "MiB")
    then, now = _median(early, "pss") / MIB, _median(late, "pss") / MIB
    own = f"{_median(early, 'uss') / MIB:.0f} and {_median(late, 'uss') / MIB:.0f} MiB of it its own"
    note = f"{then:.0f} MiB after the first quarter; {own}; medians of {len(early)} and {len(late)}"
    return Row(what, now, "MiB", ratio=now / then, target=f"≤ {MOST} ×", note=note)


def _handles(run: Run) -> list[Row]:
    rows = []
    for role, samples in (("window", run.of("long", "window")), ("workers", run.of("long", "worker"))):
        early, late = run.early(samples), run.late(samples)
        for key, what in (("fds", "file descriptors"), ("threads", "threads")):
            if not early or not late:
                continue
            then, now = _median(early, key), _median(late, key)
            note = f"{then:g}, then {now:g}; at most {_most(early, key):g} and {_most(late, key):g}"
            rows.append(Row(f"growth of {what} of the {role}", now - then, "", target=f"≤ {FEW}", note=note))
    return rows


def _ends(run: Run, found: list[str]) -> list[Row]:
    from benchmarks.endurance.run import ENDS

    ended = [event for event in run.events if event["what"] == "ended"]
    bad = [e for e in ended if e["early"] or e["code"] != ENDS[e["how"]]]
    bad += [event for event in run.events if event["what"] == "did not end"]
    orphans = [f"{e['home']} {e['how']}: {orphan}" for e in ended for orphan in e["orphans"]]
    found += [f"end: {event}" for event in bad] + [f"orphan: {orphan}" for orphan in orphans]
    ways = Counter(event["how"] for event in ended)
    longest = max((event.get("seconds", 0.0) for event in ended), default=0.0)
    note = f"{', '.join(f'{n} by {how}' for how, n in ways.items())}; in at most {longest:.0f} s"
    return [
        Row("windows ended", len(ended), "", note=note),
        Row("of these early, late or with another exit code", len(bad), "", target="0"),
        Row("processes that outlived their window by 10 s", len(orphans), "", target="0"),
    ]


def _alerts(run: Run, found: list[str]) -> list[Row]:
    explained: Counter[str] = Counter()
    unexplained = 0
    for name in NAMES:
        times: Counter[str] = Counter()
        latest: dict[str, Alert] = {}
        for alert in history(run.folder, name):
            times[alert.notice.code] += alert.count
            latest[alert.notice.code] = alert
        for code, n in times.items():
            known = min(n, causes.explains(causes.ALERTS, code, name, run.counts))
            explained[code] += known
            unexplained += n - known
            if n > known:
                found.append(f"alert: {name}, {n - known} of {n} times: {latest[code].text()!r}")
    note = ", ".join(f"{n} × {code}" for code, n in explained.items() if n)
    return [Row("unexplained alerts", unexplained, "", target="0", note=f"explained: {note or 'none'}")]


def history(folder: RunFolder, name: str) -> list[Alert]:
    """The alerts of a home."""
    home = Home(folder.home("long" if name == "long" else "restarted"))
    if not home.store.exists():
        return []
    with closing(Database(home.store)) as database:
        return AlertService(database).history(10_000)


def _log(run: Run, found: list[str]) -> list[Row]:
    severe = [line for line in run.folder.read("log") if line["level"] not in ("WARNING", "INFO", "DEBUG")]
    known: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for line in severe:
        text = f"{line['source']}: {line['text']}"
        is_known = causes.explains(causes.LOG, text, line["home"], run.counts)
        (known if is_known else unknown)[text.partition("\n")[0][:200]] += 1
        if not is_known and unknown[text.partition("\n")[0][:200]] == 1:
            found.append(f"log: {line['home']} {line['file']} {line['time']} {text}")
    note = ", ".join(f"{n} × {text}" for text, n in known.items()) or "none"
    printed = [
        line
        for name in NAMES
        if run.folder.output(name).exists()
        for line in run.folder.output(name).read_text("utf-8", "replace").splitlines()
        if SUSPICIOUS.search(line)
    ]
    found += [f"output: {line}" for line in dict.fromkeys(printed)]
    return [
        Row(
            "log lines above WARNING without a stated cause",
            unknown.total(),
            "",
            target="0",
            note=f"with one: {note}",
        ),
        Row("tracebacks and complaints of Qt on standard error", len(printed), "", target="0"),
    ]


def _script(run: Run, found: list[str]) -> list[Row]:
    failures = [event for event in run.events if event["what"] == "script failed"]
    found += [f"script: {event['action']}: {event['trace']}" for event in failures[:20]]
    did: Counter[str] = Counter()
    for (_home, what), n in run.counts.items():
        did[what] += n
    kills = ", ".join(
        f"{n} × {what.removeprefix('killed ')}" for what, n in did.items() if what.startswith("killed")
    )
    acts = ", ".join(
        f"{n} × {what.removeprefix('did ')}" for what, n in did.items() if what.startswith("did ")
    )
    jobs: Counter[str] = Counter()
    for event in run.events:
        if "status" in event:
            jobs[f"{event['what'].removeprefix('ended ')} {event['status']}"] += 1
    return [
        Row(
            "processes killed", sum(n for what, n in did.items() if what.startswith("killed")), "", note=kills
        ),
        Row("actions", sum(n for what, n in did.items() if what.startswith("did ")), "", note=acts),
        Row("jobs", jobs.total(), "", note=", ".join(f"{n} × {what}" for what, n in jobs.items())),
        Row("actions that the script could not do", len(failures), "", target="0"),
    ]


def _median(samples: Sequence[Record], key: str) -> float:
    return float(statistics.median(sample[key] for sample in samples))


def _most(samples: Sequence[Record], key: str) -> float:
    return float(max(sample[key] for sample in samples))
