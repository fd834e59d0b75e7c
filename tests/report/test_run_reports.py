"""Reports of runs: what they say, and that nothing of a log is obeyed by who reads them."""

from __future__ import annotations

import html.parser
import os
import shutil
import struct
import subprocess
import zlib
from typing import TYPE_CHECKING

import pytest
from runs import HOSTILE, PLATFORMS, many

from bakectl.record import replace
from bakectl.report import run_facts, run_html, run_markdown
from bakectl.runs.records import CACHED, DONE, NotARun, Run, Step, TargetRun, from_data, to_data
from bakectl.runs.timeline import critical_path, slowest

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = Run(
    "docker buildx bake app",
    1_795_246_075.0,
    12.5,
    DONE,
    (TargetRun("app", ("linux/amd64",), True, DONE, 0.0, 12.0, 1, 2, "", "sha256:aa", ("acme/app:1",), ("pushed",)),),
    (
        Step("app", "", "load build definition from Dockerfile", "", DONE, 0.0, 0.1, 0.1),
        Step("app", "", "FROM debian", "1/2", CACHED, 0.1, 0.2, 0.1),
        Step("app", "", "RUN make a|b", "2/2", DONE, 0.2, 11.0, 10.8, "", (1,)),
        Step("app", "", "exporting to image", "", DONE, 11.0, 12.0, 1.0),
    ),
)


class Elements(html.parser.HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [found for _, found in self.tags if name in (found.get("class") or "").split()]


def test_facts_of_a_run() -> None:
    assert run_facts.rows(PLAIN) == [("app", "linux/amd64", "done", "12.0 s", "1 of 2", "")]
    assert list(run_facts.places(PLAIN)) == ["app  pushed, sha256:aa", "  acme/app:1"]
    assert list(run_facts.slow(PLAIN)) == [
        "slow: app  [2/2] RUN make a|b  10.8 s (86%)",
        "slow: app  exporting to image  1.0 s (8%)",
    ]
    assert run_facts.ending(PLAIN) == "done in 12.5 s"


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (0.04, "0.0 s"), (59.9, "59.9 s"), (61, "1 min 01 s"), (3725, "1 h 02 min")]
)
def test_times_for_people(seconds: float | None, text: str) -> None:
    assert run_facts.seconds_text(seconds) == text


def test_critical_path_goes_by_what_a_step_needs_and_by_time_where_that_is_not_known() -> None:
    assert critical_path(PLAIN) == (0, 1, 2, 3)
    linked = Step("base", "", "RUN base", "1/1", DONE, 0.0, 5.0, 5.0)
    steps = (linked, *PLAIN.steps[:2], replace(PLAIN.steps[2], inputs=(0, 2), started=5.0), PLAIN.steps[3])
    assert critical_path(replace(PLAIN, steps=steps)) == (0, 3, 4)
    assert critical_path(replace(PLAIN, steps=())) == ()
    circle = tuple(replace(step, inputs=(1 - place,)) for place, step in enumerate(PLAIN.steps[:2]))
    assert critical_path(replace(PLAIN, steps=circle)) == (0, 1)


def test_step_that_two_targets_share_is_slow_once() -> None:
    other = replace(PLAIN.steps[2], target="other")
    assert [step.title for step in slowest(replace(PLAIN, steps=(*PLAIN.steps, other)))] == [
        "[2/2] RUN make a|b",
        "exporting to image",
    ]


def test_markdown() -> None:
    assert run_markdown.render(PLAIN) == (
        "### bake: done in 12.5 s\n"
        "\n"
        "| Target | Platform | Result | Time | Cached | Size |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| app | linux/amd64 | done | 12.0 s | 1 of 2 |  |\n"
        "\n"
        "- app: `acme/app:1`, `sha256:aa`\n"
        "\n"
        "<details><summary>What the run waited for</summary>\n"
        "\n"
        "| Target | Step | Time |\n"
        "| --- | --- | --- |\n"
        "| app | load build definition from Dockerfile | 0.1 s |\n"
        "| app | \\[1/2\\] FROM debian | 0.1 s |\n"
        "| app | \\[2/2\\] RUN make a\\|b | 10.8 s |\n"
        "| app | exporting to image | 1.0 s |\n"
        "\n"
        "</details>\n"
    )


