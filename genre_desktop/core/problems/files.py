"""Problems of the user's own files: reading, decoding, tags, export."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_NOT_AUDIO = N_("This is not an audio file")
_EMPTY = N_("This file is empty")
_EMPTY_HINT = N_("Copy or download it again.")
_UNDECODABLE = N_("This file cannot be decoded")
_UNDECODABLE_HINT = N_("If it plays elsewhere, convert it to wav, flac or mp3 and try that.")
_TAGS_DAMAGED = N_("The tags of this file cannot be read")
_TAGS_HINT = N_("The file is as it was; mend its tags with another program first.")
_SAVE_HINT = N_("Choose another folder, or free some space, and save again.")

TEXTS: dict[str, ProblemText] = {
    "not-audio": ProblemText(
        _NOT_AUDIO,
        N_("The content of {name} is no sound or video format this program knows, whatever its name says."),
        N_("Choose a sound or video file, such as wav, flac, mp3, m4a, ogg, opus, wma or mp4."),
    ),
    "not-audio/not-regular": ProblemText(
        _NOT_AUDIO,
        N_("{name} is a pipe or a device, not a regular file."),
        N_("Choose a file on disk."),
    ),
    "empty-file": ProblemText(_EMPTY, N_("{name} has a length of zero bytes."), _EMPTY_HINT),
    "empty-file/header-only": ProblemText(
        _EMPTY, N_("{name} has a header, but no sound follows it."), _EMPTY_HINT
    ),
    "undecodable/codec": ProblemText(
        _UNDECODABLE,
        N_("The sound in {name} is in a format no decoder here knows, or it is copy-protected."),
        _UNDECODABLE_HINT,
    ),
    "undecodable/channels": ProblemText(
        _UNDECODABLE,
        N_(
            "{name} has more channels than the decoder of its format can read, or the part that says how many it has "
            "is damaged."
        ),
        _UNDECODABLE_HINT,
    ),
    "undecodable/no-index": ProblemText(
        _UNDECODABLE,
        N_(
            "{name} begins like an MP4 file but its index is missing, as when a download or a recording "
            "was broken off."
        ),
        _UNDECODABLE_HINT,
    ),
    "undecodable/filled": ProblemText(
        _UNDECODABLE,
        N_("In {megabytes} MB of {name} no sound was found: tags, pictures or empty space fill it."),
        _UNDECODABLE_HINT,
    ),
    "undecodable/sample-rate": ProblemText(
        _UNDECODABLE,
        N_("The header of {name} claims {rate} samples a second, which no sound has."),
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
        N_("This file has no sound"),
        N_("{name} holds pictures but no audio track."),
        N_("Choose a file with sound."),
    ),
    "non-finite": ProblemText(
        N_("This file holds broken samples"),
        N_("{name} has values that are not numbers (NaN or infinite), the first at {when:.2f} s."),
        N_("Export it again from the program that wrote it, as 16 or 24 bit wav or flac."),
    ),
    "non-finite/clip": ProblemText(
        N_("This sound is damaged"),
        N_("It holds samples that are not numbers."),
        N_("Export or convert the file again."),
    ),
    "clip-too-short": ProblemText(
        N_("This clip is too short"),
        N_("It lasts {seconds:.2f} s; a genre needs at least {shortest_s} s of sound."),
        N_("Choose a longer piece."),
    ),
    "silence": ProblemText(
        N_("There is nothing to hear"),
        N_("The sound stays below -80 dB of full scale throughout."),
        N_("Check the file or the input level."),
    ),
    "missing-file": ProblemText(
        N_("This file is not there"),
        N_("{name} was not found; it may have been moved, renamed or deleted."),
        N_("Check the folder and try again."),
    ),
    "missing-file/tags": ProblemText(
        N_("This file is not there"),
        N_("{name} was moved or deleted, or its disk is not connected."),
        N_("Open it from its new place."),
    ),
    "missing-file/clip": ProblemText(
        N_("This clip cannot be played"),
        N_("{name} was moved or deleted since, or was never a file but a row of a table."),
        N_("Its measurements stay in your library."),
    ),
    "is-a-directory": ProblemText(
        N_("This is a folder"),
        N_("{name} is a folder, not a file."),
        N_("Open it as a folder, or use --recursive, to analyse what is inside."),
    ),
    "unreadable-file": ProblemText(
        N_("This file cannot be read"),
        N_("Reading {name} failed: {error}."),
        N_("Check that the disk or network folder is connected, then try again."),
    ),
    "unreadable-file/denied": ProblemText(
        N_("This file may not be read"),
        N_("The system denies access to {name}."),
        N_("Change the file's permissions, or copy it to a folder of your own."),
    ),
    "unreadable-folder": ProblemText(
        N_("This folder cannot be opened"),
        N_("Looking into {folder} failed: {error}."),
        N_("Check that the disk or network folder is connected; everything else is analysed."),
    ),
    "unreadable-folder/denied": ProblemText(
        N_("This folder may not be opened"),
        N_("The system denies access to {folder}."),
        N_("Change the folder's permissions; everything else is analysed."),
    ),
    "hidden-file": ProblemText(
        N_("It is hidden"), N_("Its name begins with a dot. Rename it, if it is music to be read.")
    ),
    "no-audio-found": ProblemText(
        N_("No sound files in this folder"),
        N_("Nothing in {folder} has the name of a sound or video file."),
        N_("Name a file itself to have it tried whatever it is called."),
    ),
    "no-audio-found/deeper": ProblemText(
        N_("No sound files in this folder"),
        N_("{folder} holds folders, which were not searched."),
        N_("Add --recursive to search the folders in it."),
    ),
    "no-audio-found/opened": ProblemText(
        N_("Nothing to read there"),
        N_("No audio or video files were found in what you opened."),
        N_("Open a folder with music, or drop a file itself: named files are always tried."),
    ),
    "not-local": ProblemText(
        N_("Only files on this computer can be read"),
        N_("What was dropped is an address on the internet; this program never goes online."),
        N_("Save the file first, then drop it here."),
    ),
    "not-opened": ProblemText(
        N_("This could not be opened"),
        N_("The system has no program that opens {place}."),
        N_("Copy the details, and open it yourself."),
    ),
    "watched-folder-gone": ProblemText(
        N_("A watched folder is not there"),
        N_("{folder} was moved or deleted, or its disk is not connected."),
        N_("When it is back, the watch goes on by itself."),
    ),
    "file-read-only": ProblemText(
        N_("This file is write-protected"),
        N_("{name} may be read, but not changed."),
        N_("Allow changes in the file's properties, then write its tag again."),
    ),
    "file-changed": ProblemText(
        N_("This file holds another song now"),
        N_("{name} was changed after it was analysed."),
        N_("Analyse it again, then write its tag."),
    ),
    "file-changed/meanwhile": ProblemText(
        N_("This file was changed meanwhile"),
        N_("Another program wrote to {name} just now."),
        N_("Analyse it again, then write its tag."),
    ),
    "tags-not-written": ProblemText(
        N_("The tag was not written"),
        "{name}: {error}.",
        N_(
            "The file is as it was. Close programs that use it, check the disk and its permissions, "
            "and try again."
        ),
    ),
    "tags-not-written/other-changes": ProblemText(
        N_("The tag was not written"),
        N_("In {name} it would have changed more than the tag."),
        N_("The file is as it was; write its tag with another program."),
    ),
    "tags-damaged": ProblemText(
        _TAGS_DAMAGED,
        "{name}: {error}.",
        _TAGS_HINT,
    ),
    "tags-damaged/structure": ProblemText(
        _TAGS_DAMAGED,
        N_("The tags of {name} contradict themselves, or a part of them is missing."),
        _TAGS_HINT,
    ),
    "tags-damaged/too-large": ProblemText(
        _TAGS_DAMAGED, N_("{name} holds or declares tags of more than {megabytes} MB."), _TAGS_HINT
    ),
    "tags-unsupported": ProblemText(
        N_("This kind of file holds no genre"),
        N_("{name} is in a format whose tags have no place for one, or that cannot be written safely."),
        N_("mp3, m4a, flac, ogg, opus, aiff, wav, wma and ape files can hold one."),
    ),
    "tag-changed-since": ProblemText(
        N_("This tag was changed by another program"),
        N_("{name} says “{now}” now, which is not what was written."),
        N_("It stays as it is."),
    ),
    "nothing-answered": ProblemText(
        N_("There is no answer to write"),
        N_("None of these files has a genre yet."),
        N_("Wait until they are read, or choose others."),
    ),
    "export-failed": ProblemText(N_("The results could not be saved"), "{path}: {error}.", _SAVE_HINT),
    "export-failed/playlists": ProblemText(
        N_("The playlists could not be saved"), "{path}: {error}.", _SAVE_HINT
    ),
    "picture-not-saved": ProblemText(N_("The picture could not be saved"), "{path}: {error}.", _SAVE_HINT),
}
"""Key to texts; see the package."""
