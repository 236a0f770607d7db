"""The guard of the whole run: whatever reaches for the network is refused and counted."""

import socket
import urllib.request
from collections.abc import Callable

import pytest

from tests import network


def by_connecting() -> None:
    with socket.socket() as made:
        made.connect(("192.0.2.1", 80))


def by_sending() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as made:
        made.sendto(b"x", ("192.0.2.1", 53))


def by_asking_for_a_name() -> None:
    socket.getaddrinfo("example.org", 80)


def by_fetching() -> None:
    urllib.request.urlopen("http://192.0.2.1/")


@pytest.mark.parametrize("reach", [by_connecting, by_sending, by_asking_for_a_name, by_fetching])
def test_what_reaches_for_the_network_is_refused_and_counted(reach: Callable[[], None]) -> None:
    before = len(network.attempts)
    with pytest.raises(AssertionError, match="reached for the network"):
        reach()
    assert len(network.attempts) == before + 1
    del network.attempts[before:]


def test_sockets_between_processes_of_this_machine_are_no_network() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"
