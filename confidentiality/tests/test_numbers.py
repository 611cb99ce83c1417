"""Check digits are right for numbers that are published as examples, and wrong for every neighbour of them."""

import pytest

from confidentiality.check.numbers import is_card, is_iban, is_nhs_number, luhn


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "943-476-5919", "401 023 2137"])
def test_an_nhs_number_has_its_check_digit(number):
    assert is_nhs_number(number)


@pytest.mark.parametrize("digit", [digit for digit in "0123456789" if digit != "9"])
def test_an_nhs_number_with_another_last_digit_is_none(digit):
    assert not is_nhs_number("943476591" + digit)


@pytest.mark.parametrize("number", ["0000000000", "1111111111", "94347659", "94347659190", ""])
def test_too_short_too_long_and_the_same_all_over_are_no_nhs_numbers(number):
    assert not is_nhs_number(number)


@pytest.mark.parametrize(
    "number", ["4111 1111 1111 1111", "4012888888881881", "378282246310005", "5555-5555-5555-4444"]
)
def test_a_card_has_luhns_sum(number):
    assert is_card(number)


@pytest.mark.parametrize("number", ["4111 1111 1111 1112", "4012888888881888", "0000000000000000", "79927398713"])
def test_without_luhns_sum_or_of_another_length_it_is_no_card(number):
    assert not is_card(number)


def test_luhn_knows_its_own_example():
    assert [luhn("7992739871" + digit) for digit in "0123456789"] == [digit == "3" for digit in "0123456789"]


@pytest.mark.parametrize(
    "number", ["GB82 WEST 1234 5698 7654 32", "GB29NWBK60161331926819", "de89 3704 0044 0532 0130 00"]
)
def test_an_iban_has_its_remainder(number):
    assert is_iban(number)


@pytest.mark.parametrize(
    "number", ["GB82 WEST 1234 5698 7654 33", "GB28NWBK60161331926819", "GB82", "GB82" + "1" * 31, "AA00000İ0000000"]
)
def test_another_remainder_or_length_is_no_iban(number):
    assert not is_iban(number)
