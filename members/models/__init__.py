from members.models.agreement import Agreement
from members.models.audience import FIELDS, Seen, SeenBy
from members.models.block import Block, people_parted_from
from members.models.concern import Concern
from members.models.connection import Connection, people_connected_to
from members.models.data_copy import DataCopy
from members.models.entry import Circle, Entry
from members.models.erasure import Erasure
from members.models.invitation import Invitation
from members.models.made_file import MadeFile, MadeFileQuerySet
from members.models.mail_choice import MailChoice
from members.models.notice import Notice
from members.models.photo import Photo
from members.models.profile import Profile
from members.models.suppression import MailEvent, Suppression
from members.models.user import User

__all__ = [
    "FIELDS",
    "Agreement",
    "Block",
    "Circle",
    "Concern",
    "Connection",
    "DataCopy",
    "Entry",
    "Erasure",
    "Invitation",
    "MadeFile",
    "MadeFileQuerySet",
    "MailChoice",
    "MailEvent",
    "Notice",
    "Photo",
    "Profile",
    "Seen",
    "SeenBy",
    "Suppression",
    "User",
    "people_connected_to",
    "people_parted_from",
]
