"""Those who count and watch: statistics, reports, the reading room."""
