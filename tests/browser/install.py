"""Get a browser for the browser tests: Debian's Chromium as root with apt, else Playwright's own.

Prints the browser's path. Exits 1 with a sentence where none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """A browser on the PATH, or the one that Playwright downloaded."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install one, by apt where that is allowed, else by Playwright."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> int:
    """Find or install, and say where."""
    if find() is None:
        install()
    path = find()
    sys.stdout.write(f"{path or 'No browser could be installed; see README, Tests.'}\n")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
