"""Reports as text, JSON, JUnit and SARIF."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from bakectl.verifying.checks import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bakectl.verifying.findings import Finding
    from bakectl.verifying.run import Report

_COLOURS: Final = {"error": "1;31", "warning": "1;33", "info": "1;36", "help": "32", "place": "1"}
_SHOWN: Final = 10
"""Findings of one check for one platform that the text shows; the other formats have all."""
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def text(report: Report, *, colour: bool = False) -> str:
    """One image: its findings, a line each, then its platforms with their sizes."""
    return "".join(f"{line}\n" for line in _lines(report, colour=colour))


def _lines(report: Report, *, colour: bool) -> Iterator[str]:
    def paint(style: str, words: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{words}\x1b[0m" if colour else words

    for finding, left_out in _shortened(report.findings):
        if left_out:
            place = " ".join(filter(None, (finding.image, finding.platform)))
            yield f"{paint('place', f'{place}:')} {left_out} more [{finding.rule}]"
            continue
        place = " ".join(filter(None, (finding.image, finding.platform)))
        kind = finding.severity.value
        yield f"{paint('place', f'{place}:')} {paint(kind, f'{kind}:')} {visible(finding.message)} [{finding.rule}]"
        if finding.help:
            yield f"{paint('help', 'help:')} {visible(finding.help)}"
    if report.sizes:
        yield paint("place", f"{report.image} {'is broken' if report.is_broken else 'keeps its promises'}")
        width = max(map(len, report.sizes))
        for platform, size in report.sizes.items():
            yield f"  {platform:{width}}  {megabytes(size.compressed)} packed, {megabytes(size.unpacked)} unpacked"


def _shortened(findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
    """The first findings of each check and platform, and in the place of the next, how many more there are."""
    found = list(findings)
    total = Counter((finding.rule, finding.platform) for finding in found)
    seen: Counter[tuple[str, str]] = Counter()
    for finding in found:
        key = (finding.rule, finding.platform)
        seen[key] += 1
        if seen[key] <= _SHOWN or total[key] == _SHOWN + 1:
            yield finding, 0
        elif seen[key] == _SHOWN + 1:
            yield finding, total[key] - _SHOWN


def visible(words: str) -> str:
    """Text of an image, with nothing in it that a terminal would obey."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in words)


def megabytes(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"


def data(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """Reports as data for JSON."""
    return [
        {
            "image": report.image,
            "digest": report.digest or None,
            "ok": not report.is_broken,
            "platforms": {
                name: {"compressed": size.compressed, "unpacked": size.unpacked} for name, size in report.sizes.items()
            },
            "findings": [
                {
                    "check": finding.rule,
                    "severity": finding.severity.value,
                    "message": finding.message,
                    "platform": finding.platform or None,
                    "file": finding.file or None,
                    "help": finding.help,
                }
                for finding in report.findings
            ],
        }
        for report in reports
    ]


def as_json(reports: Sequence[Report]) -> str:
    """Reports as a JSON array, indented, with a final newline."""
    return json.dumps(data(reports), indent=2, ensure_ascii=False) + "\n"


def sarif(reports: Sequence[Report], version: str) -> str:
    """One run of SARIF 2.1.0 with all findings."""
    found = [finding for report in reports for finding in report.findings]
    names = sorted({finding.rule for finding in found})
    docs = {check.name: check.doc for check in CHECKS}
    rules = [{"id": name, "shortDescription": {"text": docs[name]}} for name in names]
    run = {
        "tool": {"driver": {"name": "bakectl verify", "version": version, "rules": rules}},
        "results": [_result(finding, names) for finding in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, names: Sequence[str]) -> dict[str, Any]:
    from urllib.parse import quote

    message = finding.message + (f"\n{finding.help}" if finding.help else "")
    place = "/".join(filter(None, (finding.image, finding.platform)))
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": place, "kind": "module"}]}
    if finding.file:
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(finding.file.lstrip("/"))}}
    return {
        "ruleId": finding.rule,
        "ruleIndex": names.index(finding.rule),
        "level": _LEVELS[finding.severity.value],
        "message": {"text": message},
        "locations": [location],
    }


def junit(reports: Sequence[Report]) -> str:
    """A test suite for each image and a test for each check, as CI services show them."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    suites = Element("testsuites", name="bakectl verify")
    for report in reports:
        broken = {finding.rule for finding in report.findings if finding.severity.value == "error"}
        counts: dict[str, Any] = {
            "tests": str(len(CHECKS)),
            "failures": str(len(broken)),
            "errors": "0",
            "skipped": "0",
        }
        suite = SubElement(suites, "testsuite", name=report.image, **counts)
        for check in CHECKS:
            case = SubElement(suite, "testcase", name=check.name, classname=report.image)
            lines = [_plain(finding) for finding in report.findings if finding.rule == check.name]
            if check.name in broken:
                SubElement(case, "failure", message=check.doc, type=check.name).text = "\n".join(lines)
            elif lines:
                SubElement(case, "system-out").text = "\n".join(lines)
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _plain(finding: Finding) -> str:
    place = f"{finding.platform}: " if finding.platform else ""
    return visible(f"{place}{finding.message}" + (f"; {finding.help}" if finding.help else ""))
