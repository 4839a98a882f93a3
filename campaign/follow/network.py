"""Connections that only lead to public addresses: what is checked is the address that is connected to, after every lookup.

A name that resolves to a private network, at first or at a later lookup, and a redirection to one, are refused. Loopback is
reached only where the followed address itself names it, at that very host and port.
"""

import socket
import ssl
from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpcore
import httpx

from campaign.follow.problems import SourceError

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")
# IPv6 addresses that stand for an IPv4 one: translation (RFC 6052).
TRANSLATED: Final = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address
Origin = tuple[str, int]


def is_public(address: Address) -> bool:
    """Tell whether an address is of the public network, also one within an IPv6 address."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def origin_of(url: httpx.URL) -> Origin:
    """Return the host and the port that an address leads to."""
    return url.host, url.port or (443 if url.scheme == "https" else 80)


def may_ask(url: httpx.URL, followed: Origin) -> bool:
    """Tell whether an address may be asked: https, or http to loopback where the followed address names that."""
    if url.userinfo:
        return False
    if url.host in LOOPBACK_NAMES:
        return origin_of(url) == followed and url.scheme in ("http", "https")
    return url.scheme == "https" and bool(url.host)


class Guarded(httpcore.NetworkBackend):
    """Looks a name up once, refuses it if any of its addresses is not public, and connects to one of those that it saw."""

    def __init__(self, followed: Origin, *, is_private_allowed: bool) -> None:
        self._followed = followed
        self._is_private_allowed = is_private_allowed
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the addresses of a host; raises SourceError if it may not be reached."""
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in self._addresses(host, port):
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: no source is a socket of this machine."""
        raise SourceError("address_refused")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._inner.sleep(seconds)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in entries))
        if self._is_private_allowed or all(self._may_reach(host, port, ip_address(each)) for each in addresses):
            return addresses
        raise SourceError("address_refused")

    def _may_reach(self, host: str, port: int, address: Address) -> bool:
        if host in LOOPBACK_NAMES and (host, port) == self._followed:
            return address.is_loopback
        return is_public(address)


@cache
def _certificates() -> ssl.SSLContext:
    """Return whom to believe; reading that takes longer than most sources do, so it is read once."""
    return httpx.create_ssl_context(trust_env=False)


def transport(followed: Origin, *, is_private_allowed: bool) -> httpx.HTTPTransport:
    """Return httpx's own way to the network over guarded connections; no proxy of the environment is used."""
    guarded = httpx.HTTPTransport(verify=_certificates(), trust_env=False)
    guarded._pool = httpcore.ConnectionPool(
        ssl_context=_certificates(),
        network_backend=Guarded(followed, is_private_allowed=is_private_allowed),
        max_connections=2,
    )
    return guarded
