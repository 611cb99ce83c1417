from networks.models.rules import RuleAnswer, RuleQuestion

__all__ = [
    "RuleAnswer",
    "RuleQuestion",
]
