"""Whether what an answer says stands in the passages that it cites; the same verdict every time."""
