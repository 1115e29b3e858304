"""Tasks of the team's shared registry; each ``function(context, params)`` runs in a job process."""

from __future__ import annotations

from typing import Any

from genre_desktop.core.messages import Message
from genre_desktop.core.monitoring import alert_messages
from genre_desktop.core.monitoring.alert_service import AlertService
from genre_desktop.jobs.context import TaskContext


def sync(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Pull the server's champion and fallback; see :func:`genre_desktop.ml.tasks.shared_registry.sync`.

    A model that was not used raises an alert, and the next sync without one resolves it. A sync that fails
    raises the alert of every job.
    """
    from genre_desktop.ml.tasks import shared_registry

    result = shared_registry.sync(context, params)
    alerts = AlertService(context.parts.database)
    if result["skipped"]:
        first = result["skipped"][0]
        alerts.raise_(alert_messages.shared_model_skipped(first["version"], Message(first["reason"])))
    else:
        alerts.resolve(alert_messages.SHARED_MODEL_SKIPPED)
    return result


def publish(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Push a version; see :func:`genre_desktop.ml.tasks.shared_registry.publish`."""
    from genre_desktop.ml.tasks import shared_registry

    return shared_registry.publish(context, params)


def promote(context: TaskContext, params: dict[str, Any]) -> dict[str, Any]:
    """Promote a version on the server; see :func:`genre_desktop.ml.tasks.shared_registry.promote`."""
    from genre_desktop.ml.tasks import shared_registry

    return shared_registry.promote(context, params)
