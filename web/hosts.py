"""Which Host headers we answer to. Pure: a header goes in, yes or no comes out.

A page elsewhere can point its own name at our address and then read us through the visitor's browser (DNS
rebinding). It cannot choose the Host header: that stays its own name. So only names the installer configured, and
addresses written as such, are answered.
"""

import ipaddress
import re
from collections.abc import Iterable

_NAME_AND_PORT = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?P<port>:[0-9]{1,5})?")

# A full host name has at most 253 characters (RFC 1035), a port six with its colon.
_LONGEST = 260


def host_allowed(header: str | None, names: Iterable[str]) -> bool:
    """Whether a request that names this host may be answered. Case, port and one trailing dot do not matter."""
    if not header or len(header) > _LONGEST:
        return False
    match = _NAME_AND_PORT.fullmatch(header)
    if match is None:
        return False
    name = match["name"].lower()
    if name.startswith("["):
        return _is_address(name[1:-1], ipaddress.IPv6Address)
    name = name.removesuffix(".")
    return name == "localhost" or _is_address(name, ipaddress.IPv4Address) or name in {_bare(known) for known in names}


def _bare(known: str) -> str:
    return known.lower().rsplit(":", 1)[0].removesuffix(".")


def _is_address(text: str, kind: type[ipaddress.IPv4Address] | type[ipaddress.IPv6Address]) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True
