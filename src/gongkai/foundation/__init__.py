"""Django without disclosure: accounts, the trail, permissions, jobs."""
