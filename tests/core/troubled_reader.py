"""The real reader, except that some documents crash it, hang it, or take their time."""

import os
import time

from gongkai.core.extraction.reader import read_bytes


def read(data, name):
    if b"[crash]" in data:
        os._exit(11)
    if b"[hang]" in data:
        time.sleep(600)
    if b"[raise]" in data:
        raise LookupError("not foreseen")
    if b"[slow]" in data:
        time.sleep(0.05)
    return read_bytes(data, name)
