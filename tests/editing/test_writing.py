"""A file is written whole or not at all, and only over what was read."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bakectl.errors import EditRejected
from bakectl.writing import write_file

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("BAKECTL_KILLS", "40"))
"""How often a writer is killed; the long run sets 500."""
WRITER = """
import sys
from bakectl.writing import write_file
path, texts = sys.argv[1], [b"old\\n" * 50_000, b"new!\\n" * 60_000]
print("ready", flush=True)
while True:
    for before, after in (texts, texts[::-1]):
        write_file(path, before, after)
"""
ADDER = """
import sys
from pathlib import Path
from bakectl.errors import EditRejected
from bakectl.writing import write_file
path = Path(sys.argv[1])
for number in range(50):
    while True:
        before = path.read_bytes()
        try:
            write_file(str(path), before, before + f"{sys.argv[2]}{number}\\n".encode())
            break
        except EditRejected:
            continue
"""


def spawn(program: str, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.PIPE, env=environment)


def test_mode_and_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "shared" / "bake.hcl"
    real.parent.mkdir()
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "docker-bake.hcl"
    link.symlink_to(real)
    write_file(str(link), b"old", b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [path.name for path in real.parent.iterdir()] == ["bake.hcl"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_bytes(b"old")
    os.chown(path, 1234, 4321)
    write_file(str(path), b"old", b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 4321)


@pytest.mark.parametrize("found", [b"other", None], ids=["changed", "gone"])
def test_refused_when_it_is_not_what_was_read(found: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    if found is not None:
        path.write_bytes(found)
    with pytest.raises(EditRejected, match="since it was read; nothing was written"):
        write_file(str(path), b"old", b"new")
    assert (path.read_bytes() if path.exists() else None) == found


def test_new_file_is_not_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    write_file(str(path), None, b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(EditRejected, match="is there already"):
        write_file(str(path), None, b"newer")
    assert path.read_bytes() == b"new"


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EditRejected, match="cannot be written: No such file or directory"):
        write_file(str(tmp_path / "no" / "docker-bake.hcl"), None, b"new")


@pytest.mark.slow
def test_killed_writer_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    whole = {b"old\n" * 50_000, b"new!\n" * 60_000}
    seen = set()
    chance = random.Random(7)
    for _ in range(KILLS):
        path.write_bytes(b"old\n" * 50_000)
        writer = spawn(WRITER, str(path))
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.random() * 0.02)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        found = path.read_bytes()
        assert found in whole
        seen.add(found)
    assert seen == whole


@pytest.mark.slow
def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_bytes(b"")
    writers = [spawn(ADDER, str(path), name) for name in "ab"]
    for writer in writers:
        assert writer.wait() == 0
        assert writer.stdout is not None
        writer.stdout.close()
    lines = path.read_text().splitlines()
    assert sorted(lines) == sorted(f"{name}{number}" for name in "ab" for number in range(50))
