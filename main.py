"""Patient Tutor: the entry point that Flet packages for phones and desktops."""

from __future__ import annotations

import flet as ft

from tutor.config import data_folder
from tutor.ui.app import page_of

if __name__ == "__main__":
    ft.run(page_of(data_folder()), assets_dir="assets", no_cdn=True)
