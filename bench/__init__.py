"""Benchmarks: each measures our code, a peer and a limit in one run, and prints ratios.

`python -m bench` runs all of them, `python -m bench NAME …` some. Quote the ratios: single times differ from machine to
machine and from hour to hour.
"""
