"""The one reader of the environment. It refuses a name that `meanings` does not explain: the reference is complete."""

import environ

from systemschange.settings.meanings import MEANINGS


class Environment(environ.Env):
    """django-environ's reader; `defaults` holds what each name was asked for with."""

    def __init__(self):
        super().__init__()
        self.defaults = {}

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        if var not in MEANINGS:
            raise LookupError(f"{var} is read and not explained: add it to systemschange/settings/meanings.py.")
        self.defaults.setdefault(var, default)
        return super().get_value(var, cast=cast, default=default, parse_default=parse_default)


env = Environment()
