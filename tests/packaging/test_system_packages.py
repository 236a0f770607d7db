import subprocess
from pathlib import Path

import pytest
import system_packages


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libcups.so.2", "libcups2"),
    ],
)
def test_the_debian_package_of_a_library(library: str, package: str) -> None:
    assert system_packages.debian_packages([library]) == [package]


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install libegl1"),
        ("dnf", "sudo dnf install 'libEGL.so.1()(64bit)'"),
        ("zypper", "sudo zypper install 'libEGL.so.1()(64bit)'"),
        ("none", "install the packages that hold libEGL.so.1"),
    ],
)
def test_the_command_to_type_is_the_one_of_this_system(
    manager: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == manager else None)
    assert system_packages.command_to_type(["libEGL.so.1"]) == command


def test_without_the_right_to_install_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=r"sudo apt-get install python3\.11-venv"):
        system_packages.install_python_venv("3.11", print)


def test_a_library_that_the_linker_does_not_find_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([f"{tmp_path}\n", "\tlibc.so.6 => /lib/libc.so.6\n\tlibxcb-cursor.so.0 => not found\n"])
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", str)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 0, next(answers), ""))
    assert system_packages.missing_libraries(Path("python")) == ["libxcb-cursor.so.0"]
