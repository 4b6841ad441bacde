"""What the offline agent closes, and what it had better left to a person."""
