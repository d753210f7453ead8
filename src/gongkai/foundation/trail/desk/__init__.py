"""The screens: browse, look at one record, verify."""
