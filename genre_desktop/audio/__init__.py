"""Audio input and output: decoding, devices, capture, levels and display spectra; independent of the models."""
