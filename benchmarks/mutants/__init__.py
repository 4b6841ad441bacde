"""Whether the tests notice when a rule is changed: each rule is broken in one place at a time."""
