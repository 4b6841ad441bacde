"""The door for tickets, from the outside."""
