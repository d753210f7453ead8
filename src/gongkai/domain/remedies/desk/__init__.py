"""Reconsiderations, law suits and complaints at the desk: what waits for an answer, one page each, and the acts."""
