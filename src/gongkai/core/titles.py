"""Titles as sentences name them."""


def quoted(title: str) -> str:
    """Return *title* in the marks of a title; marks inside it become single ones, as GB/T 15834 writes them."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"
