"""Pictures on S3-compatible storage, on a real S3 server: kept, read and deleted, and nobody is handed an address."""

from uuid import uuid4

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer

from systemschange import settings as site

pytestmark = pytest.mark.long
KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-west-2"}


@pytest.fixture
def bucket(settings, monkeypatch):
    """A bucket of a server that runs here, and the site's storages as `S3_BUCKET` makes them."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    name = f"pictures-{uuid4().hex}"  # the server remembers between its starts
    found = boto3.resource("s3", endpoint_url=address, **KEYS).Bucket(name)
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    given = {"S3_BUCKET": name, "S3_ENDPOINT_URL": address, "S3_REGION": "eu-west-2"}
    given |= {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}
    for setting, value in given.items():
        monkeypatch.setenv(setting, value)
    settings.STORAGES = {**settings.STORAGES, **site.s3_storages()}
    yield found
    server.stop()


def keys(bucket):
    return {one.key for one in bucket.objects.all()}


def test_private_files_are_kept_read_and_deleted_there_and_have_no_address(bucket):
    name = storages["private"].save("photos/one.jpg", ContentFile(b"picture"))
    assert keys(bucket) == {f"private/{name}"}
    with storages["private"].open(name) as found:
        assert found.read() == b"picture"
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url(name)
    storages["private"].delete(name)
    assert keys(bucket) == set()


def test_nothing_is_written_over_and_only_its_owner_may_read_it(bucket):
    first = storages["private"].save("photos/one.jpg", ContentFile(b"first"))
    second = storages["private"].save("photos/one.jpg", ContentFile(b"second"))
    assert first != second
    (grants,) = {len(one.Acl().grants) for one in bucket.objects.all()}
    assert grants == 1, "only its owner may read it"
