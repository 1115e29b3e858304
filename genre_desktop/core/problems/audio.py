"""Problems of the decoder process, sound devices, playback and recording."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_NO_INPUT = N_("Sound input is not available")
_NO_OUTPUT = N_("Sound cannot be played")
_NO_PORTAUDIO = N_("The PortAudio library is not installed on this computer.")
_NO_ALSA = N_("The configuration of ALSA, the sound system, is missing on this computer or cannot be read.")
_INSTALL_PORTAUDIO = N_(
    "Install it (on Debian and Ubuntu: sudo apt install libportaudio2) and start Genre Desktop again."
)
_INSTALL_ALSA = N_(
    "Install it again (on Debian and Ubuntu: sudo apt install --reinstall libasound2-data) "
    "and start Genre Desktop again."
)
_NO_SIGNAL = N_("No signal")
_STOPPED = N_("Reading this file was stopped")
_STOPPED_HINT = N_(
    "The file is probably damaged; if it plays elsewhere, convert it to wav, flac or mp3 and try that."
)

_DISK_FULL = N_("The disk is full")
_MAKE_ROOM = N_("Delete or move files on that disk, then press Record again.")
_CHECK_FOLDER = N_("See whether the folder may be written to and its disk is connected.")

TEXTS: dict[str, ProblemText] = {
    "no-audio-library": ProblemText(_NO_INPUT, _NO_PORTAUDIO, _INSTALL_PORTAUDIO),
    "no-audio-library/alsa": ProblemText(_NO_INPUT, _NO_ALSA, _INSTALL_ALSA),
    "no-audio-library/output": ProblemText(_NO_OUTPUT, _NO_PORTAUDIO, _INSTALL_PORTAUDIO),
    "no-audio-library/output-alsa": ProblemText(_NO_OUTPUT, _NO_ALSA, _INSTALL_ALSA),
    "no-input-device": ProblemText(
        N_("No microphone was found"),
        N_("The system lists no input device."),
        N_("Plug in a microphone, or see whether the sound server is running; listening begins by itself."),
    ),
    "device-missing": ProblemText(
        N_("The chosen device is not connected"),
        N_("{name} is not among the system's input devices."),
        N_("Plug it in again, and it is used as soon as it is back, or choose another one."),
    ),
    "device-lost": ProblemText(
        N_("The device went away"),
        N_("{name} stopped sending sound: it was unplugged, or the sound server ended."),
        N_("Plug it in again; listening goes on as soon as it is back."),
    ),
    "device-lost/output": ProblemText(
        N_("The output went away"),
        N_("{name} stopped playing: it was unplugged, or the sound server ended."),
        N_("Connect it again, or choose another output in the system's sound settings, and press Play."),
    ),
    "device-stalled": ProblemText(
        N_("The device stopped sending"),
        N_("Nothing has come from {name} for some seconds, as happens after the computer slept."),
        N_("The device is being opened again; if that does not help, plug it out and in."),
    ),
    "no-signal": ProblemText(
        _NO_SIGNAL,
        N_("{name} sends pure digital silence, so it is probably muted, switched off, or not allowed."),
        "{hint}",
    ),
    "no-signal/monitor": ProblemText(
        _NO_SIGNAL,
        N_("{name} hears what this computer plays, and nothing plays there now."),
        N_("Play something through these loudspeakers, or choose a microphone to hear the room."),
    ),
    "device-denied": ProblemText(
        N_("The microphone may not be used"),
        N_("The system denies access to {name}."),
        "{hint}",
    ),
    "device-busy": ProblemText(
        N_("The device is in use"),
        N_("{name} is used by another program, or has just been unplugged."),
        N_("Close the other program; listening begins as soon as the device is free."),
    ),
    "device-format": ProblemText(
        N_("The device refuses every sample rate we know"),
        N_("{name} accepted no common sample rate and channel count."),
        N_("Set it to 44100 or 48000 Hz in the system's sound settings, or choose another device."),
    ),
    "device-failed": ProblemText(
        N_("The device cannot be opened"),
        N_("{name} could not be opened: {error}."),
        N_("Plug it out and in, or choose another device."),
    ),
    "no-output-device": ProblemText(
        N_("There is nothing to play through"),
        N_("The system lists no output device."),
        N_("Connect loudspeakers or headphones and try again."),
    ),
    "decoder-missing": ProblemText(
        N_("Files cannot be read"),
        N_("The process that reads files did not start."),
        N_("Close other programs and try again; if that does not help, install Genre Desktop again."),
    ),
    "decoder-stopped/crashed": ProblemText(
        _STOPPED,
        N_("{name} made the process that reads files end ({how}); other files are not affected."),
        _STOPPED_HINT,
    ),
    "decoder-stopped/forbidden": ProblemText(
        _STOPPED,
        N_("{name} made the process that reads files attempt what it may not do, so it was ended."),
        N_(
            "The file may have been made to harm this computer; delete it if you do not know where it is from."
        ),
    ),
    "decoder-stopped/memory": ProblemText(
        _STOPPED,
        N_("{name} needs more than {megabytes} MB of memory to be read."),
        _STOPPED_HINT,
    ),
    "decoder-stopped/stalled": ProblemText(
        _STOPPED,
        N_("Nothing could be read from {name} for {seconds:.0f} s."),
        N_("Check that the disk or network folder is connected; if it is, the file is probably damaged."),
    ),
    "decoder-stopped/answer": ProblemText(
        _STOPPED,
        N_("The process that reads files gave an impossible answer about {name}, so it was ended."),
        N_(
            "The file may have been made to harm this computer; delete it if you do not know where it is from."
        ),
    ),
    "not-listening": ProblemText(
        N_("There is nothing to record"),
        N_("No input device is open."),
        N_("Press Listen first."),
    ),
    "not-listening/waiting": ProblemText(
        N_("There is nothing to record"),
        N_("No input device is open."),
        N_("Wait until it listens again, or choose another device."),
    ),
    "take-ended": ProblemText(
        N_("The take has ended"),
        N_("The device went away or was changed while it was recorded; everything up to then is saved."),
        N_("Press Record for a new take once it listens again."),
    ),
    "disk-full": ProblemText(
        _DISK_FULL,
        N_("There is no room to record in {path}: {free:.1f} MB are free, {needed} MB are needed."),
        _MAKE_ROOM,
    ),
    "disk-full/recording": ProblemText(
        _DISK_FULL,
        N_(
            "There is no room to record in {path}: {free:.1f} MB are free, {needed} MB are needed. "
            "What was recorded so far is saved."
        ),
        _MAKE_ROOM,
    ),
    "cannot-write": ProblemText(
        N_("The take cannot be saved"), N_("Writing to the folder for takes failed: {error}."), _CHECK_FOLDER
    ),
    "cannot-write/recording": ProblemText(
        N_("The take has ended"),
        N_("Writing to the folder for takes failed: {error}. What was recorded so far is saved."),
        _CHECK_FOLDER,
    ),
}
"""Key to texts; see the package."""
