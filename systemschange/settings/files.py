"""Files: what the site brings along, and what people give it."""

from pathlib import Path

from systemschange.settings.environment import env
from systemschange.settings.where import BASE_DIR, EMBEDDED, STATE

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "design.finders.Stylesheet",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(STATE / "media")))
# Members' photos and reports' pictures: never below an address, not even a secret one.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(STATE / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "confidentiality.storage.PrivateFiles",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "design.static_files.KeptManifest"},
}
if EMBEDDED:
    # Straight from the source folders: nothing to collect before the first page.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True


def s3_storages():
    """The two storages of uploaded files in one bucket; neither hands out an address for what is private."""
    options = {
        "bucket_name": env.str("S3_BUCKET", default=None),
        "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
        "region_name": env.str("S3_REGION", default=None),
        "access_key": env.str("S3_ACCESS_KEY", default=None),
        "secret_key": env.str("S3_SECRET_KEY", default=None),
        "default_acl": "private",
        "file_overwrite": False,
    }
    return {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
        "private": {
            "BACKEND": "confidentiality.bucket.PrivateObjects",
            "OPTIONS": {**options, "location": "private"},
        },
    }


if (in_a_bucket := s3_storages())["default"]["OPTIONS"]["bucket_name"]:
    STORAGES |= in_a_bucket
# No original touches a disk. A request may bring a few files, together no longer than one picture.
FILE_UPLOAD_HANDLERS = ["confidentiality.uploads.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FILES = 4
