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


def luhn(number):
    """Luhn's sum over a row of digits, as on every payment card."""
    row = [int(digit) for digit in number][::-1]
    doubled = (sum(divmod(2 * digit, 10)) for digit in row[1::2])
    return len(set(row)) > 1 and (sum(row[::2]) + sum(doubled)) % 10 == 0


def is_card(text):
    number = digits(text)
    return 13 <= len(number) <= 19 and luhn(number)


def is_iban(text):
    """ISO 13616: country and check digits moved behind, letters as numbers, modulus 97."""
    plain = re.sub(r"[\s-]", "", text).upper()
    # A pattern that ignores case takes “İ” and “ſ” for letters of ours.
    if not 15 <= len(plain) <= 34 or not plain.isascii():
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1
