"""The address a request came from is believed only through proxies we named."""

import pytest

from hustings.platform.client_address import client_address, network_of

TRUSTED = ("10.0.0.0/8", "127.0.0.1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "garbage", "127.0.0.1"),
        ("127.0.0.1", "garbage, 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "10.1.1.1, 10.1.2.3", "10.1.1.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_nearest_untrusted_address_counts(remote: str, forwarded: str, expected: str) -> None:
    """Whatever a client writes into the header itself is not believed."""
    assert client_address(remote=remote, forwarded_for=forwarded, trusted=TRUSTED) == expected


def test_neighbours_share_a_network() -> None:
    """Limits per network count /24 and /48."""
    assert network_of(address="198.51.100.1") == network_of(address="198.51.100.200")
    assert network_of(address="198.51.100.1") != network_of(address="198.51.101.1")
    assert network_of(address="2001:db8:1:2::1") == network_of(address="2001:db8:1:ffff::1")
    assert network_of(address="?") == "?"
