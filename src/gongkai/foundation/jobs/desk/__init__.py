"""The screens: jobs and their progress."""
