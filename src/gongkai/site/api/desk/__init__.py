"""Keys for the exchange with other platforms."""
