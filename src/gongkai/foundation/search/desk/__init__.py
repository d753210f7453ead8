"""What people search for, and what they did not find."""
