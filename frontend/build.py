"""Everything that is built before the platform runs: ``python frontend/build.py``.

Charts and the text editor from npm into the static files, typefaces into the package, translations compiled. What is there already and still
current is left alone.
"""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import catalogues
import fonts
from packages import LOCK, MODULES, ensure

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "src/gongkai/site/static/vendor"
COPIES = {
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "echarts/NOTICE": "echarts/NOTICE",
    "hugerte/license.txt": "hugerte/LICENSE",
    **{
        f"hugerte/{part}": f"hugerte/{part}"
        for part in (
            "hugerte.min.js",
            "themes/silver/theme.min.js",
            "models/dom/model.min.js",
            "icons/default/icons.min.js",
            "plugins/lists/plugin.min.js",
            "plugins/link/plugin.min.js",
            "plugins/table/plugin.min.js",
            "plugins/searchreplace/plugin.min.js",
            "plugins/autoresize/plugin.min.js",
            "skins/ui/oxide/skin.min.css",
            "skins/ui/oxide/content.min.css",
            "skins/ui/oxide-dark/skin.min.css",
            "skins/ui/oxide-dark/content.min.css",
        )
    },
}
"""What is taken from ``node_modules``, and where it goes."""


def is_current() -> bool:
    """Tell whether every copy is there and younger than the lock file."""
    copies = [VENDOR / target for target in COPIES.values()]
    return all(copy.is_file() and copy.stat().st_mtime >= LOCK.stat().st_mtime for copy in copies)


def copy() -> None:
    """Copy what the pages use, and nothing else."""
    for source, target in COPIES.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, place)


def main() -> None:
    """Build what is missing or outdated."""
    if not is_current():
        ensure()
        copy()
        print(f"ECharts, HugeRTE → {VENDOR.relative_to(ROOT)}")
    catalogues.main()
    fonts.main()


if __name__ == "__main__":
    main()
