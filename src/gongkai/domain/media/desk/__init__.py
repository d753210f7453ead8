"""The screens of the register and of inspections."""
