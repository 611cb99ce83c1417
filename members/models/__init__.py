from members.models.agreement import Agreement
from members.models.concern import Concern
from members.models.invitation import Invitation
from members.models.notice import Notice
from members.models.photo import Photo
from members.models.profile import Profile
from members.models.user import User

__all__ = ["Agreement", "Concern", "Invitation", "Notice", "Photo", "Profile", "User"]
