"""The pre-trained music encoder: its input, its evaluation and which file it is."""
