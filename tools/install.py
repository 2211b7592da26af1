"""Make .venv, the environment that Roadworthy runs in, with nothing but a Python and this folder.

``python3 tools/install.py`` installs what requirements.lock names, each file checked against its
digest; ``--dev`` adds what requirements-dev.lock names. A second run finds the stamp and ends at
once. The stamp is written last: an environment without it was interrupted, and is removed.

pip comes from the wheel beside this file, so a Python without pip, venv's ensurepip or a package
manager is enough. This file must parse on old Pythons, which are told so in one line.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
OTHER_NAMES = ("python3.11", "python3.12", "python3.13", "python3.14")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "roadworthy-stamp.json")
INSIDE = os.path.join(VENV, "bin", "python")
TOO_OLD = (
    "Roadworthy needs Python 3.11 or later, and found {found}. "
    "Mend: install a newer Python, or name one: make PYTHON=/path/to/python3 run"
)


def main(arguments):
    """Install what is missing, and return the exit code."""
    with_dev = "--dev" in arguments
    if sys.version_info < OLDEST:
        return run_with_newer_python(arguments)
    os.chdir(ROOT)
    wanted = describe_wanted()
    present = read_stamp()
    if present is not None and not still_fits(present, wanted):
        present = None
    steps = missing_steps(present, wanted, with_dev)
    if not steps:
        return 0
    started = time.time()
    try:
        carry_out(steps, fresh=present is None)
    except Failed as failure:
        sys.stderr.write(str(failure) + "\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted. The next run starts the installation afresh.\n")
        return 130
    dev = wanted["dev"] if with_dev else (present or {}).get("dev")
    write_stamp(dict(wanted, dev=dev))
    say("Installed in {:.0f} s ({:.0f} MB).".format(time.time() - started, megabytes(VENV)))
    return 0


class Failed(Exception):
    """A step did not succeed; the text says which, and the mend."""


# --- which Python ---------------------------------------------------------------------------


def run_with_newer_python(arguments):
    """Hand over to a newer Python on the path, or say in one line that there is none."""
    for name in OTHER_NAMES:
        path = shutil.which(name)
        if path is not None and is_new_enough(path):
            return subprocess.call([path, os.path.abspath(__file__), *arguments])
    found = "{}.{}.{}".format(*sys.version_info[:3])
    sys.stderr.write(TOO_OLD.format(found=found) + "\n")
    return 2


def is_new_enough(path):
    """Whether the program is a Python that starts and is new enough (a version manager's is not
    always installed behind its name)."""
    test = "import sys, venv; sys.exit(sys.version_info < {!r})".format(OLDEST)
    with open(os.devnull, "w") as nowhere:
        return subprocess.call([path, "-c", test], stdout=nowhere, stderr=nowhere) == 0


# --- what is wanted, what is there ------------------------------------------------------------


def describe_wanted():
    """What the stamp will say: where, with which Python, from which files."""
    return {
        "root": ROOT,
        "python": "{}.{}".format(*sys.version_info[:2]),
        "runtime": digest("requirements.lock"),
        "dev": digest("requirements-dev.lock"),
        "project": digest("pyproject.toml"),
    }


def digest(name):
    """SHA-256 of a file of the repository, in hexadecimal."""
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_stamp():
    """The stamp of a finished environment whose Python still starts, else None."""
    if not os.path.exists(INSIDE):
        return None
    try:
        with open(STAMP) as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def still_fits(present, wanted):
    """Whether the environment can be kept: same folder and same packages to run with.

    Its Python need not be the one that runs this file. A changed lock means a new environment,
    so that no package stays behind which the lock no longer names.
    """
    if present.get("root") != wanted["root"] or present.get("runtime") != wanted["runtime"]:
        return False
    return present.get("dev") in (None, wanted["dev"])


def missing_steps(present, wanted, with_dev):
    """Names of the steps that have to be carried out, in order."""
    steps = []
    if present is None:
        steps.append("environment")
    if with_dev and (present is None or present.get("dev") is None):
        steps.append("requirements-dev.lock")  # holds the packages of requirements.lock too
    elif present is None:
        steps.append("requirements.lock")
    if present is None or present.get("project") != wanted["project"]:
        steps.append("project")
    return steps


# --- the steps ----------------------------------------------------------------------------------


def carry_out(steps, fresh):
    """Carry out the steps; raises Failed. The stamp is taken away first."""
    if os.path.exists(STAMP):
        os.remove(STAMP)
    if fresh and os.path.lexists(VENV):
        remove_environment()
    for step in steps:
        if step == "environment":
            say("Making the environment .venv with Python {}.{}.".format(*sys.version_info[:2]))
            make_environment()
        elif step == "project":
            pip(["--no-deps", "--no-build-isolation", "--editable", ROOT], "Roadworthy itself")
        else:
            say("Installing the packages of {}; this takes a minute or less.".format(step))
            pip(["--require-hashes", "--only-binary=:all:", "-r", step], "the packages")
    compile_bytecode()


def remove_environment():
    """Remove .venv, whatever it is; raises Failed where that is not possible."""
    try:
        if os.path.islink(VENV) or os.path.isfile(VENV):
            os.remove(VENV)
        else:
            shutil.rmtree(VENV)
    except OSError as error:
        raise Failed(
            "The folder .venv cannot be removed: {}. Mend: remove it.".format(error)
        ) from None


def make_environment():
    """An empty environment without pip; raises Failed."""
    command = [sys.executable, "-m", "venv", "--without-pip", VENV]
    if subprocess.call(command, env=environment()) != 0:
        raise Failed("Python could not make .venv. Mend: see the lines above; is the disk full?")


def pip(arguments, what):
    """Run the vendored pip on the environment; raises Failed, pip's own words are shown."""
    wheel = vendored_pip()
    command = [INSIDE, os.path.join(wheel, "pip"), "install", "-qq", "--no-compile"]
    command += ["--no-warn-script-location", "--disable-pip-version-check", "--no-input"]
    if subprocess.call(command + arguments, env=environment()) != 0:
        raise Failed(
            "Installing {} did not succeed; pip's lines above say why. "
            "Mend: check the network and the free space, then run it again.".format(what)
        )


