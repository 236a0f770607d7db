"""What a crash may leave behind, asked of a program that runs."""

import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]
_ASK = """
import resource, sys
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
import main
try:
    main.main(sys.argv[1:])
except SystemExit:
    pass
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_r13_a_crash_leaves_no_image_of_the_memory() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _ASK, "--help"], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.splitlines()[-1] == "0"
