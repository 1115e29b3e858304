"""Problems of the user's own files: reading, decoding, tags, export."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_NOT_AUDIO = N_("This is not an audio file")
_EMPTY = N_("This file is empty")
_EMPTY_HINT = N_("Copy or download it again.")
_UNDECODABLE = N_("This file cannot be decoded")
_UNDECODABLE_HINT = N_("If it plays in other programs, convert it to WAV, FLAC or MP3 and try again.")
_TAGS_DAMAGED = N_("The tags of this file cannot be read")
_TAGS_HINT = N_("The file is unchanged; repair its tags with another program first.")
_SAVE_HINT = N_("Choose another folder, or free some space, and save again.")

TEXTS: dict[str, ProblemText] = {
    "not-audio": ProblemText(
        _NOT_AUDIO,
        N_("{name} does not contain a supported audio or video format, whatever its file name extension."),
        N_("Choose an audio or video file, such as WAV, FLAC, MP3, M4A, OGG, Opus, WMA or MP4."),
    ),
    "not-audio/not-regular": ProblemText(
        _NOT_AUDIO,
        N_("{name} is a pipe or a device, not a regular file."),
        N_("Choose a file on disk."),
    ),
    "empty-file": ProblemText(_EMPTY, N_("{name} is 0 bytes long."), _EMPTY_HINT),
    "empty-file/header-only": ProblemText(_EMPTY, N_("{name} has a header but no audio data."), _EMPTY_HINT),
    "undecodable/codec": ProblemText(
        _UNDECODABLE,
        N_("The audio in {name} has an unsupported format, or it is copy-protected."),
        _UNDECODABLE_HINT,
    ),
    "undecodable/channels": ProblemText(
        _UNDECODABLE,
        N_("{name} has more channels than its decoder supports, or its channel count is damaged."),
        _UNDECODABLE_HINT,
    ),
    "undecodable/no-index": ProblemText(
        _UNDECODABLE,
        N_(
            "{name} begins like an MP4 file, but its index is missing, which happens when a download or "
            "a recording is interrupted."
        ),
        _UNDECODABLE_HINT,
    ),
    "undecodable/filled": ProblemText(
        _UNDECODABLE,
        N_("The first {megabytes} MB of {name} contain no audio, only tags, images or empty space."),
        _UNDECODABLE_HINT,
    ),
    "undecodable/sample-rate": ProblemText(
        _UNDECODABLE,
        N_("The header of {name} declares {rate} samples per second, which is impossible."),
        _UNDECODABLE_HINT,
    ),
    "undecodable/no-packet": ProblemText(
        _UNDECODABLE, N_("None of the {packets} parts of {name} could be decoded."), _UNDECODABLE_HINT
    ),
    "undecodable/damaged": ProblemText(
        N_("This file is damaged"),
        N_("Only {found_s:.2f} s of {name} could be read; the rest is missing or damaged."),
        _EMPTY_HINT,
    ),
    "no-audio-stream": ProblemText(
        N_("This file has no audio"),
        N_("{name} contains video but no audio track."),
        N_("Choose a file with audio."),
    ),
    "non-finite": ProblemText(
        N_("This file contains invalid samples"),
        N_("{name} contains samples that are not numbers (NaN or infinite), the first at {when:.2f} s."),
        N_("Export it again from the program that wrote it, as 16 or 24 bit WAV or FLAC."),
    ),
    "non-finite/clip": ProblemText(
        N_("This audio is damaged"),
        N_("It contains samples that are not numbers."),
        N_("Export or convert the file again."),
    ),
    "clip-too-short": ProblemText(
        N_("This clip is too short"),
        N_("It is {seconds:.2f} s long; at least {shortest_s} s of audio are needed."),
        N_("Choose a longer clip."),
    ),
    "silence": ProblemText(
        N_("The file is silent"),
        N_("Its level stays below -80 dBFS throughout."),
        N_("Check the file or the input level."),
    ),
    "missing-file": ProblemText(
        N_("File not found"),
        N_("{name} does not exist; it may have been moved, renamed or deleted."),
        N_("Check the folder and try again."),
    ),
    "missing-file/tags": ProblemText(
        N_("File not found"),
        N_("{name} was moved or deleted, or its disk is not connected."),
        N_("Open it in its new location."),
    ),
    "missing-file/clip": ProblemText(
        N_("This clip cannot be played"),
        N_("{name} was moved or deleted, or it is a row of an imported table and not a file."),
        N_("Its measurements remain in your library."),
    ),
    "is-a-directory": ProblemText(
        N_("This is a folder"),
        N_("{name} is a folder, not a file."),
        N_("Open it as a folder, or use --recursive, to analyse the files in it."),
    ),
    "unreadable-file": ProblemText(
        N_("This file cannot be read"),
        N_("Reading {name} failed: {error}."),
        N_("Check that the disk or network folder is connected, then try again."),
    ),
    "unreadable-file/denied": ProblemText(
        N_("You may not read this file"),
        N_("The system denies access to {name}."),
        N_("Change the file's permissions, or copy it to one of your own folders."),
    ),
    "unreadable-folder": ProblemText(
        N_("This folder cannot be opened"),
        N_("Reading {folder} failed: {error}."),
        N_("Check that the disk or network folder is connected; all other files are analysed."),
    ),
    "unreadable-folder/denied": ProblemText(
        N_("You may not open this folder"),
        N_("The system denies access to {folder}."),
        N_("Change the folder's permissions; all other files are analysed."),
    ),
    "hidden-file": ProblemText(
        N_("Hidden file or folder"), N_("Its name begins with a dot. Rename it to analyse it.")
    ),
    "no-audio-found": ProblemText(
        N_("No audio files in this folder"),
        N_("No file in {folder} has the extension of an audio or video file."),
        N_("Specify a file itself to analyse it regardless of its extension."),
    ),
    "no-audio-found/deeper": ProblemText(
        N_("No audio files in this folder"),
        N_("{folder} contains folders, which were not searched."),
        N_("Add --recursive to search the folders in it."),
    ),
    "no-audio-found/opened": ProblemText(
        N_("No files to analyse"),
        N_("No audio or video files were found in the selected files and folders."),
        N_("Open a folder with music, or drop a single file: single files are always analysed."),
    ),
    "not-local": ProblemText(
        N_("Only files on this computer can be analysed"),
        N_("You dropped an internet address; this program does not access the internet."),
        N_("Save the file first, then drop it here."),
    ),
    "not-local/nothing": ProblemText(
        N_("The dropped files did not arrive"),
        N_("The other program did not name the files it offered."),
        N_("Drop them again, or choose File › Open files."),
    ),
    "not-opened": ProblemText(
        N_("This could not be opened"),
        N_("The system has no program that opens {place}."),
        N_("Copy the details, and open it yourself."),
    ),
    "watched-folder-gone": ProblemText(
        N_("A watched folder was not found"),
        N_("{folder} was moved or deleted, or its disk is not connected."),
        N_("When it is available again, watching resumes automatically."),
    ),
    "file-read-only": ProblemText(
        N_("This file is write-protected"),
        N_("You may read {name}, but not change it."),
        N_("Allow changes in the file's properties, then write its tags again."),
    ),
    "file-changed": ProblemText(
        N_("This file now contains another song"),
        N_("{name} was changed after it was analysed."),
        N_("Analyse it again, then write its tags."),
    ),
    "file-changed/meanwhile": ProblemText(
        N_("This file was changed in the meantime"),
        N_("Another program has just written to {name}."),
        N_("Analyse it again, then write its tags."),
    ),
    "tags-not-written": ProblemText(
        N_("The tags were not written"),
        "{name}: {error}.",
        N_(
            "The file is unchanged. Close programs that use it, check its disk and permissions, and try "
            "again."
        ),
    ),
    "tags-not-written/other-changes": ProblemText(
        N_("The tags were not written"),
        N_("In {name}, more than the tags would have changed."),
        N_("The file is unchanged; write its tags with another program."),
    ),
    "tags-damaged": ProblemText(
        _TAGS_DAMAGED,
        "{name}: {error}.",
        _TAGS_HINT,
    ),
    "tags-damaged/structure": ProblemText(
        _TAGS_DAMAGED,
        N_("The tags of {name} are inconsistent or incomplete."),
        _TAGS_HINT,
    ),
    "tags-damaged/too-large": ProblemText(
        _TAGS_DAMAGED, N_("{name} contains or declares tags of more than {megabytes} MB."), _TAGS_HINT
    ),
    "tags-unsupported": ProblemText(
        N_("This file format cannot store a genre"),
        N_("The format of {name} has no genre tag, or its tags cannot be written safely."),
        N_("MP3, M4A, FLAC, OGG, Opus, AIFF, WAV, WMA and APE files can store a genre."),
    ),
    "tag-changed-since": ProblemText(
        N_("This tag was changed by another program"),
        N_("{name} now contains “{now}”, which this program did not write."),
        N_("The tag was not changed."),
    ),
    "nothing-answered": ProblemText(
        N_("There is no genre to write"),
        N_("None of these files has a genre yet."),
        N_("Wait until they are analysed, or choose other files."),
    ),
    "no-sound-vector": ProblemText(
        N_("This song cannot be compared by its sound"),
        N_("Its answer is not stored, or was given without the music encoder."),
        N_("Analyse it again, and choose a song with a genre."),
    ),
    "no-sound-vector/none": ProblemText(
        N_("No song of the list can be compared by its sound"),
        N_("Their answers are not stored, or were given without the music encoder."),
        N_("Analyse them again while answers are stored (Preferences › Privacy)."),
    ),
    "no-sound-vector/unanswered": ProblemText(
        N_("This song cannot be compared by its sound"),
        N_("It has no genre yet, contains no music, or its answer is not stored."),
        N_("Choose a song with a genre."),
    ),
    "two-songs-needed": ProblemText(
        N_("A path needs its first and its last song"),
        N_("The selection does not consist of two songs."),
        N_("Select two songs in the list; the path ends at the one that was selected last."),
    ),
    "no-sound-map": ProblemText(
        N_("The map could not be read"),
        N_("Its file was deleted or replaced before it was shown."),
        N_("Arrange the songs again."),
    ),
    "export-failed": ProblemText(N_("The results could not be saved"), "{path}: {error}.", _SAVE_HINT),
    "export-failed/playlists": ProblemText(
        N_("The playlists could not be saved"), "{path}: {error}.", _SAVE_HINT
    ),
    "picture-not-saved": ProblemText(N_("The image could not be saved"), "{path}: {error}.", _SAVE_HINT),
}
"""Key to texts; see the package."""
