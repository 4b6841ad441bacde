"""Each judge believes one system's own record and nobody's word: every count must be 0."""
