"""What nobody may send, at every door of a real bot, while an honest person works."""
