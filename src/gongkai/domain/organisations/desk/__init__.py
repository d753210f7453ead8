"""The screens: the tree, one organisation, its history and people, the import."""
