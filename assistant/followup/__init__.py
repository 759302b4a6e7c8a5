"""A question after a question: its stand-alone text is written out, slot by slot, and then read like any other.

What a later turn leaves open it takes from the turns before it: the subject ("同比呢"), what is asked of it
("那建安投资呢"), the period ("全年任务是多少" of the same thing), the place. What it names itself stays; a change of
subject starts afresh.
"""

from assistant.followup.reading import alternatives, continued, elaborated, lightened
from assistant.followup.references import dangles
from assistant.followup.turns import Continued

__all__ = ["Continued", "alternatives", "continued", "dangles", "elaborated", "lightened"]
