"""Slack's edge."""
