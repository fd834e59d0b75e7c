"""Diagnostics as JSON."""

from __future__ import annotations

import json

from bakectl.diagnostics import Diagnostic, Fix, Note, Severity
from bakectl.report.json import render
from bakectl.source import Source, Span, TextEdit


def test_all_that_a_finding_has() -> None:
    source = Source("docker-bake.hcl", 'tags = 1\n  tagz = ["漢"]\n')
    span = Span(source, 11, 15)
    finding = Diagnostic(
        Severity.WARNING,
        "unknown-attribute",
        "a target has no attribute",
        span,
        (Note(Span(source, 0, 4), "another"),),
        "write tags",
        Fix("rename it", (TextEdit(span, "tags"),), safe=False),
    )
    place = {
        "path": "docker-bake.hcl",
        "start": {"line": 2, "column": 3, "offset": 11},
        "end": {"line": 2, "column": 7, "offset": 15},
    }
    assert json.loads(render([finding])) == [
        {
            **place,
            "severity": "warning",
            "rule": "unknown-attribute",
            "message": "a target has no attribute",
            "help": "write tags",
            "notes": [
                {
                    "path": "docker-bake.hcl",
                    "start": {"line": 1, "column": 1, "offset": 0},
                    "end": {"line": 1, "column": 5, "offset": 4},
                    "message": "another",
                }
            ],
            "fix": {"title": "rename it", "safe": False, "edits": [{**place, "text": "tags"}]},
        }
    ]


def test_a_finding_without_place() -> None:
    text = render([Diagnostic(Severity.ERROR, "no-bake-file", "there is none")])
    assert json.loads(text) == [
        {
            "path": None,
            "start": None,
            "end": None,
            "severity": "error",
            "rule": "no-bake-file",
            "message": "there is none",
            "help": None,
            "notes": [],
            "fix": None,
        }
    ]
    assert text.endswith("]\n")
