"""The addresses that big files go to."""
