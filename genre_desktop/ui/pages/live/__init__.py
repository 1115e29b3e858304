"""The Live page: what the microphone hears."""
