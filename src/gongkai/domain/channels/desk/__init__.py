"""The screens at the desk: the board, an item's outlets, gazettes, displays, sheets."""
