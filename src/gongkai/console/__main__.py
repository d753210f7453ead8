"""``python -m gongkai.console``, where the script is not on the path."""

from gongkai.console import main

main()
