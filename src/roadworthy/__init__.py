"""Roadworthy: a local-first study system for certification exams."""

import os

# The matrices here are small: threads of the linear algebra library cost more than they bring
# (measured: a fit of 146 answers takes 3 ms with one thread, up to 760 ms with two busy cores).
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

__version__ = "0.1.0"
