"""Body of semvercmp: version constraints as the Masterminds semver library reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bakectl.eval.functions import FunctionError
from bakectl.eval.values import Value, boolean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_IDENTIFIERS = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_TAIL = rf"(?:-({_IDENTIFIERS}))?(?:\+({_IDENTIFIERS}))?"
_SPACE = r"[ \t\n\f\r]"
_VERSION = re.compile(rf"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?{_TAIL}")
# The bar inside the brackets is the library's: a part such as "1|2" is found here and refused as a number later.
_WILD = rf"v?([0-9|xX*]+)(?:\.([0-9|xX*]+))?(?:\.([0-9|xX*]+))?{_TAIL}"
_CONSTRAINT = re.compile(rf"(=>|=<|>=|<=|!=|~>|=|>|<|~|\^|){_SPACE}*{_WILD}")
_RANGE = re.compile(rf"{_SPACE}*({_WILD}){_SPACE}+-{_SPACE}+({_WILD}){_SPACE}*")
_SEPARATOR = re.compile(rf"{_SPACE}*,{_SPACE}*|{_SPACE}+")
_BLANKS = " \t\n\f\r"
_MAX_UINT = (1 << 64) - 1
_MAX_VERSION = 256
_MAX_CONSTRAINT = 512

Order = tuple[object, ...]
"""Something that sorts as versions do."""


class _Version(NamedTuple):
    major: int
    minor: int
    patch: int
    prerelease: str

    def order(self) -> Order:
        """Sorts before its release when it is a prerelease; there numbers sort before words, and shorter first."""
        identifiers = []
        for identifier in self.prerelease.split(".") if self.prerelease else ():
            is_number = identifier.isdecimal() and int(identifier) <= _MAX_UINT
            identifiers.append((0, int(identifier), "") if is_number else (1, 0, identifier))
        return (self.major, self.minor, self.patch, not self.prerelease, tuple(identifiers))


class _Constraint(NamedTuple):
    """An operator and a version; `parts` counts the parts written before a wildcard, 0 to 3."""

    operator: str
    version: _Version
    parts: int

    def allows(self, version: _Version) -> bool:
        return _OPERATORS[self.operator](version, self)


def semvercmp(args: tuple[Value, ...]) -> Value:
    version = _parse_version(args[0].data)
    if len(args[1].data) > _MAX_CONSTRAINT:
        raise FunctionError(f"constraint string is too long (max {_MAX_CONSTRAINT} bytes)")
    groups = [_parse_group(group) for group in _without_ranges(args[1].data).split("||")]
    return boolean(any(_meets(version, group) for group in groups))


def _meets(version: _Version, group: list[_Constraint]) -> bool:
    """A prerelease meets only a group that names a prerelease itself."""
    if version.prerelease and not any(constraint.version.prerelease for constraint in group):
        return False
    return all(constraint.allows(version) for constraint in group)


def _parse_version(text: str) -> _Version:
    if len(text) > _MAX_VERSION:
        raise FunctionError(f"version string is too long (max {_MAX_VERSION} bytes)")
    match = _VERSION.fullmatch(text)
    if match is None:
        raise FunctionError("invalid semantic version")
    major, minor, patch = (int(part or 0) for part in match.group(1, 2, 3))
    largest = max(major, minor, patch)
    if largest > _MAX_UINT:
        reason = f'strconv.ParseUint: parsing "{largest}": value out of range'
        raise FunctionError(f"error parsing version segment: {reason}")
    _check_prerelease(match[4] or "", "version segment starts with 0")
    return _Version(major, minor, patch, match[4] or "")


def _check_prerelease(prerelease: str, message: str) -> None:
    if any(part.isdecimal() and len(part) > 1 and part[0] == "0" for part in prerelease.split(".")):
        raise FunctionError(message)


def _without_ranges(text: str) -> str:
    """Write `1.2 - 1.4` as two comparisons."""
    for match in _RANGE.finditer(text):
        text = text.replace(match[0], f">= {match[1]}, <= {match[7]} ", 1)
    return text


def _parse_group(group: str) -> list[_Constraint]:
    """Constraints that all must hold, with commas or blanks between them."""
    text = group.strip(_BLANKS)
    constraints: list[_Constraint] = []
    position = 0
    while True:
        match = _CONSTRAINT.match(text, position)
        if match is None:
            raise FunctionError(f"improper constraint: {group}")
        constraints.append(_constraint(match))
        position = match.end()
        if position == len(text):
            return constraints
        separator = _SEPARATOR.match(text, position)
        if separator is None:
            raise FunctionError(f"improper constraint: {group}")
        position = separator.end()


def _constraint(match: re.Match[str]) -> _Constraint:
    written: list[int] = []
    for part in match.group(2, 3, 4):
        if part is None or part in ("x", "X", "*"):
            break
        if not part.isdecimal() or int(part) > _MAX_UINT:
            raise FunctionError("constraint parser error")
        written.append(int(part))
    prerelease = match[5] or ""
    _check_prerelease(prerelease, "constraint parser error")
    major, minor, patch = (*written, 0, 0, 0)[:3]
    return _Constraint(match[1], _Version(major, minor, patch, prerelease), len(written))


def _equal(version: _Version, constraint: _Constraint) -> bool:
    if constraint.parts < 3:
        return _tilde(version, constraint)
    return version.order() == constraint.version.order()


def _not_equal(version: _Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if constraint.parts == 1:
        return version.major != wanted.major
    if constraint.parts == 2:
        return version[:2] != wanted[:2] or version.prerelease != wanted.prerelease
    return version.order() != wanted.order()


def _greater(version: _Version, constraint: _Constraint) -> bool:
    if constraint.parts in (1, 2):
        return version[: constraint.parts] > constraint.version[: constraint.parts]
    return version.order() > constraint.version.order()


def _greater_or_equal(version: _Version, constraint: _Constraint) -> bool:
    return version.order() >= constraint.version.order()


def _less(version: _Version, constraint: _Constraint) -> bool:
    return version.order() < constraint.version.order()


def _less_or_equal(version: _Version, constraint: _Constraint) -> bool:
    compared = {0: 2, 1: 1, 2: 2}.get(constraint.parts)
    if compared is None:
        return version.order() <= constraint.version.order()
    return version[:compared] <= constraint.version[:compared]


def _tilde(version: _Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if version.order() < wanted.order():
        return False
    if constraint.parts in (0, 3) and wanted[:3] == (0, 0, 0):
        return True
    same = 1 if constraint.parts == 1 else 2
    return version[:same] == wanted[:same]


def _caret(version: _Version, constraint: _Constraint) -> bool:
    wanted = constraint.version
    if version.order() < wanted.order() or version.major != wanted.major:
        return False
    if wanted.major > 0 or constraint.parts == 1:
        return True
    if wanted.minor > 0 or constraint.parts == 2:
        return version.minor == wanted.minor
    return version[:3] == wanted[:3]


_OPERATORS: Final[Mapping[str, Callable[[_Version, _Constraint], bool]]] = {
    "": _equal,
    "=": _equal,
    "!=": _not_equal,
    ">": _greater,
    "<": _less,
    ">=": _greater_or_equal,
    "=>": _greater_or_equal,
    "<=": _less_or_equal,
    "=<": _less_or_equal,
    "~": _tilde,
    "~>": _tilde,
    "^": _caret,
}
