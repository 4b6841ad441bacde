"""The edges: a protocol into commands, cards into a protocol; they decide nothing."""
