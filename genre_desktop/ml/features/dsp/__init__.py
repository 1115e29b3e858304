"""Signal processing for the feature schema: vectorised, tested against librosa."""
