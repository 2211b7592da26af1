"""How long each way takes, from the table of snapshots to the table of scores."""

import time


def compare(ways, clock=time.perf_counter):
    """A row a way: {"way": name, "seconds": all of its steps, "steps": {step: seconds}}.

    `ways`: name -> list of (step, function), in the order in which they are carried out.
    """
    table = []
    for way, steps in ways.items():
        row = {"way": way, "seconds": 0.0, "steps": {}}
        for step, carry_out in steps:
            started = clock()
            carry_out()
            row["steps"][step] = clock() - started
            row["seconds"] += row["steps"][step]
        table.append(row)
    return table
