"""What a member says about themselves, and to whom."""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from design.addresses import address
from design.compiled import compiled
from members.models.audience import SeenBy, seen
from members.models.block import people_parted_from
from members.models.connection import Connection
from members.models.photo import Photo
from members.models.user import User
from practices.models import Boundary, Place, Practice, Role

SHARED = ("works_in", "would_cross_to", "practices")  # lists of shared words


def new_public_id():
    """12 url-safe letters that count nothing and name nobody."""
    return secrets.token_urlsafe(9)


class ProfileQuerySet(models.QuerySet):
    def listed(self):
        """In the directory by their own choice, and in good standing."""
        return self.filter(listed_at__isnull=False, user__in=User.objects.current())

    def found_by(self, user):
        """Whom lists may show this reader: listed members, unless one of the two has blocked the other. Their own page
        stands there once they are listed, never because it is theirs."""
        if not getattr(user, "is_member", False):
            return self.none()
        parted = people_parted_from(user)
        return self.listed() if parted is None else self.listed().exclude(user__in=parted)

    def at_shown_organisation(self, text):
        """Listed members whose organisation every member may read, and who says this in its name (see `seen`)."""
        read = self.listed().filter(organisation_seen_by=SeenBy.MEMBERS, organisation__icontains=text)
        return read.exclude(works_in__sensitive=True)

    def visible_to(self, user):
        """The one rule for whose profile may be read: whoever is found by this reader, and everyone's own."""
        if not getattr(user, "is_member", False):
            return self.filter(user_id=user.pk) if user.pk else self.none()
        # Of one row, and not "among all whom they find": there PostgreSQL looks through everybody for one.
        return self.filter(Exists(self.model.objects.found_by(user).filter(pk=OuterRef("pk"))) | Q(user=user))

    def refresh_entries(self, user):
        """Whatever changed an account calls this; most accounts are not listed, and cost one short question."""
        if self.filter(user=user, listed_at__isnull=False).exists():
            from members import entries  # which stands on the models

            entries.refresh(user.pk)

    def for_page(self):
        """With all that `seen_by` looks at."""
        return self.for_one_page().prefetch_related(*SHARED)

    def for_one_page(self):
        """The same without the lists, which `bring_shared` brings for one of them."""
        return self.select_related("user", "role", "place__parent__parent", "photo")


class Profile(models.Model):
    """One a member; in the directory only by choice (`listed_at`)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.SET_NULL, related_name="profiles")
    organisation = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="profiles")
    works_in = models.ManyToManyField(Boundary, blank=True, related_name="profiles_inside")
    would_cross_to = models.ManyToManyField(Boundary, blank=True, related_name="profiles_crossing")
    practices = models.ManyToManyField(Practice, blank=True, related_name="profiles")
    ask_me_about = models.CharField(max_length=300, blank=True)
    help_with = models.CharField(_("I would like help with"), max_length=300, blank=True)
    photo = models.OneToOneField(Photo, null=True, blank=True, on_delete=models.SET_NULL, related_name="profile")
    role_seen_by = SeenBy.field()
    organisation_seen_by = SeenBy.field()
    place_seen_by = SeenBy.field()
    works_in_seen_by = SeenBy.field()
    would_cross_to_seen_by = SeenBy.field()
    practices_seen_by = SeenBy.field()
    ask_me_about_seen_by = SeenBy.field()
    help_with_seen_by = SeenBy.field()
    photo_seen_by = SeenBy.field()
    listed_at = models.DateTimeField(_("listed in the directory"), null=True, blank=True)
    weekly_letter = models.BooleanField(null=True, help_text=_("Empty: never asked, so no letter."))

    objects = ProfileQuerySet.as_manager()

    def __str__(self):
        return str(self.user)

    def get_absolute_url(self):
        return address("networks:person", self.public_id)

    def list_in_directory(self, wish, *, now):
        """Set, not saved: listed since when, kept while the wish stays the same."""
        if wish != bool(self.listed_at):
            self.listed_at = now if wish else None

    def show(self, photo):
        """This photo from now on, or none; the one before is deleted with its file."""
        before, self.photo = self.photo, photo
        self.save(update_fields=["photo"])
        if before:
            before.delete()

    def bring_shared(self):
        """Its lists, as `for_page()` brings them for many: `seen_by` costs no query then."""
        for name, found in zip(SHARED, (_works_in(self), _would_cross_to(self), _practices(self)), strict=True):
            every = self._meta.get_field(name).related_model.objects.all()
            every._result_cache, every._prefetch_done = found, True
            self.__dict__.setdefault("_prefetched_objects_cache", {})[name] = every

    @property
    def is_sensitive(self):
        """They work where being recognised can put somebody in danger; asks for `works_in`."""
        return any(boundary.sensitive for boundary in self.works_in.all())

    def seen_by(self, circle):
        """What this circle of readers is shown."""
        return seen(self, circle)

    def shown_to_members(self, name):
        """One field as members read it, for where no more than a role and a region is said; nothing where it is
        hidden from them. A place stands here as it was chosen: say its region."""
        return getattr(self, name) if getattr(self, f"{name}_seen_by") == SeenBy.MEMBERS else None

    def circle_of(self, reader):
        """In which circle somebody stands who may open the page. One's own page looks as other members see it."""
        connected = reader.pk != self.user_id and bool(_between(*sorted([reader.pk, self.user_id])))
        return SeenBy.CONNECTIONS if connected else SeenBy.MEMBERS


@compiled
def _works_in(profile):
    return profile.works_in.all()


@compiled
def _would_cross_to(profile):
    return profile.would_cross_to.all()


@compiled
def _practices(profile):
    return profile.practices.all()


@compiled
def _between(low, high):
    return Connection.objects.filter(first_id=low, second_id=high).values("pk")[:1]
