"""The model card of each starter model."""

from __future__ import annotations

from typing import Any

from genre_desktop.ml.models.ensemble import Model


def card(model: Model, digest: str) -> str:
    """Return the card as Markdown: description, training data, metrics, limits."""
    facts = model.metadata
    test, cross, encoded = facts["test"], facts["cross_validation"], facts.get("encoded", {})
    return f"""# Starter {facts["alias"]}: {model.family}

A genre classifier for 30 s of music (ten genres), made by `python -m genre_desktop.ml.training.build_starters`
with seed {facts["seed"]}. Do not edit: rebuild.

| | |
| --- | --- |
| bundle digest (SHA-256 of `bundle.json`) | `{digest}` |
| family | {model.family} ({_members(model)}) |
| feature version | {model.feature_version} ({len(model.feature_names)} features) |
| encoder | {f"MusiCNN, SHA-256 `{model.encoder}`" if model.encoder else "not needed"} |
| data | {facts["source"]} |
| split | {facts["split"]}: {facts["rows"]} tracks of {facts["artists"]} artists |
| temperature | {model.temperature} (from artists left out) |
| licence | {facts["licence"]} |

## How good it is

On the test part of the split ({test["n"]} tracks of {test["artists"]} artists outside the
training data), which was not used for any choice. Intervals are 95 %, by drawing whole artists.{_encoded(model)}

| metric | value | interval |
| --- | ---: | --- |
{_metrics(test)}

Cross-validation on {encoded.get("cross_validated", facts["rows"])} of the {facts["rows"]} training tracks, whole artists left out (mean of three
shuffles): accuracy {cross["accuracy"]:.3f}, G-Mean {cross["gmean"]:.3f}, top three {cross["top3"]:.3f}.

| genre | recall | precision | test tracks |
| --- | ---: | ---: | ---: |
{_genres(test)}

Confusion matrix of the test tracks, truth down, prediction across:

{_confusion(test)}

## Use and limits

Made for sorting a user's own music and for learning from their corrections. GTZAN is small,
old (recordings up to 2002), mostly North American, and its genres are the opinion of one listener;
expect worse results on other music, and see `docs/accuracy.md` for how much worse. The
model gives any row a genre: speech, noise and silence are recognised before it is asked.
"""


def _encoded(model: Model) -> str:
    """Return how the encoder's columns of the test tracks were measured; empty for a model without encoder."""
    if not model.encoder:
        return ""
    embedded = model.metadata["encoded"]["embedded_test"]
    return f"""
The encoder's tags of {model.metadata["test"]["n"] - embedded} tracks are their published series; the other
{embedded} were encoded by this program, and only on these the embedding has a vote."""


def _members(model: Model) -> str:
    return ", ".join(f"{type(m.head).__name__} × {m.weight:g}" for m in model.members)


def _metrics(test: dict[str, Any]) -> str:
    spans = {name: f"{s['low']:.3f} to {s['high']:.3f}" for name, s in test["intervals"].items()}
    rows = (f"| {name} | {value:.3f} | {spans.get(name, '')} |" for name, value in test["figures"].items())
    return "\n".join(rows)


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
