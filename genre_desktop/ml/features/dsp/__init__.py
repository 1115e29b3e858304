"""Signal processing behind the feature contract: small, vectorised, tested against librosa."""
