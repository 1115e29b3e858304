"""Problems of the decoder process, sound devices, playback and recording."""

from __future__ import annotations

from genre_desktop.core.messages import N_
from genre_desktop.core.problems.text import ProblemText

_NO_INPUT = N_("Audio input is not available")
_NO_OUTPUT = N_("Audio cannot be played")
_NO_PORTAUDIO = N_("The PortAudio library is not installed on this computer.")
_NO_ALSA = N_("The configuration of ALSA, the sound system, is missing or cannot be read on this computer.")
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
    "The file is probably damaged; if it plays in other programs, convert it to WAV, FLAC or MP3 and try "
    "again."
)

_DISK_FULL = N_("The disk is full")
_MAKE_ROOM = N_("Delete or move files on that disk, then press Record again.")
_CHECK_FOLDER = N_("Check that you may write to the folder and that its disk is connected.")

TEXTS: dict[str, ProblemText] = {
    "no-audio-library": ProblemText(_NO_INPUT, _NO_PORTAUDIO, _INSTALL_PORTAUDIO),
    "no-audio-library/alsa": ProblemText(_NO_INPUT, _NO_ALSA, _INSTALL_ALSA),
    "no-audio-library/output": ProblemText(_NO_OUTPUT, _NO_PORTAUDIO, _INSTALL_PORTAUDIO),
    "no-audio-library/output-alsa": ProblemText(_NO_OUTPUT, _NO_ALSA, _INSTALL_ALSA),
    "no-input-device": ProblemText(
        N_("No microphone found"),
        N_("The system reports no input device."),
        N_(
            "Connect a microphone, or check that the sound server is running; listening starts automatically."
        ),
    ),
    "device-missing": ProblemText(
        N_("The selected device is not connected"),
        N_("{name} is not among the system's input devices."),
        N_("Connect it again, or choose another device; it is used as soon as it is available."),
    ),
    "device-lost": ProblemText(
        N_("The input device was disconnected"),
        N_("{name} stopped sending audio: it was unplugged, or the sound server stopped."),
        N_("Connect it again; listening resumes automatically."),
    ),
    "device-lost/output": ProblemText(
        N_("The output device was disconnected"),
        N_("{name} stopped playing: it was unplugged, or the sound server stopped."),
        N_(
            "Connect it again, or choose another output device in the system's sound settings, and press "
            "Play."
        ),
    ),
    "device-stalled": ProblemText(
        N_("The input device stopped responding"),
        N_("{name} has sent no audio for some seconds, which can happen after the computer was suspended."),
        N_("The device is being opened again; if that does not help, unplug it and connect it again."),
    ),
    "no-signal": ProblemText(
        _NO_SIGNAL,
        N_("{name} sends digital silence; it is probably muted, switched off or blocked."),
        "{hint}",
    ),
    "no-signal/monitor": ProblemText(
        _NO_SIGNAL,
        N_("{name} records the audio that this computer plays, and nothing is playing."),
        N_("Play something on this output, or choose a microphone."),
    ),
    "device-denied": ProblemText(
        N_("Access to the microphone is denied"),
        N_("The system denies access to {name}."),
        "{hint}",
    ),
    "device-busy": ProblemText(
        N_("The device is in use"),
        N_("{name} is used by another program, or has just been unplugged."),
        N_("Close the other program; listening starts as soon as the device is free."),
    ),
    "device-format": ProblemText(
        N_("The device supports no common sample rate"),
        N_("{name} accepts no common combination of sample rate and channel count."),
        N_("Set it to 44100 or 48000 Hz in the system's sound settings, or choose another device."),
    ),
    "device-failed": ProblemText(
        N_("The device cannot be opened"),
        N_("{name} could not be opened: {error}."),
        N_("Unplug it and connect it again, or choose another device."),
    ),
    "no-output-device": ProblemText(
        N_("No audio output device found"),
        N_("The system reports no output device."),
        N_("Connect loudspeakers or headphones and try again."),
    ),
    "decoder-missing": ProblemText(
        N_("Files cannot be read"),
        N_("The process that reads files did not start."),
        N_("Close other programs and try again; if that does not help, install Genre Desktop again."),
    ),
    "decoder-stopped/crashed": ProblemText(
        _STOPPED,
        N_(
            "{name} made the process that reads files end unexpectedly ({how}); other files are not affected."
        ),
        _STOPPED_HINT,
    ),
    "decoder-stopped/forbidden": ProblemText(
        _STOPPED,
        N_(
            "{name} made the process that reads files attempt a forbidden operation, so the process was "
            "ended."
        ),
        N_("The file may be malicious; delete it if you do not know its origin."),
    ),
    "decoder-stopped/memory": ProblemText(
        _STOPPED,
        N_("Reading {name} needs more than {megabytes} MB of memory."),
        _STOPPED_HINT,
    ),
    "decoder-stopped/stalled": ProblemText(
        _STOPPED,
        N_("No data could be read from {name} for {seconds:.0f} s."),
        N_("Check that the disk or network folder is connected; if it is, the file is probably damaged."),
    ),
    "decoder-stopped/answer": ProblemText(
        _STOPPED,
        N_("The process that reads files returned an invalid result for {name}, so it was ended."),
        N_("The file may be malicious; delete it if you do not know its origin."),
    ),
    "not-listening": ProblemText(
        N_("Nothing is being received"),
        N_("No input device is open."),
        N_("Press Listen first."),
    ),
    "not-listening/waiting": ProblemText(
        N_("Nothing is being received"),
        N_("No input device is open."),
        N_("Wait until listening resumes, or choose another device."),
    ),
    "take-ended": ProblemText(
        N_("The recording has ended"),
        N_("The device was disconnected or changed during the recording; everything up to then is saved."),
        N_("Press Record to start a new recording when listening has resumed."),
    ),
    "disk-full": ProblemText(
        _DISK_FULL,
        N_("There is not enough space to record in {path}: {free:.1f} MB are free, {needed} MB are needed."),
        _MAKE_ROOM,
    ),
    "disk-full/recording": ProblemText(
        _DISK_FULL,
        N_(
            "There is not enough space to record in {path}: {free:.1f} MB are free, {needed} MB are "
            "needed. The recording up to now is saved."
        ),
        _MAKE_ROOM,
    ),
    "cannot-write": ProblemText(
        N_("The recording cannot be saved"),
        N_("Writing to the folder for recordings failed: {error}."),
        _CHECK_FOLDER,
    ),
    "cannot-write/recording": ProblemText(
        N_("The recording has ended"),
        N_("Writing to the folder for recordings failed: {error}. The recording up to now is saved."),
        _CHECK_FOLDER,
    ),
}
"""Key to texts; see the package."""
