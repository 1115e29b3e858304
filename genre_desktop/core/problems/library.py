"""Problems of the library: its file, imports, corrections, and what is learned from it."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_TABLE = N_("{name} was not imported")
_TABLE_COLUMNS = N_("docs/library.md lists the columns a table may have.")
_TABLE_LINE = N_("Correct that line or remove it.")
_TABLE_ROWS = N_("Keep one row for each section of a recording, distinguished by start_s.")
_TOO_FEW = N_("Not enough clips")
_NOT_COMPARABLE = N_("These clips cannot be compared")
_REPORT = N_("The drift report could not be written")
_REFERENCE = N_("The reference table cannot be used")
_REFERENCE_HINT = N_("Training continues without it; reinstall the program to restore it.")

TEXTS: dict[str, ProblemText] = {
    "store-newer": ProblemText(
        N_("Your library was created by a newer version"),
        N_("{path} has schema {version}; this program supports {known}."),
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
        N_("Restart Genre Desktop: it checks the file, moves it aside and creates an empty library."),
    ),
    "store-damaged/in-use": ProblemText(
        N_("Your library file is damaged"),
        N_("{found}. The file cannot be moved aside now, because a part of the program has it open."),
        N_("Quit Genre Desktop and start it again: it moves the file aside and creates an empty library."),
    ),
    "store-failed": ProblemText(
        N_("Your library is not available"),
        N_("Reading or writing {path} failed: {error}."),
        N_(
            "The stored data is kept. Check that its disk is connected and that you may write to it, then try again."
        ),
    ),
    "store-busy/locked": ProblemText(
        N_("Your library is in use"),
        N_("Another part of the program, or another program, has locked {path}."),
        N_("Wait until no job is running, then try again."),
    ),
    "store-busy": ProblemText(
        N_("All data was deleted, but the file was not yet cleaned"),
        N_("Another part of the program was using the library."),
        N_("Wait until no job is running, then delete all data again."),
    ),
    "empty-label": ProblemText(
        N_("No genre entered"),
        N_("The name of a genre needs at least one visible character."),
        N_("Enter a name."),
    ),
    "label-too-long": ProblemText(
        N_("The name of the genre is too long"),
        N_("It has {n} characters; the maximum is {most}."),
        N_("Enter a shorter name."),
    ),
    "prediction-gone": ProblemText(
        N_("This answer is no longer stored"),
        N_("It was deleted, so it cannot be corrected."),
        N_("Analyse the file again, then correct it."),
    ),
    "not-remembered": ProblemText(
        N_("This answer is not in the history"),
        N_("A correction needs the measurements of the answer, and they were not saved."),
        N_("Turn on “Save answers” in the preferences, then analyse the file again."),
    ),
    "no-genre-folders": ProblemText(
        N_("There is nothing to import"),
        N_("{root} contains no folders with audio files."),
        N_("Choose a folder that contains one folder for each genre."),
    ),
    "missing-file/import": ProblemText(
        N_("This folder does not exist"), N_("{path} does not exist."), N_("Check the path.")
    ),
    "not-a-folder": ProblemText(
        N_("This is neither a folder nor a table"),
        N_("{root} is another kind of file."),
        N_("Choose a folder that contains one folder for each genre, or a CSV table of features."),
    ),
    "missing-file/table": ProblemText(_TABLE, N_("The file {path} does not exist."), N_("Check the path.")),
    "table-unreadable": ProblemText(
        _TABLE, N_("It cannot be read ({error})."), N_("Check that you have permission to read it.")
    ),
    "table-unreadable/not-text": ProblemText(
        _TABLE, N_("It is not a text table ({error})."), N_("Save it as CSV in UTF-8.")
    ),
    "table-empty": ProblemText(
        _TABLE, N_("The file is empty."), N_("Choose a table with a header and rows.")
    ),
    "table-empty/header-only": ProblemText(
        _TABLE, N_("It has a header but no rows."), N_("Choose a table with rows.")
    ),
    "table-no-label": ProblemText(
        _TABLE, N_("No column contains the genre."), N_("Name the genre column {names}.")
    ),
    "table-columns": ProblemText(
        _TABLE, N_("None of its columns is a feature of this program."), _TABLE_COLUMNS
    ),
    "table-columns/repeated": ProblemText(
        _TABLE, N_("Columns occur more than once: {names}."), N_("Give each column a unique name.")
    ),
    "table-columns/unknown": ProblemText(_TABLE, N_("These columns are unknown: {names}."), _TABLE_COLUMNS),
    "table-values/cells": ProblemText(
        _TABLE, N_("Line {number} has {cells} cells, but the header has {header}."), _TABLE_LINE
    ),
    "table-values/too-large": ProblemText(
        _TABLE, N_("The value {found} of {column} in line {number} is too large."), _TABLE_LINE
    ),
    "table-values/not-finite": ProblemText(
        _TABLE, N_("The value {found} of {column} in line {number} is not a finite number."), _TABLE_LINE
    ),
    "table-values/empty": ProblemText(_TABLE, N_("Line {number} has no value for {column}."), _TABLE_LINE),
    "table-values/length": ProblemText(_TABLE, N_("Line {number} has a length of {length}."), _TABLE_LINE),
    "table-rows/labels": ProblemText(_TABLE, N_("{clip} has two labels ({labels})."), _TABLE_ROWS),
    "table-rows/stretch": ProblemText(_TABLE, N_("{clip} has two rows for the same section."), _TABLE_ROWS),
    "tables-missing": ProblemText(
        N_("The published tables are missing"),
        N_("{path} does not exist."),
        N_("Set {variable} to the folder that contains them."),
    ),
    "too-few-clips": ProblemText(
        _TOO_FEW,
        N_("{n} clips have been analysed since the last check; at least {minimum} are needed."),
        N_("Analyse more music; the check runs again automatically."),
    ),
    "too-few-clips/report": ProblemText(
        _TOO_FEW,
        N_("{n} clips have been analysed so far; at least {minimum} are needed."),
        N_("Analyse more music, then check again."),
    ),
    "too-few-clips/training": ProblemText(
        N_("There is not enough training data"),
        N_("The library contains {clips} clips; training needs at least {minimum}."),
        N_("Import music whose genre you know, or correct more answers."),
    ),
    "one-genre": ProblemText(
        N_("There is only one genre"),
        N_("Every clip in the library has the genre {genre}."),
        N_("Import or label music of at least one other genre."),
    ),
    "one-group": ProblemText(
        N_("The model could not be tested"),
        N_("Every clip in the library belongs to {group}, so there are none left for testing."),
        N_("Import music of other artists, or sort it into folders by artist."),
    ),
    "feature-version/library": ProblemText(
        N_("The library contains other features"),
        N_("Its rows have {columns} columns; this version uses {known}."),
        N_("Import the music again."),
    ),
    "drift-rows": ProblemText(
        _NOT_COMPARABLE,
        N_("They have {columns} features; the reference has {known}."),
        N_("Analyse the music again with this version of the program."),
    ),
    "drift-rows/not-finite": ProblemText(
        _NOT_COMPARABLE,
        N_("{n} of them contain values that are not numbers, the first in {name}."),
        N_("Analyse the music again."),
    ),
    "drift-check-failed": ProblemText(
        N_("The drift check failed"),
        N_("Evidently, the library that detects drift, failed ({error})."),
        N_("The same model remains in use. Check again; if it fails again, reinstall Genre Desktop."),
    ),
    "report-failed": ProblemText(
        _REPORT, "{path}: {error}.", N_("Choose another folder, or free some space.")
    ),
    "report-failed/evidently": ProblemText(
        _REPORT,
        N_("Evidently, the library that creates the report, failed ({error})."),
        N_("Check again; if it fails again, reinstall Genre Desktop."),
    ),
    "reference-missing": ProblemText(_REFERENCE, N_("{path} does not exist."), _REFERENCE_HINT),
    "reference-unreadable": ProblemText(_REFERENCE, "{path}: {error}.", _REFERENCE_HINT),
    "reference-version": ProblemText(
        _REFERENCE,
        N_("It has feature version {version}; this program supports {known}."),
        _REFERENCE_HINT,
    ),
    "no-reference": ProblemText(
        N_("The reference of the training music is not available"),
        N_("{name} is missing or damaged ({kind}: {error})."),
        N_("Reinstall Genre Desktop; your library and models are kept."),
    ),
    "nothing-to-compare": ProblemText(
        N_("There are no clips to compare this song with"),
        N_("Neither your library nor the included reference can be read."),
        N_("Import music on the Library page."),
    ),
    "nothing-to-compare/models": ProblemText(
        N_("There are no clips to compare the models on"),
        N_("Your library is empty, and the included reference cannot be read."),
        N_("Import labelled music, or compare the models on a folder."),
    ),
    "no-genre-folder": ProblemText(
        N_("The file has no genre"),
        N_("It is not in the folder of a genre."),
        N_("Move it to the folder of its genre."),
    ),
    "nothing-to-evaluate": ProblemText(
        N_("There are no audio files to measure"),
        N_("No audio files were found in {folder}."),
        N_("Specify a folder that contains one folder of music for each genre."),
    ),
    "nothing-to-evaluate/skipped": ProblemText(
        N_("There are no audio files to measure"),
        N_("None of these can be used: {files}. {path}: {reason}"),
        N_("Specify a folder that contains one folder of music for each genre."),
    ),
}
"""Key to texts; see the package."""
