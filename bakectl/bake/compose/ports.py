"""Checks the short form of a port, `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, as Docker's `nat` package."""

from __future__ import annotations

import ipaddress
import re

_PORT = re.compile(r"[0-9]{1,9}")
_PROTOCOLS = ("tcp", "udp", "sctp")
_LAST = 65535


class PortError(ValueError):
    """The text is no port."""


def check_port(text: str) -> None:
    """Raise PortError when buildx would refuse the port."""
    *address, host, container = ("", *text.split(":")) if ":" not in text else text.split(":")
    container, _, protocol = container.partition("/")
    _check_address(":".join(address))
    if not container:
        raise PortError("the port of the container is missing")
    first, last = _range(container)
    if host:
        host_first, host_last = _range(host)
        if last - first != host_last - host_first and first != last:
            raise PortError("the two ranges have different lengths")
    if protocol and protocol.partition("/")[0].lower() not in _PROTOCOLS:
        raise PortError(f'"{protocol}" is no protocol; write tcp, udp or sctp')
    if first == 0:
        raise PortError("the container has no port 0")


def _check_address(text: str) -> None:
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if inner:
        try:
            if ":" in text and inner == text:
                raise ValueError
            ipaddress.ip_address(inner)
        except ValueError:
            raise PortError(f'"{text}" is no IP address') from None


def _range(text: str) -> tuple[int, int]:
    first, sign, last = text.partition("-")
    numbers = [int(part) for part in ((first, last) if sign else (first, first)) if _PORT.fullmatch(part)]
    if len(numbers) != 2 or numbers[1] > _LAST or numbers[0] > numbers[1]:
        raise PortError(f'"{text}" is no port')
    return numbers[0], numbers[1]
