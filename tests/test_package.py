"""A wheel made from the sdist holds all that bakectl needs, and works where there is no repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from bakectl import __version__

ROOT = Path(__file__).resolve().parents[1]
BAKE_FILE = 'target "default" {\n  dockerfile-inline = "FROM scratch"\n  tags = ["ghcr.io/acme/app:1"]\n}\n'

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that is made from it, as a release has them."""
    if find_spec("build") is None or find_spec("hatchling") is None:
        pytest.skip("build and hatchling are not installed: pip install .[test]")
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def bakectl(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel, and what it depends on from that of the tests."""
    environment = tmp_path_factory.mktemp("far-away") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=packages)
    (wheel,) = packages.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", environment)
    _run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=packages)
    (folder,) = environment.glob("lib/python*/site-packages")
    (folder / "tests.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return environment / "bin" / "bakectl"


def _run(*words: str | Path, cwd: Path, code: int = 0) -> str:
    # Without PYTHONPATH, so that nothing is found by way of the repository.
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "COLUMNS": "80"}
    done = subprocess.run(words, cwd=cwd, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == code, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_wheel_holds_what_the_package_needs(packages: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    (sdist,) = packages.glob("*.tar.gz")
    assert (wheel.name, sdist.name) == (f"bakectl-{__version__}-py3-none-any.whl", f"bakectl-{__version__}.tar.gz")
    held = set(zipfile.ZipFile(wheel).namelist())
    written = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bakectl").rglob("*") if path.is_file()}
    assert {name for name in written if "__pycache__" not in name} <= held
    assert not [name for name in held if name.startswith(("tests/", "docs/", "scripts/"))]
    manuals = {path.relative_to(ROOT / "man").as_posix() for path in (ROOT / "man").glob("*/*")}
    shared = f"bakectl-{__version__}.data/data/share/man/"
    assert {name.removeprefix(shared) for name in held if name.startswith(shared)} == manuals


def test_sdist_holds_what_its_tests_need(packages: Path) -> None:
    (sdist,) = packages.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "mkdocs.yml", "docker-bake.hcl"} <= names
    assert {
        "man/man1/bakectl.1",
        "tests/conftest.py",
        "scripts/docslib/man.py",
        "examples/realtime-svg/Cargo.toml",
    } <= names


def test_installed_far_from_the_repository(bakectl: Path, tmp_path: Path) -> None:
    (tmp_path / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    assert _run(bakectl, "--version", cwd=tmp_path) == f"bakectl {__version__}\n"
    assert '"ghcr.io/acme/app:1"' in _run(bakectl, "print", cwd=tmp_path)
    assert "Build targets and groups" in _run(bakectl, "bake", "--help", cwd=tmp_path)
    _run(bakectl, "check", cwd=tmp_path)
    assert "docker/setup-buildx-action@" in _run(bakectl, "ci", "github", "--dry-run", cwd=tmp_path)
    assert "docker:" in _run(bakectl, "ci", "gitlab", "--dry-run", cwd=tmp_path)
    (tmp_path / "bakectl.toml").write_text("[check]\nignroe = []\n", "utf-8")
    _run(bakectl, "check", cwd=tmp_path, code=3)


def test_installed_makes_files(bakectl: Path, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\n", "utf-8")
    _run(bakectl, "init", cwd=tmp_path)
    assert _run(bakectl, "bake", "--dry-run", cwd=tmp_path) == "docker buildx bake\n"


def test_manuals_are_found(bakectl: Path) -> None:
    folder = bakectl.parents[1] / "share" / "man"
    assert (folder / "man1" / "bakectl-bake.1").is_file()
    assert (folder / "man5" / "bakectl.toml.5").is_file()