def test_markdown_holds_what_a_log_says_in_fences_and_code() -> None:
    text = run_markdown.render(many(2))
    outside = []
    fence = None
    for line in text.splitlines():
        if fence is None and line.startswith("```"):
            fence = line.removesuffix("text")
        elif fence is not None and line == fence:
            fence = None
        elif fence is None:
            outside.append(line)
    assert fence is None
    # What is in code spans is shown as it is.
    bare = [part for line in outside for part in line.split("`")[::2]]
    assert not [part for part in bare if "<script" in part or "<img" in part]


@pytest.mark.parametrize("count", [2, 60])
def test_page_trusts_nothing_and_asks_for_nothing(count: int) -> None:
    page = run_html.render(many(count))
    found = Elements(page)
    assert {tag for tag, _ in found.tags} & {"script", "img", "link", "iframe", "object", "form", "a", "base"} == set()
    assert [
        name for _, given in found.tags for name in given if name in {"src", "href", "action"} or name.startswith("on")
    ] == []
    (policy,) = (given for tag, given in found.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert str(policy["content"]).startswith("default-src 'none'; ")
    assert found.text.count(HOSTILE) >= 5
    assert len(found.of_class("track")) == count * (1 + len(PLATFORMS)) + 1
    assert "url(" not in page


def test_page_marks_what_the_run_waited_for() -> None:
    found = Elements(run_html.render(PLAIN))
    (track,) = found.of_class("track")
    assert track["aria-label"] == "app : 12.0 s"
    bars = [given for given in found.of_class("bar") if given.get("title")]
    assert [given["class"] for given in bars] == [
        "bar done critical",
        "bar cached critical",
        "bar done critical",
        "bar done critical",
    ]
    assert bars[2]["style"] == "left:1.667%;width:90.0%"


def test_kept_run_is_read_as_it_was() -> None:
    run = many(3)
    assert to_data(from_data(to_data(run))) == to_data(run)
    assert from_data(to_data(PLAIN)) == PLAIN


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"seconds": "long"},
        {"steps": [1]},
        {"targets": None},
        {"steps": [{**to_data(PLAIN)["steps"][0], "inputs": [99]}]},
        {"steps": [{**to_data(PLAIN)["steps"][0], "state": "<b>"}]},
        {"targets": [{**to_data(PLAIN)["targets"][0], "sizes": [["a"]]}]},
    ],
)
def test_what_is_no_run_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(NotARun):
        from_data({**to_data(PLAIN), **change})


def _first_pixel(path: Path) -> tuple[int, ...]:
    """The colour of the corner of a PNG without interlacing."""
    data, place, packed, width, kind = path.read_bytes(), 8, b"", 0, 0
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        if name == b"IHDR":
            width, kind = struct.unpack(">I", body[:4])[0], body[9]
        elif name == b"IDAT":
            packed += body
        place += size + 12
    assert width > 0
    # Of the first pixel of the first line, every filter leaves the value as it is.
    return tuple(zlib.decompress(packed)[1 : 1 + (4 if kind == 6 else 3)][:3])


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 60])
@pytest.mark.parametrize(("scheme", "ground"), [(1, (255, 255, 255)), (0, (15, 19, 24))], ids=["light", "dark"])
def test_page_in_a_browser(count: int, scheme: int, ground: tuple[int, ...], tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("there is no Chromium on PATH")
    page, picture, log = tmp_path / "run.html", tmp_path / "run.png", tmp_path / "net.json"
    page.write_text(run_html.render(many(count)), "utf-8")
    command = (
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--blink-settings=preferredColorScheme={scheme}",
        f"--log-net-log={log}",
        f"--screenshot={picture}",
        "--window-size=1200,800",
        page.as_uri(),
    )
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert _first_pixel(picture) == ground
    assert "192.0.2.1" not in log.read_text("utf-8")
    # A page that runs a script or breaks its policy says so here.
    assert "CONSOLE" not in done.stderr
