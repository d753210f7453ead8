"""The pages: applying step by step, and following."""
