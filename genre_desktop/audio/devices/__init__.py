"""Input devices and streams: PortAudio through sounddevice, names from PulseAudio."""
