"""How a text to a customer reads, whoever wrote it; the same verdict every time."""
