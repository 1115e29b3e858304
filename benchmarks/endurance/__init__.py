"""Hours of everything at once, with processes killed at random: ``python -m benchmarks.soak --hours 3``.

``run.py`` starts and samples the processes, ``window.py`` is the program with ``actions.py`` and ``kills.py`` operating
it, ``judge.py`` reads the folder of a run, also of one that was interrupted.
"""
