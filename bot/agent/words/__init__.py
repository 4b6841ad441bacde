"""Word lists of the offline agent, in the phrase spelling of `bot.agent.phrases`."""
