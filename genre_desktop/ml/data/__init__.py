"""Training data: the library, imports, reference tables and augmentation."""
