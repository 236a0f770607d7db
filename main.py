"""AlbaTrack: the window, or one command of it without a window. Imports nothing heavy before it is needed."""

import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the command named by the arguments, or open the window; the exit status."""
    from models.domain.memory_image import leave_no_image

    leave_no_image()
    if arguments:
        from models.cli import main as run_command

        return run_command(arguments)
    from gui.display import obstacle

    reason = obstacle()
    if reason:
        return demonstrate_without_window(reason)
    from gui.start import run

    return run(arguments)


def demonstrate_without_window(reason: str) -> int:
    """Say why there is no window, then make the demo study and print its visit summaries."""
    from models.cli import headless_demo

    folder = Path(__file__).resolve().parent / "build" / "demo"
    sys.stdout.write(
        f"There is no window because {reason}, so the demo study is made "
        f"and its visit summaries are printed into {folder} instead.\n"
    )
    sys.stdout.flush()
    return headless_demo(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
