"""The agent on Claude: it looks up, and proposes; signals, policy and budgets are not its own."""
