"""Bodies of the functions on IP networks, by the rules of Go's `net` and the go-cidr library."""

from __future__ import annotations

import re
from typing import NamedTuple

from bakectl.eval.functions import FunctionError
from bakectl.eval.functions.integers import to_int64
from bakectl.eval.values import Value, string, strings

_MAPPED_IPV4 = 0xFFFF << 32
"""The start of `::ffff:0:0/96`, where IPv6 has the IPv4 addresses."""


class _Network(NamedTuple):
    """An address with its host bits zero, the length of its prefix, and the length of any such address."""

    address: int
    prefix: int
    bits: int

    @property
    def last(self) -> int:
        return self.address | _host_mask(self.prefix, self.bits)

    def __str__(self) -> str:
        return f"{_text(self.address, self.bits)}/{self.prefix}"


def cidrhost(args: tuple[Value, ...]) -> Value:
    wanted = to_int64(args[1])
    network = _parse(args[0])
    last = _host_mask(network.prefix, network.bits)
    number = wanted if wanted >= 0 else last + 1 + wanted
    if not 0 <= number <= last:
        raise FunctionError(f"prefix of {network.prefix} does not accommodate a host numbered {number}")
    if _is_mapped(network.address, network.bits):
        # go-cidr takes the address for one of 32 bits, and puts the number where its lowest bits would be.
        number = (number << 96) & _host_mask(0, 128)
    return string(_text(network.address | number, network.bits))


def cidrnetmask(args: tuple[Value, ...]) -> Value:
    network = _parse(args[0])
    return string(_text(_mask(network.prefix, network.bits), network.bits))


def cidrsubnet(args: tuple[Value, ...]) -> Value:
    new_bits, number = to_int64(args[1]), to_int64(args[2])
    network = _parse(args[0])
    if new_bits > 32:
        raise FunctionError("may not extend prefix by more than 32 bits")
    prefix = network.prefix + new_bits
    if prefix > network.bits:
        raise FunctionError(f"insufficient address space to extend prefix of {network.prefix} by {new_bits}")
    if prefix < 0 or number < 0:
        # go-cidr does not look, and gives "<nil>" or an address from somewhere else.
        raise FunctionError("the prefix and the number of the subnet must not be negative")
    address = network.address | number << (network.bits - prefix)
    if number >= 1 << max(new_bits, 0) and (new_bits >= 0 or address >> network.bits):
        raise FunctionError(f"prefix extension of {new_bits} does not accommodate a subnet numbered {number}")
    return string(str(_Network(address, prefix, network.bits)))


def cidrsubnets(args: tuple[Value, ...]) -> Value:
    network = _parse(args[0], 0)
    subnets: list[str] = []
    current: _Network | None = None
    for argument, value in enumerate(args[1:], 1):
        prefix = network.prefix + _extension(value, argument, network)
        current = _next(network, current or _before(network, prefix), prefix, argument)
        subnets.append(str(current))
    return strings(subnets)


def _extension(value: Value, argument: int, network: _Network) -> int:
    extension = to_int64(value, argument)
    if extension < 1:
        raise FunctionError("must extend prefix by at least one bit", argument)
    if extension > 32:
        raise FunctionError("may not extend prefix by more than 32 bits", argument)
    prefix = network.prefix + extension
    if prefix > network.bits:
        protocol = "IPv4" if network.bits == 32 else "IPv6"
        raise FunctionError(
            f"would extend prefix to {prefix} bits, which is too long for an {protocol} address", argument
        )
    return extension


def _before(network: _Network, prefix: int) -> _Network:
    """The subnet that ends where the network starts; below zero it goes on from the last address."""
    end = (network.address - 1) & _host_mask(0, network.bits)
    return _Network(end & _mask(prefix, network.bits), prefix, network.bits)


def _next(network: _Network, current: _Network, prefix: int, argument: int) -> _Network:
    """The first subnet with that prefix behind the current one."""
    end = current.last | _host_mask(prefix, network.bits)
    # go-cidr refuses to come back to zero, so the networks that start there have no subnets for it.
    start = end + 1
    if not network.address <= start <= network.last:
        raise FunctionError(
            f"not enough remaining address space for a subnet with a prefix of {prefix} bits after {current}", argument
        )
    return _Network(start, prefix, network.bits)


def _parse(value: Value, argument: int | None = None) -> _Network:
    text: str = value.data
    network = _network(*text.partition("/"))
    if network is None:
        raise FunctionError(f"invalid CIDR expression: invalid CIDR address: {text}", argument)
    return network


def _network(address: str, slash: str, prefix: str) -> _Network | None:
    from ipaddress import ip_address

    if not slash or "%" in address or not re.fullmatch("[0-9]{1,9}", prefix):
        return None
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    bits, length = parsed.max_prefixlen, int(prefix)
    return _Network(int(parsed) & _mask(length, bits), length, bits) if length <= bits else None


def _host_mask(prefix: int, bits: int) -> int:
    return (1 << (bits - prefix)) - 1


def _mask(prefix: int, bits: int) -> int:
    return _host_mask(0, bits) ^ _host_mask(prefix, bits)


def _is_mapped(address: int, bits: int) -> bool:
    return bits == 128 and address >> 32 == _MAPPED_IPV4 >> 32


def _text(address: int, bits: int) -> str:
    from ipaddress import IPv4Address, IPv6Address

    if bits == 32 or _is_mapped(address, bits):
        return str(IPv4Address(address & 0xFFFFFFFF))
    return str(IPv6Address(address))
