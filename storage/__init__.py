"""State that must survive: models, one unit of work, searches. Imports nothing of `bot`."""
