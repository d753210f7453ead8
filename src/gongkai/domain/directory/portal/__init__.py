"""What the public sees of standard directories."""
