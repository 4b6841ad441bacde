"""Many threads of several bots decide, claim and settle against one database at once."""