def vendored_pip():
    """Path of the wheel of pip beside this file; raises Failed."""
    folder = os.path.join(ROOT, "tools")
    for name in sorted(os.listdir(folder)):
        if name.startswith("pip-") and name.endswith(".whl"):
            return os.path.join(folder, name)
    raise Failed("The wheel of pip is missing from tools/. Mend: restore it from the repository.")


def compile_bytecode():
    """Compile packages and our own code, whatever PYTHONDONTWRITEBYTECODE says.

    A start without compiled files takes twice as long. Templates and tests of packages that are
    not meant to compile are passed over, so the exit code tells nothing.
    """
    listing = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    packages = subprocess.check_output([INSIDE, "-c", listing], env=environment())
    command = [INSIDE, "-m", "compileall", "-q", "-q", "-j", "0"]
    command += [packages.decode().strip(), os.path.join(ROOT, "src")]
    subprocess.call(command, env=environment())


def environment():
    """The environment of child processes, without what would bend another Python."""
    bending = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in bending}


def write_stamp(stamp):
    """Write the stamp, in one step."""
    with open(STAMP + ".new", "w") as file:
        json.dump(stamp, file, indent=1, sort_keys=True)
    os.replace(STAMP + ".new", STAMP)


def megabytes(folder):
    """Size of all files below a folder, in 10^6 bytes; links are not followed."""
    total = 0
    for path, _, names in os.walk(folder):
        total += sum(os.lstat(os.path.join(path, name)).st_size for name in names)
    return total / 1e6


def say(line):
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
