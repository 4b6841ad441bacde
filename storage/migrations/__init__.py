"""The schema's history, applied at start under a lock."""
