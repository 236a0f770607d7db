"""What the operating system must bring: Python's venv module and the shared libraries of the window.

What is missing is found by looking, not from a list: the dynamic linker is asked which libraries Qt's own files lack,
and an application is really started. Debian's package manager installs what is missing where this process may do so;
otherwise, and on every other system, the exact command is named.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

Say = Callable[[str], None]

# Qt's files whose libraries must be there: the modules that the window imports, and what it loads while it runs.
QT_FILES = (
    "Qt*.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/printsupport/*.so",
)
USED_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtDBus")
START_AN_APPLICATION = (
    "from PySide6 import QtCore, QtGui, QtWidgets, QtPrintSupport, QtSvg; QtWidgets.QApplication(['setup'])"
)
# Libraries whose Debian package does not follow Debian's rule of naming a package after its library.
DEBIAN_EXCEPTIONS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libresolv.so.2": "libc6",
}
ARCH_PACKAGES = (
    "libglvnd libxkbcommon-x11 fontconfig glib2 dbus libcups wayland "
    "xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm"
)


def install_python_venv(version: str, say: Say) -> None:
    """Install Debian's package of the venv module for this Python, or end with the command to type."""
    package = f"python{version}-venv"
    if shutil.which("apt-get") and _install_with_apt([package], say):
        return
    if shutil.which("apt-get"):
        sys.exit(f"An administrator has to install one package first:\n  sudo apt-get install {package}")
    sys.exit("This Python has no `ensurepip` module; install your system's package of it, or another Python.")


def provide_window_libraries(python: Path, say: Say) -> None:
    """Bring the libraries that Qt lacks, then start an application without a screen to see that it works.

    Args:
        python: the interpreter of the environment that holds PySide6.
        say: shows one line of progress.
    """
    missing = missing_libraries(python)
    if missing:
        say(f"      missing: {', '.join(missing)}")
        if not (shutil.which("apt-get") and _install_with_apt(debian_packages(missing), say)):
            say(f"      They have to be installed by an administrator:\n        {command_to_type(missing)}")
            if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
                sys.exit("The window cannot open without these libraries.")
    variables = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    started = subprocess.run(
        [str(python), "-c", START_AN_APPLICATION], env=variables, capture_output=True, text=True, check=False
    )
    if started.returncode:
        still = missing_libraries(python)
        advice = f"\nInstall what is missing: {command_to_type(still)}" if still else ""
        sys.exit(f"Qt could not start. It said:\n{started.stderr.strip()}{advice}")


def missing_libraries(python: Path) -> list[str]:
    """The shared libraries that Qt's files need and this Linux system does not have, sorted; empty elsewhere."""
    if not (sys.platform.startswith("linux") and shutil.which("ldd")):
        return []
    found = subprocess.run(
        [str(python), "-c", "import importlib.util as u; print(u.find_spec('PySide6').submodule_search_locations[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    folder = Path(found.stdout.strip())
    files = [
        file
        for pattern in QT_FILES
        for file in folder.glob(pattern)
        if not file.name.endswith(".abi3.so") or file.name.split(".")[0] in USED_MODULES
    ]
    needs = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False)
    return sorted(set(re.findall(r"^\s*(\S+) => not found", needs.stdout, flags=re.MULTILINE)))


def debian_packages(libraries: Iterable[str]) -> list[str]:
    """Debian's packages of these libraries: `libEGL.so.1` is in `libegl1`, `libdbus-1.so.3` in `libdbus-1-3`."""
    return sorted({DEBIAN_EXCEPTIONS.get(library) or _debian_name(library) for library in libraries})


def command_to_type(libraries: list[str]) -> str:
    """The command that installs these libraries on this system."""
    if shutil.which("apt-get"):
        return f"sudo apt-get install {' '.join(debian_packages(libraries))}"
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):  # these find a package by the name of a library in it
            capabilities = (f"'{library}()(64bit)'" for library in libraries)
            return f"sudo {manager} install {' '.join(capabilities)}"
    if shutil.which("pacman"):
        return f"sudo pacman -S --needed {ARCH_PACKAGES}"
    return f"install the packages that hold {' '.join(libraries)}"


def _debian_name(library: str) -> str:
    name, _, version = library.lower().partition(".so.")
    return f"{name}-{version}" if name[-1].isdigit() else f"{name}{version}"


def _install_with_apt(packages: list[str], say: Say) -> bool:
    """Whether apt-get installed them; False where this process may not, or it failed."""
    if os.geteuid() == 0:
        prefix = []
    elif (
        shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        prefix = ["sudo", "-n"]
    else:
        return False
    say(f"      apt-get install {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    # A list of packages that cannot be renewed may still do.
    subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    installed = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        say(f"      apt-get failed:\n{installed.stdout[-1000:]}{installed.stderr[-1000:]}")
    return installed.returncode == 0
