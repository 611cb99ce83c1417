"""The same as `PrivateFiles` in an S3-compatible bucket, which would otherwise sign addresses for whoever asks."""

from storages.backends.s3 import S3Storage


class PrivateObjects(S3Storage):
    """Objects that only a view hands out, after asking who is looking."""

    def url(self, name, *args, **kwargs):
        raise ValueError("A private file has no address.")
