NO_MEMBER, SAID_NO, ON_BREAK = "No longer a member", "Said no to the letter", "Takes a break"
SUPPRESSED = "No mail to this address"
