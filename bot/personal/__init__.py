"""What of a text is nobody's business: cards, accounts, addresses, tokens and passwords.

Found by their forms and by the words before them, in five languages. A number that is none may be
taken for one; the other mistake is the worse one.
"""

from bot.personal.finding import SECRET, Kind, Personal, beginning, find, masked

__all__ = ["SECRET", "Kind", "Personal", "beginning", "find", "masked"]
