"""Microsoft Teams' edge."""
