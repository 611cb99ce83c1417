"""Check digits: what tells a real number from a row of digits."""

import re


def digits(text):
    return re.sub(r"\D", "", text)


def is_nhs_number(text):
    """Modulus 11 over ten digits, as NHS England and the Scottish CHI define it."""
    number = [int(digit) for digit in digits(text)]
    if len(number) != 10 or len(set(number)) == 1:
        return False
    return (
        11 - sum(digit * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    ) % 11 == number[9]


def is_card(text):
    """Luhn's sum over 13 to 19 digits, as on every payment card."""
    number = [int(digit) for digit in digits(text)][::-1]
    doubled = (sum(divmod(2 * digit, 10)) for digit in number[1::2])
    return 13 <= len(number) <= 19 and len(set(number)) > 1 and (sum(number[::2]) + sum(doubled)) % 10 == 0


def is_iban(text):
    """ISO 13616: country and check digits moved behind, letters as numbers, modulus 97."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1
