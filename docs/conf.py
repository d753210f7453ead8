"""Sphinx settings. `make docs` builds with warnings as errors."""

project = "gongkai"
author = "The gongkai founders"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {
    "description": "政府信息公开，从法规与时钟到可核对的年报",
    "fixed_sidebar": True,
}
language = "zh_CN"
suppress_warnings = ["myst.xref_missing"]
