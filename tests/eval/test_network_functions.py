"""Functions on IP networks and versions; expectations are what buildx 0.29.1 printed, except where said."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import result

INT64 = "value must be a whole number, between -9223372036854775808 and 9223372036854775807"
NO_CIDR = "invalid CIDR expression: invalid CIDR address"

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "host": (("cidrhost", "10.0.0.5/24", 1), '"10.0.0.1"'),
    "host-last": (("cidrhost", "10.0.0.0/8", -1), '"10.255.255.255"'),
    "host-first-from-the-end": (("cidrhost", "10.0.0.0/30", -4), '"10.0.0.0"'),
    "host-of-all": (("cidrhost", "10.0.0.0/0", 4294967295), '"255.255.255.255"'),
    "host-alone": (("cidrhost", "10.0.0.0/32", -1), '"10.0.0.0"'),
    "host-v6": (("cidrhost", "fd00::/64", -1), '"fd00::ffff:ffff:ffff:ffff"'),
    "host-v6-zeros": (("cidrhost", "1:0:0:2::/64", 1), '"1:0:0:2::1"'),
    "host-v6-with-v4": (("cidrhost", "::1.2.3.4/96", 1), '"::1"'),
    "host-v4-in-v6": (("cidrhost", "::ffff:10.0.0.0/104", 1), '"0:1::ffff:a00:0"'),
    "host-too-high": (
        ("cidrhost", "10.0.0.0/30", 5),
        "error: prefix of 30 does not accommodate a host numbered 5",
    ),
    "host-too-low": (
        ("cidrhost", "10.0.0.0/30", -5),
        "error: prefix of 30 does not accommodate a host numbered -1",
    ),
    "host-fraction": (("cidrhost", "10.0.0.0/8", 1.5), f"error: {INT64}"),
    "host-huge": (("cidrhost", "fd00::/8", 1e20), f"error: {INT64}"),
    "prefix-zeros": (("cidrnetmask", "10.0.0.0/08"), '"255.0.0.0"'),
    "prefix-missing": (("cidrnetmask", "10.0.0.0"), f"error: {NO_CIDR}: 10.0.0.0"),
    "prefix-too-long": (("cidrnetmask", "10.0.0.0/33"), f"error: {NO_CIDR}: 10.0.0.0/33"),
    "prefix-sign": (("cidrnetmask", "10.0.0.0/+8"), f"error: {NO_CIDR}: 10.0.0.0/+8"),
    "address-short": (("cidrnetmask", "10.0.0/8"), f"error: {NO_CIDR}: 10.0.0/8"),
    "address-octal": (("cidrnetmask", "10.0.0.01/8"), f"error: {NO_CIDR}: 10.0.0.01/8"),
    "address-zone": (("cidrnetmask", "fe80::1%eth0/64"), f"error: {NO_CIDR}: fe80::1%eth0/64"),
    "mask": (("cidrnetmask", "10.0.0.0/27"), '"255.255.255.224"'),
    "mask-0": (("cidrnetmask", "10.0.0.0/0"), '"0.0.0.0"'),
    "mask-v6": (("cidrnetmask", "fd00::/48"), '"ffff:ffff:ffff::"'),
    "mask-v6-0": (("cidrnetmask", "fd00::/0"), '"::"'),
    "subnet": (("cidrsubnet", "10.1.2.3/8", 8, 2), '"10.2.0.0/16"'),
    "subnet-last": (("cidrsubnet", "10.0.0.0/24", 8, 255), '"10.0.0.255/32"'),
    "subnet-same": (("cidrsubnet", "10.0.0.0/24", 0, 0), '"10.0.0.0/24"'),
    "subnet-shorter": (("cidrsubnet", "10.0.0.0/24", -1, 0), '"10.0.0.0/23"'),
    "subnet-v6": (("cidrsubnet", "fd00::/16", 32, 5), '"fd00:0:5::/48"'),
    "subnet-no-space": (
        ("cidrsubnet", "10.0.0.0/24", 16, 1),
        "error: insufficient address space to extend prefix of 24 by 16",
    ),
    "subnet-too-high": (
        ("cidrsubnet", "10.0.0.0/24", 4, 16),
        "error: prefix extension of 4 does not accommodate a subnet numbered 16",
    ),
    "subnet-33-bits": (("cidrsubnet", "fd00::/16", 33, 5), "error: may not extend prefix by more than 32 bits"),
    # buildx gives "0.0.0.16/28" and "<nil>".
    "subnet-negative": (
        ("cidrsubnet", "10.0.0.0/24", 4, -1),
        "error: the prefix and the number of the subnet must not be negative",
    ),
    "subnet-before-the-start": (
        ("cidrsubnet", "10.0.0.0/24", -25, 0),
        "error: the prefix and the number of the subnet must not be negative",
    ),
    "subnets": (
        ("cidrsubnets", "10.1.0.0/16", 4, 4, 8, 4),
        '["10.1.0.0/20","10.1.16.0/20","10.1.32.0/24","10.1.48.0/20"]',
    ),
    "subnets-none": (("cidrsubnets", "10.0.0.0/8"), "[]"),
    "subnets-larger-later": (("cidrsubnets", "10.0.0.0/24", 8, 1), '["10.0.0.0/32","10.0.0.128/25"]'),
    "subnets-v6": (("cidrsubnets", "fd00::/16", 16, 32), '["fd00::/32","fd00:1::/48"]'),
    "subnets-no-cidr": (("cidrsubnets", "x", 1), f"error in prefix: {NO_CIDR}: x"),
    "subnets-0-bits": (("cidrsubnets", "10.0.0.0/24", 0), "error in newbits: must extend prefix by at least one bit"),
    "subnets-33-bits": (
        ("cidrsubnets", "fd00::/16", 33),
        "error in newbits: may not extend prefix by more than 32 bits",
    ),
    "subnets-too-long": (
        ("cidrsubnets", "10.0.0.0/24", 16),
        "error in newbits: would extend prefix to 40 bits, which is too long for an IPv4 address",
    ),
    "subnets-full": (
        ("cidrsubnets", "10.0.0.0/24", 1, 1, 1),
        (
            "error in newbits: "
            "not enough remaining address space for a subnet with a prefix of 25 bits after 10.0.0.128/25"
        ),
    ),
    "subnets-full-at-the-end": (
        ("cidrsubnets", "255.255.255.0/24", 1, 1, 1),
        (
            "error in newbits: "
            "not enough remaining address space for a subnet with a prefix of 25 bits after 255.255.255.128/25"
        ),
    ),
    "subnets-from-zero": (
        ("cidrsubnets", "0.0.0.0/8", 1),
        "error in newbits: not enough remaining address space for a subnet with a prefix of 9 bits after 255.128.0.0/9",
    ),
}


@pytest.mark.parametrize(("arguments", "expected"), CASES.values(), ids=CASES)
def test_result(arguments: tuple[Any, ...], expected: str) -> None:
    assert result(*arguments) == expected


# semvercmp is newer than 0.29: these follow the documentation of the Masterminds semver library, 3.4.
VERSIONS: dict[str, list[tuple[str, bool | str]]] = {
    "1.2.3": [
        ("1.2.3", True),
        ("= 1.2.3", True),
        ("v1.2.3", True),
        ("!= 1.2.3", False),
        ("> 1.2.2", True),
        (">= 1.2.3", True),
        ("=> 1.2.4", False),
        ("< 1.2.3", False),
        ("<= 1.2.3", True),
        ("=< 1.2.2", False),
        ("*", True),
        ("1", True),
        ("1.x", True),
        ("1.3.x", False),
        ("!= 1.x", False),
        ("!= 1.3.x", True),
        ("> 1", False),
        ("> 1.1", True),
        ("> 1.2", False),
        ("<= 1", True),
        ("<= 1.2", True),
        ("<= 1.1", False),
        ("< 1.2", False),
        ("~1.2.2", True),
        ("~1.2", True),
        ("~1", True),
        ("~> 1.1", False),
        ("^1.0", True),
        ("^1.3", False),
        ("^2", False),
        (">= 1.0, < 2", True),
        (">= 1.0 < 1.2", False),
        ("< 1 || > 1.2.0", True),
        ("1.0 - 1.4", True),
        ("1.3 - 1.4 || 1.2.3", True),
        ("1.3 - 1.4", False),
        (">= 1.2.3-alpha", True),
        ("1.2.3+build", True),
        ("", "error: improper constraint: "),
        (">= ", "error: improper constraint: >= "),
        ("not-a-constraint", "error: improper constraint: not-a-constraint"),
        ("1.2.3,", "error: improper constraint: 1.2.3,"),
        ("1.2.3.4", "error: improper constraint: 1.2.3.4"),
        ("1a", "error: improper constraint: 1a"),
        ("1|2", "error: constraint parser error"),
        ("1 " * 300, "error: constraint string is too long (max 512 bytes)"),
    ],
    "3.22": [(">= 3.20", True), ("~3.22", True), ("3.22.0", True)],
    "v1": [("1.0.0", True)],
    "0.2.5": [("^0.2.3", True), ("^0.3", False), ("^0", True), ("^0.2", True), ("^0.1", False), ("~0.0.0", True)],
    "0.0.3": [("^0.0.3", True), ("^0.0.2", False), ("^0.0", True)],
    "1.2.3-beta.2": [
        (">= 1.2.0", False),
        ("*", False),
        (">= 1.2.3-alpha", True),
        (">= 1.2.3-beta.1", True),
        (">= 1.2.3-beta.10", False),
        ("> 1.2.3-beta", True),
        (">= 1.0.0-0, < 2", True),
        ("< 1.2.3-rc", True),
        ("< 1.2.3-1", False),
    ],
    "1.2.3-01": [("*", "error: version segment starts with 0")],
    "01.2.3": [("1.2.3", True)],
    "not-a-version": [(">= 1", "error: invalid semantic version")],
    "": [(">= 1", "error: invalid semantic version")],
    " 1.0.0": [(">= 1", "error: invalid semantic version")],
    "99999999999999999999": [
        (
            "*",
            (
                'error: error parsing version segment: strconv.ParseUint: parsing "99999999999999999999":'
                " value out of range"
            ),
        )
    ],
}


@pytest.mark.parametrize(
    ("version", "constraint", "expected"),
    [(version, *case) for version, cases in VERSIONS.items() for case in cases],
    ids=[f"{version} {constraint[:20]}" for version, cases in VERSIONS.items() for constraint, _ in cases],
)
def test_semvercmp(version: str, constraint: str, expected: bool | str) -> None:
    wanted = expected if isinstance(expected, str) else str(expected).lower()
    assert result("semvercmp", version, constraint) == wanted
