"""Makes the virtual environment `.venv` ready: `setup_environment.py run` to use the application, `dev` to test it too.

Run by the system's own Python with nothing installed. Ends at once when the environment is ready: a stamp in it holds
the hash of the requirements it was made from and the Python version. An interrupted set-up leaves a mark, and the next
one starts afresh. The syntax stays readable to old Pythons, so that they can say that they are too old.
"""

import hashlib
import os
import sys
from pathlib import Path

TYPE_CHECKING = False  # what typing calls so, without the time that loading it takes
if TYPE_CHECKING:
    from typing import IO

if sys.version_info < (3, 11):  # noqa: UP036 - this file must speak to the Pythons that are too old
    sys.exit(
        f"AlbaTrack needs Python 3.11 or later; {sys.executable} is {sys.version.split()[0]}. "
        "Install a later one, remove .venv if there is one, and name it, for example: make run PYTHON=python3.12"
    )

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
ENVIRONMENT_PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MADE_HERE = ENVIRONMENT / "made-by-setup"
UNFINISHED = ENVIRONMENT / "unfinished"
# The dev requirements hold the run requirements too.
PURPOSES = {"run": ["run"], "dev": ["dev", "run"]}


def say(line: str) -> None:
    """Show one line of progress at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def requirements(purpose: str) -> Path:
    """The pinned requirements of that purpose."""
    return PROJECT / "packaging" / "requirements" / f"{purpose}.txt"


def stamp(purpose: str) -> Path:
    """Where the environment says that it is ready for that purpose."""
    return ENVIRONMENT / f"ready-{purpose}"


def expected_stamp(purpose: str) -> str:
    """What the stamp must hold: the hash of the requirements and the Python version."""
    digest = hashlib.sha256(requirements(purpose).read_bytes()).hexdigest()
    return f"{digest} {sys.version_info[0]}.{sys.version_info[1]}"


def stamped_python() -> str:
    """The Python version that the existing environment was stamped with, or nothing."""
    stamps = [stamp(purpose) for purpose in PURPOSES if stamp(purpose).exists()]
    return stamps[0].read_text(encoding="ascii").split()[-1] if stamps else ""


def is_ready(purpose: str) -> bool:
    """Whether nothing has to be done."""
    if UNFINISHED.exists() or not ENVIRONMENT_PYTHON.exists() or not stamp(purpose).exists():
        return False
    return stamp(purpose).read_text(encoding="ascii") == expected_stamp(purpose)


def remove_environment() -> None:
    """Empty an environment that this set-up made. One made by hand is used or refused, never removed."""
    import shutil

    if not MADE_HERE.exists():
        sys.exit(f"{ENVIRONMENT} was not made by this set-up and cannot be used: remove it, then try again.")
    say("      The last set-up did not end, or the Python has changed: starting afresh")
    for child in ENVIRONMENT.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child not in (MADE_HERE, UNFINISHED):  # these stay, so that an interrupted removal is still known as one
            child.unlink()


def make_environment() -> None:
    """Make `.venv`, over again where the last set-up did not end or the Python has changed."""
    import importlib.util
    import subprocess

    import system_packages

    # The Python behind this one, as this one may be the environment's own, about to be removed.
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if ENVIRONMENT_PYTHON.exists() and not UNFINISHED.exists() and stamped_python() in {"", version}:
        say(f"[1/3] The virtual environment is there: {ENVIRONMENT}")
        return
    if ENVIRONMENT.exists():
        remove_environment()
    say(f"[1/3] Making the virtual environment: {ENVIRONMENT}")
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        say(f"      {python} comes without the means to make one")
        system_packages.install_python_venv(version, say)
    ENVIRONMENT.mkdir(exist_ok=True)
    MADE_HERE.touch()
    UNFINISHED.touch()
    made = subprocess.run([python, "-E", "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"The virtual environment could not be made. {python} said:\n{made.stdout}{made.stderr}")


def install_packages(purpose: str) -> None:
    """Install the pinned packages with pip, whose own settings say from where."""
    import subprocess

    UNFINISHED.touch()
    total = sum("==" in line for line in requirements(purpose).read_text(encoding="utf-8").splitlines())
    say(
        f"[2/3] Installing up to {total} packages {'to use and test' if purpose == 'dev' else 'to use'} the application"
    )
    # These settings of the machine would put the packages somewhere else than in the environment.
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_QUIET"}
    variables = {name: value for name, value in os.environ.items() if name not in elsewhere} | {"PIP_USER": "0"}
    command = [str(ENVIRONMENT_PYTHON), "-I", "-m", "pip", "install", "--require-hashes", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar=off", "-r", str(requirements(purpose))]
    said: list[str] = []
    collected = 0
    with subprocess.Popen(
        command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith("Collecting "):
                collected += 1
                say(f"      fetching {collected}: {line.split()[1]}")
            elif line.startswith("Installing collected packages"):
                say("      unpacking them; this takes a minute or so")
    if pip.returncode:
        sys.exit(f"The packages could not be installed. pip said:\n{''.join(said[-20:])}")


def prepare(purpose: str) -> None:
    """All of the set-up; the stamps come last."""
    import system_packages

    make_environment()
    install_packages(purpose)
    say("[3/3] Looking for the system libraries that the window needs")
    system_packages.provide_window_libraries(ENVIRONMENT_PYTHON, say)
    for each in PURPOSES[purpose]:
        stamp(each).write_text(expected_stamp(each), encoding="ascii")
    UNFINISHED.unlink()
    say("Ready.")


def wait_for_turn() -> "IO[bytes] | None":
    """Wait until no other set-up works here; the turn lasts as long as the file given back is open.

    Not on Windows, where files cannot be locked like this: nothing is given back.
    """
    try:
        import fcntl
    except ImportError:
        return None
    file = requirements("run").open("rb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up is at work: waiting for it to end")
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def main(arguments: list[str]) -> int:
    """Prepare the environment for the one purpose named; 0 when it is ready, otherwise 1 after a plain sentence."""
    if len(arguments) != 1 or arguments[0] not in PURPOSES:
        sys.exit("usage: setup_environment.py run|dev")
    purpose = arguments[0]
    if is_ready(purpose):
        return 0
    try:
        turn = wait_for_turn()
        if not is_ready(purpose):  # the other one may have done it all
            prepare(purpose)
        if turn:
            turn.close()
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next `make` begins the set-up again.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
