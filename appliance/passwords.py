"""What a password must be, and its hash: for the page and for `quietline password`. No store, no request."""

import threading

SHORTEST = 8
LONGEST = 200

# The commonest of eight characters and more in every published list of leaked passwords, and our own names.
TOO_COMMON = frozenset(
    [
        "password",
        "passw0rd",
        "password1",
        "password12",
        "password123",
        "password1234",
        "12345678",
        "123456789",
        "1234567890",
        "87654321",
        "11111111",
        "00000000",
        "88888888",
        "12341234",
        "11223344",
        "12344321",
        "qwertyui",
        "qwerty12",
        "qwerty123",
        "qwertyuiop",
        "1q2w3e4r",
        "1q2w3e4r5t",
        "1qaz2wsx",
        "asdfghjk",
        "asdfghjkl",
        "zxcvbnm1",
        "abcd1234",
        "abcdefgh",
        "abc12345",
        "iloveyou",
        "iloveyou1",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "starwars",
        "computer",
        "internet",
        "trustno1",
        "welcome1",
        "letmein1",
        "whatever",
        "michelle",
        "jennifer",
        "changeme",
        "default1",
        "administrator",
        "admin123",
        "admin1234",
        "raspberry",
        "raspberrypi",
        "raspberry1",
        "quietline",
        "quietline1",
        "quietline123",
        "telephone",
        "callblocker",
    ]
)

# One hash takes 32 MB for a tenth of a second; twenty at once would be 640 MB.
_one_at_a_time = threading.Lock()


def refusal(password: str, again: str) -> str | None:
    """Why this cannot be the new password, as a sentence, or None when it can."""
    if len(password) < SHORTEST:
        return f"Please take at least {SHORTEST} characters; this one has {len(password)}."
    if len(password) > LONGEST:
        return f"Please take at most {LONGEST} characters."
    if password.lower() in TOO_COMMON or len(set(password)) < 3:
        return "That password is one of the first that a stranger would try. Please take another one."
    if password != again:
        return "The two are not the same. Please type the new password again, twice."
    return None


def hashed(password: str) -> str:
    """The hash to keep (scrypt, salted)."""
    from werkzeug.security import generate_password_hash

    with _one_at_a_time:
        return generate_password_hash(password, method="scrypt")


def matches(kept: str | None, password: str) -> bool:
    """Whether the password belongs to the hash."""
    from werkzeug.security import check_password_hash

    if kept is None or len(password) > LONGEST:
        return False
    with _one_at_a_time:
        return check_password_hash(kept, password)
