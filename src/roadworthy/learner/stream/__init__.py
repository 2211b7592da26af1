"""The learner model on logs of other systems: without options, sections and guess floors.

The same posterior, regression and memory that the app runs, driven by rows of learner, item, rule,
day and outcome. ``fit_population`` learns from some learners; ``predict_online`` tells each next
answer of others, ``chance_to_pass`` whether they pass an exam on a later day.

State is kept dense, for all learners at once: about 180 bytes for each pair of learner and item or
rule where memory counts. 500 learners and 200 of those take 18 MB, 5,000 and 20,000 would take 18
GB: such logs go in groups of learners.
"""

from roadworthy.learner.stream.fitting import fit_population
from roadworthy.learner.stream.online import predict_online
from roadworthy.learner.stream.passing import chance_to_pass
from roadworthy.learner.stream.population import Population

__all__ = ["Population", "chance_to_pass", "fit_population", "predict_online"]
