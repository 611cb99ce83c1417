"""Accounts in the Wagtail admin, for administrators."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.users import forms as wagtail_forms
from wagtail.users.views import users

from members import actions

STAFF = _("Staff may enter this admin, with a second factor, and do what their roles allow.")


class AccountFields:
    """One name is enough; the password and the address are the person's own business."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = False
        self.fields["is_staff"].help_text = STAFF

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AddForm(AccountFields, wagtail_forms.UserCreationForm):
    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = wagtail_forms.UserCreationForm.Meta.fields | {"is_staff"}

    def save(self, commit=True):
        """Whom an administrator adds is let in; the first code by mail proves the address."""
        self.instance.set_unusable_password()
        self.instance.approved_at = timezone.now()
        return super().save(commit)


class EditForm(AccountFields, wagtail_forms.UserEditForm):
    suspended = forms.BooleanField(
        required=False, help_text=_("Shuts the person out at once: their sessions end, and nobody sees their profile.")
    )

    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = wagtail_forms.UserEditForm.Meta.fields | {"is_staff"}

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.fields["email"].disabled = True
        self.fields["email"].help_text = gettext("Only its owner changes it.")
        self.initial["suspended"] = bool(self.instance.suspended_at)
        if editing_self:
            del self.fields["suspended"]
            del self.fields["is_staff"]

    def save(self, commit=True):
        user = super().save(commit)
        if "suspended" in self.changed_data:
            if self.cleaned_data["suspended"]:
                actions.suspend(user, now=timezone.now())
            else:
                user.readmit()
        return user


class IndexView(users.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().people()


class UserViewSet(users.UserViewSet):
    index_view_class = IndexView
    create_template_name = "members/admin/user_create.html"
    edit_template_name = "members/admin/user_edit.html"

    def get_form_class(self, for_update=False):
        return EditForm if for_update else AddForm
