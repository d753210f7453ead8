"""What the desk needs from the server around it."""
