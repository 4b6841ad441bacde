"""The seat: what one person sees and does at a Slack client."""
