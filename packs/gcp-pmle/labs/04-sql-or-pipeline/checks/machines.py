"""Runs a pipeline of the candidate as if each step had a machine of its own.

    python machines.py PIPELINE_FILE FOLDER ARGUMENTS_AS_JSON apart|together

With `together`, the steps share this machine. With `apart`, each step gets an empty working
folder, home and folder for temporary files. When it ends, these are gone, and so is whatever else
it has written outside of what the runner hands on and of the published file; what was there
before the run is put back after it. The result is one line of JSON in FOLDER/result.json.
"""

import contextlib
import errno
import importlib.util
import io
import json
import logging
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import warnings

WATCH = """
import os, sys
def _watch(event, told):
    if event == "open" and isinstance(told[0], (str, bytes)) and told[2] & 3:
        with_log(os.path.abspath(os.fsdecode(told[0])))
def with_log(path, log=os.environ["ROADWORTHY_WRITTEN"], busy=[]):
    if not busy and path != log:
        busy.append(1)
        try:
            with open(log, "a", encoding="utf-8") as file:
                file.write("01"[os.path.exists(path)] + path + "\\n")
        finally:
            busy.clear()
sys.addaudithook(_watch)
"""


def main(file, folder, arguments, how):
    """Run the pipeline `churn` of the file; leave the result."""
    from kfp import local
    from kfp.local import subprocess_task_handler

    folder = pathlib.Path(folder).resolve()
    steps, watch = folder / "steps", folder / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    shared = folder / "shared"
    shared.mkdir()
    last, put_back = {"output": "", "step": "", "long": 0, "beside": False}, []

    def alone(full_command, env_vars=None):
        machine = pathlib.Path(tempfile.mkdtemp(dir=folder))
        log = folder / "written.txt"
        log.write_text("", encoding="utf-8")
        home = str(machine if how == "apart" else shared)
        own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), home)
        watched = {"PYTHONPATH": str(watch), "ROADWORTHY_WRITTEN": str(log)}
        step = full_command[full_command.index("--function_to_execute") + 1]
        last.update(step=step, output="")
        try:
            done = subprocess.run(
                full_command,
                cwd=machine,
                env={
                    **os.environ,
                    **(env_vars or {}),
                    **own,
                    **watched,
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        except OSError as error:
            if error.errno != errno.E2BIG:
                raise
            last["output"] = "OSError: Argument list too long"
            last["long"] = max(map(len, full_command))
            return 1
        last["output"] = done.stdout
        if done.returncode:
            print(f"step {step}: code {done.returncode}", file=sys.stderr)
            print("\n".join(done.stdout.splitlines()[-12:]), file=sys.stderr, flush=True)
        if how == "together":
            return done.returncode
        shutil.rmtree(machine, ignore_errors=True)
        first = {}
        for line in log.read_text(encoding="utf-8").splitlines():
            first.setdefault(line[1:], line[0] == "1")
        for name, there_before in first.items():
            path = pathlib.Path(name)
            handed_on = steps in path.resolve().parents or name == arguments["scores"]
            if path.is_file() and not path.is_symlink() and not handed_on:
                kept = folder / f"gone{len(list(folder.iterdir()))}"
                shutil.move(path, kept)
                last["beside"] |= folder in path.resolve().parents
                if there_before:
                    put_back.append((kept, path))
        return done.returncode

    subprocess_task_handler.run_local_subprocess = alone
    sys.path.insert(0, os.path.dirname(file))
    spec = importlib.util.spec_from_file_location("candidate_pipeline", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["candidate_pipeline"] = module
    spec.loader.exec_module(module)
    logging.getLogger().setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", "You may be attemp", RuntimeWarning)  # no image is pulled
    local.init(local.SubprocessRunner(use_venv=False), pipeline_root=str(steps))
    result = {"failed": None}
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # what kfp tells of each step
            module.churn(**arguments)
    except Exception as error:
        lines = [one.strip() for one in last.pop("output").splitlines() if one.strip()]
        said = [one for one in lines if "Error" in one] or lines or [str(error) or "no message"]
        result = {**last, "failed": str(error), "said": said[-1]}
    for kept, path in put_back:
        shutil.move(kept, path)
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), sys.argv[4])
