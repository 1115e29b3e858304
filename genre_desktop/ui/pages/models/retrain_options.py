"""The options of a retraining."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from genre_desktop.app.i18n.translate import tr
from genre_desktop.core.quoting.display import shown_name
from genre_desktop.ui.fitting.check_box import WrapCheckBox
from genre_desktop.ui.fitting.wrap_row import WrapRow
from genre_desktop.ui.widgets.factory import button, column, label, set_accessible_name, spin_box


class RetrainOptions(QFrame):
    """Families, trials and promotion of a better model; ``wanted`` carries the job's parameters after ``closed``."""

    wanted = Signal(dict)

    closed = Signal()

    def __init__(self, trials: int) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.families: dict[str, QCheckBox] = {}
        self.trials = spin_box(1, 500, trials)
        self.promote = WrapCheckBox(tr("Promote it if it is better"))
        self.promote.setChecked(True)
        self.shared = WrapCheckBox(tr("Include the team’s corrections"))
        self.shared.hide()
        self._boxes = WrapRow(most=3)
        set_accessible_name(self.trials, tr("Trials"), tr("Hyperparameter settings tried for each family"))
        set_accessible_name(self.promote, tr("Promote it if it is better"))
        set_accessible_name(
            self.shared,
            self.shared.text(),
            tr("Corrections that other members have contributed to the server"),
        )
        layout = column(self, margin=16, gap=10)
        layout.addWidget(label(tr("Retrain"), "section"))
        hint = tr(
            "Trains on your library, your corrections and the clips included with the program. The "
            "current model remains in use during the training, and afterwards unless the new one is "
            "significantly better."
        )
        layout.addWidget(label(hint, "muted", wrap=True))
        layout.addWidget(self._boxes)
        layout.addWidget(self.shared)
        title = label(tr("Hyperparameter settings tried for each family"))
        close = button(tr("Close"), self._close, "quiet", tr("Close the options"))
        start = button(tr("Start"), self._start, "primary", tr("Start training"))
        line = WrapRow(gap=24)
        line.add(WrapRow(WrapRow(title, self.trials, gap=12), self.promote, gap=24), 1)
        line.add(WrapRow(close, start, gap=12))
        layout.addWidget(line)

    def set_families(self, families: Mapping[str, str]) -> None:
        """Add a checked box for each new family."""
        for name, title in families.items():
            if name not in self.families:
                box = WrapCheckBox(shown_name(title).replace("&", "&&"))
                box.setChecked(True)
                set_accessible_name(box, title)
                self.families[name] = box
                self._boxes.add(box, 1, letters=24)

    def params(self) -> dict[str, Any]:
        """Return the job's parameters; no chosen family means all."""
        chosen = [name for name, box in self.families.items() if box.isChecked()]
        params = {"families": chosen, "trials": self.trials.value(), "promote": self.promote.isChecked()}
        return params | ({"shared": True} if self.shared.isChecked() else {})

    def offer_team(self, on: bool) -> None:
        """Offer the corrections of a team, or no longer."""
        self.shared.setVisible(on)
        self.shared.setChecked(on and self.shared.isChecked())

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _start(self) -> None:
        self._close()
        self.wanted.emit(self.params())
