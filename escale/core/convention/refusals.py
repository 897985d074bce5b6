"""What the rules of a convention refuse: a code that programs know, and words that say what to do."""

from __future__ import annotations


class RefusedError(ValueError):
    """Something that the convention, or the law around it, does not allow; `place` names the input concerned, if there is one."""

    def __init__(self, code: str, message: str, *, place: str = "") -> None:
        super().__init__(f"{code} : {message}")
        self.code = code
        self.message = message
        self.place = place
