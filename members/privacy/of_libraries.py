"""What Django, allauth, Wagtail and taggit keep about people. Most of Wagtail's is about staff: the admin is theirs."""

from functools import partial

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, UploadedFile
from wagtail.users.models import UserProfile

from members.privacy.rules import by, delete, goes_with, keep, nobody, register, unlink
from members.privacy.telling import not_told, table

STAFFS = not_told("it stands in the admin, for staff: what they do there is the organisation's")
WORK = _("the organisation's work stays, without who did it")

# --- Sign-in ----------------------------------------------------------------------------------------------------------


def end_sessions(leaver):
    """Every session that knows the account, one on its way in too: such a one is in no list."""
    for session in Session.objects.all().iterator():
        if _knows(SessionStore().decode(session.session_data), str(leaver.member.pk), leaver.addresses):
            session.delete()


def _knows(held, pk, addresses, name=""):
    """Whether one of the addresses stands anywhere in what a session holds, or the number where a user is meant."""
    if isinstance(held, dict):
        return any(_knows(one, pk, addresses, key) for key, one in held.items())
    if isinstance(held, list):
        return any(_knows(one, pk, addresses, name) for one in held)
    said = str(held).lower()
    return said in addresses or (said == pk and "user" in name)


register(
    "account.EmailAddress",
    user=delete(),
    email=goes_with("user"),
    export=table(_("Your addresses"), "user", ["email", "verified", "primary"]),
)
register("account.EmailConfirmation", words=goes_with("email_address"))
register(
    "mfa.Authenticator",
    user=delete(),
    words=goes_with("user"),
    # The keys themselves would let whoever finds the copy sign in.
    export=table(_("Your second factors"), "user", ["type", "created_at", "last_used_at"]),
)
register(
    "usersessions.UserSession",
    user=delete(),
    ip=goes_with("user"),
    words=goes_with("user"),
    export=table(_("Where you are signed in"), "user", ["created_at", "last_seen_at", "user_agent"]),
)
register(
    "socialaccount.SocialAccount",
    user=delete(),
    words=goes_with("user"),
    export=table(_("The provider with which you sign in"), "user", ["provider", "date_joined", "last_login"]),
)
register(
    "socialaccount.SocialToken",
    words=goes_with("account"),
    export=not_told("none is kept; one would open the member's accounts elsewhere"),
)
register("sessions.Session", session_data=by(end_sessions))
nobody(_("groups and what they may do"), "auth.Permission", "auth.Group", "contenttypes.ContentType")
nobody(_("which provider there is"), "socialaccount.SocialApp")

# --- Wagtail's records ------------------------------------------------------------------------------------------------


def forget_in_versions(leaver):
    """Pages' versions hold their owner and whose comment it was as numbers inside JSON."""
    for version in Revision.objects.filter(base_content_type__app_label="wagtailcore").iterator():
        content = _without(version.content, leaver.member.pk)
        if content != version.content:
            Revision.objects.filter(pk=version.pk).update(content=content)


WHO = {"owner", "locked_by", "user", "resolved_by", "uploaded_by_user", "requested_by"}


def _without(held, pk):
    """The same without this number where a number says who: a comment of theirs goes, all else points at nobody."""
    if isinstance(held, list):
        return [_without(one, pk) for one in held if not (isinstance(one, dict) and one.get("user") == pk)]
    if isinstance(held, dict):
        return {name: None if name in WHO and one == pk else _without(one, pk) for name, one in held.items()}
    return held


def _drop_uploads(leaver):
    for upload in UploadedFile.objects.filter(uploaded_by_user=leaver.member):
        _drop(upload, upload.file)


def _drop_settings(leaver):
    for settings in UserProfile.objects.filter(user=leaver.member):
        _drop(settings, settings.avatar)


def _drop(row, file):
    """A row, and its file once the row is gone for good."""
    if file:
        transaction.on_commit(partial(file.storage.delete, file.name))
    row.delete()


register(
    "wagtailcore.Revision",
    user=unlink(WORK),
    object_id=delete(),
    words=by(forget_in_versions),
    export=not_told("a story's versions stand with the story"),
)
register(
    "wagtailcore.ModelLogEntry",
    user=unlink(_("who did what and when is the organisation's; the number of an account that is gone says nothing")),
    object_id=delete(_("what was done to the account: it names it")),
    words=goes_with("object_id"),
    export=STAFFS,
)
register(
    "wagtailcore.PageLogEntry", user=unlink(WORK), words=keep(_("titles of pages that staff write")), export=STAFFS
)
register("wagtailcore.WorkflowState", requested_by=unlink(WORK), object_id=delete(), export=STAFFS)
register("wagtailcore.TaskState", finished_by=unlink(WORK), words=goes_with("revision"), export=STAFFS)
register(
    "wagtailcore.Page",
    owner=unlink(WORK),
    locked_by=unlink(WORK),
    words=keep(_("what the organisation publishes")),
    export=STAFFS,
)
register(
    "wagtailcore.Comment",
    user=delete(),
    resolved_by=unlink(WORK),
    words=goes_with("user"),
    export=table(_("Your comments on pages"), "user", ["created_at", "text"]),
)
register(
    "wagtailcore.CommentReply",
    user=delete(),
    words=goes_with("user"),
    export=table(_("Your replies to comments on pages"), "user", ["created_at", "text"]),
)
register("wagtailcore.PageSubscription", user=delete(), export=STAFFS)
register(
    "wagtailcore.APIToken",
    user=delete(),
    words=goes_with("user"),
    export=table(_("Your keys for programs"), "user", ["name", "created", "last_used_at"]),
)
register("wagtailcore.UploadedFile", uploaded_by_user=by(_drop_uploads), words=goes_with("user"), export=STAFFS)
register("wagtailcore.ReferenceIndex", object_id=delete(), to_object_id=delete(), words=keep(_("names of columns")))
register("wagtailadmin.EditingSession", user=delete(), object_id=delete(), export=STAFFS)
register("wagtailadmin.FormState", user=delete(), object_id=delete(), words=goes_with("user"), export=STAFFS)
register(
    "wagtailusers.UserProfile",
    user=by(_drop_settings),
    words=goes_with("user"),
    export=table(_("Your settings in the admin"), "user", ["preferred_language", "current_time_zone", "theme"]),
)
register(
    "wagtailimages.Image",
    uploaded_by_user=unlink(WORK),
    words=keep(_("Wagtail's own table of pictures: empty, ours stand in reports")),
    export=STAFFS,
)
register("wagtailsearch.IndexEntry", object_id=delete(), words=keep(_("words of pages that staff write")))
register("taggit.TaggedItem", object_id=delete())
nobody(
    _("what stands here hangs on pages and pictures that staff keep"),
    "wagtailforms.FormSubmission",
    "wagtailredirects.Redirect",
    "wagtailimages.Rendition",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.WorkflowPage",
    "wagtailcore.Site",
    "wagtailcore.GroupPagePermission",
)
nobody(
    _("how the site is set up, and words that all share"),
    "wagtailembeds.Embed",
    "wagtailadmin.Admin",
    "wagtailcore.Locale",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.Collection",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowTask",
    "wagtailcore.Task",
    "wagtailcore.GroupApprovalTask",
    "taggit.Tag",
    "practices.Boundary",
    "practices.Place",
    "practices.Practice",
    "practices.Role",
)
