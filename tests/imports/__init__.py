"""Files in, rows or reasons out."""
