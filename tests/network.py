"""Watches over a whole run that nothing reaches for the network, and counts what tries to."""

import os
import socket
import sys
from pathlib import Path

LOG = "ALBATRACK_NETWORK_LOG"
"""Names a file to which every process of the run adds a line for each attempt."""

attempts: list[str] = []
"""What reached out in this process: the event and the address."""

_CALLS = frozenset(
    {
        *(
            f"socket.{name}"
            for name in ("connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr")
        ),
        *("urllib.Request", "http.client.connect", "smtplib.connect", "ftplib.connect"),
    }
)


def watch() -> None:
    """Refuse and count, from now on and until the process ends, every call that leaves it for another address."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _CALLS or _stays_here(arguments[0]):
        return
    attempt = f"{event} {arguments[1:] if isinstance(arguments[0], socket.socket) else arguments}"
    attempts.append(attempt)
    log = os.environ.get(LOG)
    if log:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(attempt + "\n")
    raise AssertionError(f"something reached for the network: {attempt}")


def _stays_here(caller: object) -> bool:
    """Sockets between the processes of this machine are no network."""
    return isinstance(caller, socket.socket) and caller.family == getattr(socket, "AF_UNIX", None)
