"""How often the citation check catches a wrong sentence, and how often it doubts a true one."""
