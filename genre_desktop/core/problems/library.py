"""Problems of the library: its file, imports, corrections, and what is learned from it."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_TABLE = N_("{name} was not imported")
_TABLE_COLUMNS = N_("docs/library.md lists the columns a table may have.")
_TABLE_LINE = N_("Correct that line or leave it out.")
_TABLE_ROWS = N_("Keep one row for each section of a recording, distinguished by start_s.")
_TOO_FEW = N_("Too few clips to judge")
_NOT_COMPARABLE = N_("These clips cannot be compared")
_REPORT = N_("The drift report could not be written")
_REFERENCE = N_("The reference table cannot be used")
_REFERENCE_HINT = N_("Training goes on without it; install the program again to get it back.")

TEXTS: dict[str, ProblemText] = {
    "store-newer": ProblemText(
        N_("Your library comes from a newer version"),
        N_("{path} has schema {version}; this program knows {known}."),
        N_("Update Genre Desktop, or choose another folder with --home."),
    ),
    "store-unreadable": ProblemText(
        N_("Your library cannot be opened"),
        "{path}: {error}.",
        N_("Restore the file from a backup, or move it away to start with an empty library."),
    ),
    "store-damaged": ProblemText(
        N_("Your library file is damaged"),
        N_("SQLite reports: {found}."),
        N_("Start Genre Desktop again: it checks the file, sets it aside and begins an empty library."),
    ),
    "store-damaged/in-use": ProblemText(
        N_("Your library file is damaged"),
        N_("{found}. It cannot be set aside now, because a part of the program has it open."),
        N_("End Genre Desktop and start it again: it sets the file aside and begins an empty library."),
    ),
    "store-failed": ProblemText(
        N_("Your library cannot be used now"),
        N_("Reading or writing {path} failed: {error}."),
        N_(
            "What was stored before is kept. See whether its disk is connected and may be written to, then try again."
        ),
    ),
    "store-busy/locked": ProblemText(
        N_("Your library is in use"),
        N_("Another part of the program, or another program, keeps {path} locked."),
        N_("Wait until no job runs, then try again."),
    ),
    "store-busy": ProblemText(
        N_("Everything is forgotten, but the file was not yet cleaned"),
        N_("Another part of the program was using the library."),
        N_("Wait until no job runs, then forget again."),
    ),
    "empty-label": ProblemText(
        N_("No genre given"),
        N_("The name of a genre needs a character that can be seen."),
        N_("Choose a name."),
    ),
    "label-too-long": ProblemText(
        N_("The name of the genre is too long"),
        N_("It has {n} characters; at most {most} are possible."),
        N_("Choose a shorter name."),
    ),
    "prediction-gone": ProblemText(
        N_("This answer is no longer remembered"),
        N_("It was deleted, so there is nothing to correct."),
        N_("Analyse the file again, then correct it."),
    ),
    "not-remembered": ProblemText(
        N_("This answer is not in the history"),
        N_("A correction needs the measurements that came with the answer, and they were not kept."),
        N_("Switch on “Remember answers” in the preferences, then read the file again."),
    ),
    "no-genre-folders": ProblemText(
        N_("Nothing to import"),
        N_("{root} holds no folders with audio files."),
        N_("Choose a folder that holds one folder for each genre."),
    ),
    "missing-file/import": ProblemText(
        N_("There is no such folder"), N_("{path} does not exist."), N_("Check the name.")
    ),
    "not-a-folder": ProblemText(
        N_("This is neither a folder nor a table"),
        N_("{root} is a file of another kind."),
        N_("Choose a folder that holds one folder for each genre, or a CSV table of features."),
    ),
    "missing-file/table": ProblemText(_TABLE, N_("There is no file {path}."), N_("Check the name.")),
    "table-unreadable": ProblemText(
        _TABLE, N_("It cannot be read ({error})."), N_("Check that you may read it.")
    ),
    "table-unreadable/not-text": ProblemText(
        _TABLE, N_("It is not a table in text form ({error})."), N_("Save it as CSV in UTF-8.")
    ),
    "table-empty": ProblemText(
        _TABLE, N_("The file holds nothing."), N_("Choose a table with a header and rows.")
    ),
    "table-empty/header-only": ProblemText(
        _TABLE, N_("It has a header but no rows."), N_("Choose a table with rows.")
    ),
    "table-no-label": ProblemText(
        _TABLE, N_("No column says which genre a row is."), N_("Name that column {names}.")
    ),
    "table-columns": ProblemText(
        _TABLE, N_("None of its columns is a feature this app knows."), _TABLE_COLUMNS
    ),
    "table-columns/repeated": ProblemText(
        _TABLE, N_("Columns occur more than once: {names}."), N_("Give each column one name of its own.")
    ),
    "table-columns/unknown": ProblemText(_TABLE, N_("These columns are unknown: {names}."), _TABLE_COLUMNS),
    "table-values/cells": ProblemText(
        _TABLE, N_("Line {number} has {cells} cells where the header has {header}."), _TABLE_LINE
    ),
    "table-values/too-large": ProblemText(
        _TABLE, N_("Line {number} has {found} for {column}, which is too large."), _TABLE_LINE
    ),
    "table-values/not-finite": ProblemText(
        _TABLE, N_("Line {number} has {found} for {column}, which is no finite number."), _TABLE_LINE
    ),
    "table-values/empty": ProblemText(
        _TABLE, N_("Line {number} has nothing for {column}, which is no finite number."), _TABLE_LINE
    ),
    "table-values/length": ProblemText(_TABLE, N_("Line {number} has a length of {length}."), _TABLE_LINE),
    "table-rows/labels": ProblemText(_TABLE, N_("{clip} has two labels ({labels})."), _TABLE_ROWS),
    "table-rows/stretch": ProblemText(_TABLE, N_("{clip} has two rows for the same stretch."), _TABLE_ROWS),
    "tables-missing": ProblemText(
        N_("The published tables are not here"),
        N_("{path} does not exist."),
        N_("Set {variable} to the folder that holds them."),
    ),
    "too-few-clips": ProblemText(
        _TOO_FEW,
        N_("{n} clips were answered since the last check; {minimum} are needed."),
        N_("Analyse more music; the check runs again by itself."),
    ),
    "too-few-clips/report": ProblemText(
        _TOO_FEW,
        N_("{n} clips were answered so far; {minimum} are needed."),
        N_("Analyse more music, then check again."),
    ),
    "too-few-clips/training": ProblemText(
        N_("There is too little to learn from"),
        N_("The library holds {clips} clips; training needs at least {minimum}."),
        N_("Import music whose genre you know, or correct a few more answers."),
    ),
    "one-genre": ProblemText(
        N_("There is only one genre"),
        N_("Every clip in the library is {genre}."),
        N_("Import or label music of at least one other genre."),
    ),
    "one-group": ProblemText(
        N_("A model could not be tested"),
        N_("Every clip in the library belongs to {group}, so none can be held out."),
        N_("Import music of other artists, or sort it into folders by artist."),
    ),
    "feature-version/library": ProblemText(
        N_("The library holds other features"),
        N_("Its rows have {columns} columns; this version measures {known}."),
        N_("Import the music again."),
    ),
    "drift-rows": ProblemText(
        _NOT_COMPARABLE,
        N_("They have {columns} features; the reference has {known}."),
        N_("Analyse the music again with this version of the program."),
    ),
    "drift-rows/not-finite": ProblemText(
        _NOT_COMPARABLE,
        N_("{n} of them hold values that are no numbers, the first in {name}."),
        N_("Analyse the music again."),
    ),
    "drift-check-failed": ProblemText(
        N_("The drift check failed"),
        N_("Evidently, which decides whether your music has drifted, does not work ({error})."),
        N_("The same model goes on answering. Check again; if it fails again, install Genre Desktop again."),
    ),
    "report-failed": ProblemText(
        _REPORT, "{path}: {error}.", N_("Choose another place, or free some space.")
    ),
    "report-failed/evidently": ProblemText(
        _REPORT,
        N_("Evidently, which draws it, does not work ({error})."),
        N_("Check again; if it fails again, install Genre Desktop again."),
    ),
    "reference-missing": ProblemText(_REFERENCE, N_("There is no {path}."), _REFERENCE_HINT),
    "reference-unreadable": ProblemText(_REFERENCE, "{path}: {error}.", _REFERENCE_HINT),
    "reference-version": ProblemText(
        _REFERENCE,
        N_("It was measured as feature version {version}; this app measures {known}."),
        _REFERENCE_HINT,
    ),
    "no-reference": ProblemText(
        N_("There is nothing to compare your music with"),
        N_("{name} is missing or damaged ({kind}: {error})."),
        N_("Install Genre Desktop again; your library and models stay."),
    ),
    "nothing-to-compare": ProblemText(
        N_("There is nothing to compare this song with"),
        N_("Neither your library nor the reference that comes with the program can be read."),
        N_("Import some music on the Library page."),
    ),
    "nothing-to-evaluate": ProblemText(
        N_("There is nothing to measure"),
        N_("No sound files were found below {folder}."),
        N_("Name a folder that holds one folder of music for each genre."),
    ),
    "nothing-to-evaluate/skipped": ProblemText(
        N_("There is nothing to measure"),
        N_("None of {files} can be used; {path}: {reason}"),
        N_("Name a folder that holds one folder of music for each genre."),
    ),
}
"""Key to texts; see the package."""
