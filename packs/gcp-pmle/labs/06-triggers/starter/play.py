"""A day of the water utility, played: five archives, two nights, and the runs that they got."""

import os
import tempfile

import pipeline
from cloud import Cloud


def main():
    """Print each archive with its runs; after two nights, each should have one."""
    with tempfile.TemporaryDirectory() as pipeline.FOLDER:
        cloud = Cloud(os.path.dirname(os.path.abspath(__file__)), pipeline.FOLDER)
        try:
            told = day(cloud)
            early = [count(name) for name in told]
            for night in (24, 25):
                due = {"X-CloudScheduler-ScheduleTime": f"2026-11-{night}T02:00:00Z"}
                cloud.send("on_tick", (due, b""))
            print("\n                        runs from  runs after")
            print("archive                its events  two nights  what happened")
            for (name, story), runs in zip(told.items(), early, strict=True):
                print(f"{name:23}{runs:10}{count(name):12}  {story}")
        finally:
            cloud.close()


def count(name):
    """How many runs train on an archive."""
    inputs = [run["parameters"].get("input", "") for run in pipeline.runs()]
    return sum(one.endswith("/" + name) for one in inputs)


def day(cloud):
    """Let the day happen; name of each archive -> what happened to it."""
    told = {}

    def arrive(day, story, name=None):
        blob = cloud.upload(name or f"days/2026-11-{day}.csv", f"readings of {day}")
        told[f"days/2026-11-{day}.csv"] = story
        return blob, cloud.event("finalized", blob)

    _, event = arrive(20, "its event was delivered twice")
    cloud.send("on_object", event)
    cloud.send("on_object", event)

    _, event = arrive(21, "the pipeline service took it, and its answer was lost")
    pipeline.trouble("lose")
    cloud.send("on_object", event)

    _, event = arrive(22, "the pipeline service was down at the first delivery")
    pipeline.trouble("refuse")
    cloud.send("on_object", event, deliveries=1)
    pipeline.trouble("")
    cloud.send("on_object", event)

    part, event = arrive(23, "uploaded as .part, then renamed", "days/2026-11-23.csv.part")
    cloud.send("on_object", event)
    whole = cloud.data.blob("days/2026-11-23.csv")
    whole.rewrite(part)  # this uploader renames by a copy and a delete
    whole.reload()
    gone = cloud.event("deleted", part)
    part.delete()
    cloud.send("on_object", cloud.event("finalized", whole))
    cloud.send("on_object", gone)

    arrive(24, "no event came for it")
    return told


if __name__ == "__main__":
    main()
