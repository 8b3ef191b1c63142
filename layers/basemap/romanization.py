"""Ukrainian names in Latin letters, as street signs and passports write them. Pure.

Resolution 55 of the Cabinet of Ministers of 27 January 2010.
"""

LATIN = "a b v h g d e zh z y i k l m n o p r s t u f kh ts ch sh shch"
LETTERS = dict(zip("абвгґдежзиіклмнопрстуфхцчшщ", LATIN.split(" "), strict=True))
AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
ELSEWHERE = {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
UNWRITTEN = "ьЬ'’ʼ"


def romanized(name: str) -> str:
    """The name in Latin letters; other alphabets stay as they are."""
    written: list[str] = []
    before = ""
    for letter in name:
        if letter not in UNWRITTEN:
            written.append(_letter(letter, before))
        before = letter
    return "".join(written)


def _letter(letter: str, before: str) -> str:
    small = letter.lower()
    starts = not (before.isalpha() or (before and before in UNWRITTEN))
    latin = (AT_THE_START if starts else ELSEWHERE).get(small) or LETTERS.get(small, letter)
    if small == "г" and before.lower() == "з":
        latin = "gh"
    return latin.capitalize() if letter.isupper() else latin
