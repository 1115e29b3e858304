"""Live listening, playback and the microphone check."""
