"""Where our own files stand: found by a hash of what is in them, worked out once a process and not for each link."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KeptManifest(CompressedManifestStaticFilesStorage):
    """A process knows one manifest for its life, as its storage does anyway."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses = {}

    def url(self, name, force=False):
        if force:  # while files are collected
            return super().url(name, force=True)
        if (found := self._addresses.get(name)) is None:
            found = self._addresses[name] = super().url(name)
        return found
