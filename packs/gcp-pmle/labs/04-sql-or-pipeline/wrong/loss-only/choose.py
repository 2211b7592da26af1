"""Which way a new project takes. The platform team calls this for each request."""


def choose(situation):
    """The way: "sql", "pipeline", or "neither" where both are ruled out.

    "sql" is CREATE MODEL with model_type LOGISTIC_REG here, as in churn.sql.

    `situation` holds:
      seconds: {"sql": ..., "pipeline": ...}, from compare.py
      owners_write: list of "SQL" and "Python", what the future owners can write
      own_loss: True where the model must minimize a loss function of our own design
      rerun_one_stage: True where Python programs clean the data and test the model, and where
        after a failure the failed one must run again without the others
      many_families: True where linear models, trees and networks must be compared automatically
      seen_elsewhere: "sql" or "pipeline", what another department uses
    """
    if situation["own_loss"]:
        return "pipeline"
    seconds = situation["seconds"]
    return min(seconds, key=seconds.get)
