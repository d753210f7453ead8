"""Sizes as people read them."""

MEGABYTE = 2**20


def sized(size: int) -> str:
    """Return *size* in bytes as people read it: 3.5 MB."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB".replace(".0 MB", " MB")
    return f"{max(1, round(size / 1024))} KB" if size else "0 KB"
