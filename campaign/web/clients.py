"""Who asks: a client's network address, and what its share of the bounds is counted under."""

import ipaddress
from typing import Final

from starlette.types import Scope

HOUSEHOLD: Final = (
    64  # bits of an IPv6 address that a subscriber cannot choose; of the others each has as many as they like
)


def client_of(scope: Scope) -> str:
    """Return the client's network address as the server gives it (of the proxy on this machine, the one that it names)."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def share_of(scope: Scope) -> str:
    """Return the name under which a client's share is counted: its address, of IPv6 its network."""
    client = client_of(scope)
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv4Address):
        return client
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))


def is_local(client: str) -> bool:
    """Tell whether a client is this machine."""
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
