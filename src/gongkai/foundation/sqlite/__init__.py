"""SQLite files that several threads of several processes use: each process keeps one connection that it never closes."""
