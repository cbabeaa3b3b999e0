"""Passwords that are guessed first.

Lists of leaked passwords are mostly a few hundred words with digits and signs around them, walks over the
keyboard, and repetitions. So instead of a list of each form, the forms are taken off and the rest is looked
up.
"""

from __future__ import annotations

import re

_WORDS = frozenset(
    """
    access account adgjmptw admin administrator alexander amanda america andrea andrew angel anthony apple
    april arsenal asdf asdfgh asdfghjkl ashley august austin babygirl bailey banana barcelona baseball
    basketball batman beautiful bonjour boomer brandon buster butterfly camaro carlos changeme changemenow
    charlie cheese chelsea chicken chocolate chris christ christmas computer cookie corvette cowboys dallas
    daniel december default diamond dolphin donald dragon dubsmash eagles elizabeth email eminem europe eyphed
    facebook family february ferrari firstname flower football forever freedom friends garfield george ginger
    google guest hannah hannover harley heather hello helloworld hockey hunter iloveyou iloveu infinity
    internet jackson january jasmine jennifer jessica jesus jordan joseph joshua july june justin killer kitty
    lakers letmein liverpool london login lovely loveme loveyou maggie manchester march marina martin master
    matrix matthew maverick mercedes merlin michael michelle mickey microsoft monday monkey monkeys monster
    mustang mypassword naruto nathan newpassword nicole nothing november october office oliver orange pass
    passw password passwort pepper phoenix pokemon postmaster postroom prince princess private purple qazwsx
    qazwsxedc querty qwer qwert qwerty qwertyui qwertyuiop qwertz qwertzuiop rainbow rangers richard robert
    root samantha samsung saturday scooter secret secretpassword security september server shadow silver
    snoopy soccer sommer sophie spiderman spring starwars startfrei summer sunday sunshine superman superuser
    support system taylor teacher tennis test tester testing testtest thomas thunder tigger tinkerbell trustno
    trustnoone tuesday turtle user vanessa victoria victory wachtwoord wednesday welcome whatever william
    willkommen winner winter wizard xxxxxx yamaha yankees yellow zaq zxcvbn zxcvbnm correcthorsebatterystaple
    motdepasse contrasena contraseña senha parola geheim hallo schatz azerty azertyuiop ficken soleil doudou
    hejsan lösenord salasana heslo haslo jelszo parole sifre
    """.split()  # noqa: SIM905  # a list of words reads as words
)
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
_LEET = str.maketrans("0134578@$!€", "oieastbasie")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST_CHECKED = 40
_FEWEST_DIGITS = 14


def is_common(password: str, names: tuple[str, ...] = ()) -> bool:
    """Whether the lower-case password is a common word, one of `names`, a keyboard walk or a repetition."""
    if len(password) > _LONGEST_CHECKED:
        return len(set(password)) < 4
    if len(set(password)) < 4 or _is_repetition(password) or _is_walk(_SIGNS.sub("", password)):
        return True
    if password.isdigit():
        return len(password) < _FEWEST_DIGITS
    known = _WORDS | _parts(names)
    core = _AROUND.sub("", password)
    forms = {core, _SIGNS.sub("", core), _AROUND.sub("", password.translate(_LEET)), core.translate(_LEET)}
    forms |= {re.sub(r"[\W\d_]+", "", form) for form in tuple(forms)}
    return any(not form or form in known or _is_pair(form, known) for form in forms)


def _parts(names: tuple[str, ...]) -> set[str]:
    pieces = {
        piece for name in names for piece in (*re.split(r"[@.\W]", name.lower()), *name.lower().split("@"))
    }
    return {plain for piece in pieces if len(plain := _SIGNS.sub("", piece)) > 3}


def _is_repetition(text: str) -> bool:
    """`abcabcabcabc`: one piece of up to a third, again and again."""
    for size in range(1, len(text) // 2 + 1):
        piece = text[:size]
        if piece * (len(text) // size) + piece[: len(text) % size] == text:
            return True
    return False


def _is_walk(text: str) -> bool:
    if len(text) < 6:
        return not text
    return any(text in line or text[::-1] in line for row in _ROWS for line in (row, row + row))


def _is_pair(form: str, known: frozenset[str] | set[str]) -> bool:
    """Two known words beside each other."""
    return any(form[:at] in known and form[at:] in known for at in range(3, len(form) - 2))
