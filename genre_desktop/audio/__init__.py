"""Sound in and out: decoding, devices, capture, levels and display spectra. Knows no models."""
