"""The bot without doors: commands go in at the bus, what it does outside is kept in memory, one
thread does everything, and time passes when it is told to."""
