"""Where finished runs are kept: a folder of the user's state, which holds the last of them."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bakectl.runs.records import NotARun, Run, from_data, to_data

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT: Final = 20
"""Runs that are kept; the oldest go first."""
MAX_FILE: Final = 100_000_000
"""Bytes of a file that is read."""


def folder(environment: Mapping[str, str]) -> str:
    """The folder of the runs, whether it is there or not."""
    home = environment.get("XDG_STATE_HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117
        # As the specification has it, a relative path counts for nothing.
        home = os.path.join(environment.get("HOME") or os.path.expanduser("~"), ".local", "state")  # noqa: PTH118, PTH111
    return os.path.join(home, "bakectl", "runs")  # noqa: PTH118


def save(run: Run, environment: Mapping[str, str]) -> str:
    """Keep a run, drop the oldest, and return the path; raises OSError."""
    import json
    import time

    place = folder(environment)
    os.makedirs(place, mode=0o700, exist_ok=True)  # noqa: PTH103
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(run.begun))
    path = os.path.join(place, f"{stamp}.{int(run.begun * 1000) % 1000:03}-{os.getpid()}.json")  # noqa: PTH118
    hidden = f"{path}.part"
    # Logs are nobody else's business.
    with os.fdopen(os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(to_data(run), file, ensure_ascii=False, separators=(",", ":"))
    os.replace(hidden, path)  # noqa: PTH105
    for old in paths(environment)[:-KEPT]:
        with suppress(OSError):
            os.unlink(old)  # noqa: PTH108
    return path


def paths(environment: Mapping[str, str]) -> list[str]:
    """The files of the runs that are kept, oldest first."""
    place = folder(environment)
    try:
        names = os.listdir(place)  # noqa: PTH208
    except OSError:
        return []
    return [os.path.join(place, name) for name in sorted(names) if name.endswith(".json")]  # noqa: PTH118


def read_run(text: str) -> Run:
    """Read what `save` has written; raises NotARun."""
    import json

    try:
        return from_data(json.loads(text))
    except (ValueError, RecursionError) as error:
        if isinstance(error, NotARun):
            raise
        raise NotARun("it is no JSON") from None
