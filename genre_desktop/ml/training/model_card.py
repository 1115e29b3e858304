"""The model card that stands beside each starter model."""

from __future__ import annotations

from typing import Any

from genre_desktop.ml.models.ensemble import Model


def card(model: Model, digest: str) -> str:
    """Markdown: what the model is, what it learned from, how good it is, what it must not be used for."""
    facts = model.metadata
    test, cross = facts["test"], facts["cross_validation"]
    return f"""# Starter {facts["alias"]}: {model.family}

A genre classifier for 30 s of music (ten genres), made by `python -m genre_desktop.ml.training.build_starters`
with seed {facts["seed"]}. Do not edit: rebuild.

| | |
| --- | --- |
| bundle digest (SHA-256 of `bundle.json`) | `{digest}` |
| family | {model.family} ({_members(model)}) |
| feature version | {model.feature_version} ({len(model.feature_names)} features) |
| data | {facts["source"]} |
| split | {facts["split"]}: {facts["rows"]} tracks of {facts["artists"]} artists |
| temperature | {model.temperature} (from artists left out) |
| licence | {facts["licence"]} |

## How good it is

On the test part of the split ({test["n"]} tracks of {test["artists"]} artists the model has never
heard), which played no part in any choice. Intervals are 95 %, by drawing whole artists.

| figure | value | interval |
| --- | ---: | --- |
{_figures(test)}

Cross-validation on the {facts["rows"]} training tracks, whole artists left out (mean of three
shuffles): accuracy {cross["accuracy"]:.3f}, G-Mean {cross["gmean"]:.3f}, top three {cross["top3"]:.3f}.

| genre | recall | precision | test tracks |
| --- | ---: | ---: | ---: |
{_genres(test)}

What the test tracks were taken for, truth down, answer across:

{_confusion(test)}

## Use and limits

Made for sorting a person's own music and for learning from their corrections. GTZAN is small,
old (recordings up to 2002), mostly North American, and its genres are the opinion of one person;
expect worse figures on other music, and see `docs/accuracy.md` for how much worse. Speech and
sounds that are not music get a genre too; the "unusual input" hint is only a hint.
"""


def _members(model: Model) -> str:
    return ", ".join(f"{type(m.head).__name__} × {m.weight:g}" for m in model.members)


def _figures(test: dict[str, Any]) -> str:
    rows = []
    for name, value in test["figures"].items():
        span = test["intervals"].get(name)
        rows.append(f"| {name} | {value:.3f} | {_span(span)} |")
    return "\n".join(rows)


def _span(span: dict[str, float] | None) -> str:
    return f"{span['low']:.3f} to {span['high']:.3f}" if span else ""


def _genres(test: dict[str, Any]) -> str:
    return "\n".join(
        f"| {genre} | {s['recall']:.2f} | {s['precision']:.2f} | {s['n']} |"
        for genre, s in test["per_genre"].items()
    )


def _confusion(test: dict[str, Any]) -> str:
    counts = test["confusion"]
    names = list(test["per_genre"])
    rows = ["| | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    for truth in names:
        row = counts.get(truth, {})
        rows.append(f"| **{truth}** | " + " | ".join(str(row.get(name, "")) for name in names) + " |")
    return "\n".join(rows)
