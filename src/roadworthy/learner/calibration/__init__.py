"""Item curves from many people's answers: sparse two-parameter model with a guess floor.

``gathered`` takes answers from journals (``first_answers``) and tables (``partitions``);
``calibrate`` fits (``fit``: rounds of ``counts`` and ``maximize``), adds standard errors
(``precision``) and flags (``flags``); ``weights_file`` keeps what came out. Counts of partitions
add up, so answers may stay where they are and only counts travel. numpy alone is needed: scipy's
sparse products took a quarter less time than ``sums``, too little for a second way to the same
numbers.
"""

from roadworthy.learner.calibration.first_answers import Gathered, first_answers, gathered
from roadworthy.learner.calibration.report import Calibration, calibrate

__all__ = ["Calibration", "Gathered", "calibrate", "first_answers", "gathered"]
