"""Days and hours of the letter as people say them."""

HOURS = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def about(moment):
    """ "about half past seven", "about three in the afternoon": to the nearest half hour before."""
    hour = HOURS[moment.hour % 12]
    said = f"half past {hour}" if moment.minute >= 30 else hour
    return f"about {said}{part_of_day(moment.hour)}"


def part_of_day(hour):
    """Letters come in the morning unless it is said."""
    if hour < 12:
        return ""
    return " in the afternoon" if hour < 18 else " in the evening"


def day_of(moment):
    return f"{moment:%A} {moment.day} {moment:%B}"


def comes(moment):
    """ "Thursday 3 December, about half past seven" """
    return f"{day_of(moment)}, {about(moment)}"


def clock(at):
    """An hour to choose: "7:30 am"."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"
