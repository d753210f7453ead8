"""What the public sees of the channels: gazettes as pages, screens and kiosks where people wait."""
