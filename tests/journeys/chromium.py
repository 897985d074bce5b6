"""Finds the Chromium that drives the browser tests, else installs one; run as a program by `make browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """Return the browser of the machine, or the one that Playwright installed, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return next(iter(sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True)), None)


def driver_works() -> bool:
    """Tell whether Playwright's driver starts: a bare Debian lacks the libatomic that it links to."""
    return subprocess.run([sys.executable, "-m", "playwright", "--version"], check=False, capture_output=True).returncode == 0


def install_chromium() -> None:
    """Try the packages of the system (as root), then Playwright's own browser."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
        subprocess.run(["apt-get", "-qq", "update"], check=False, env=quiet)
        subprocess.run(["apt-get", "-qq", "install", "-y", "chromium", "libatomic1"], check=False, env=quiet)
    if find_chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Say where the browser is, or stop the run and say what to install."""
    if find_chromium() is None or not driver_works():
        install_chromium()
    if (found := find_chromium()) is None or not driver_works():
        sys.exit(
            "No Chromium that works here, and none could be installed: the tests in a browser cannot run.\n"
            "On Debian or Ubuntu: apt-get install chromium libatomic1"
        )
    sys.stdout.write(f"Browser tests run in {found}\n")


if __name__ == "__main__":
    main()
