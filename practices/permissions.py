"""What staff may do with the shared words."""

from wagtail.permission_policies import ModelPermissionPolicy


class WordPolicy(ModelPermissionPolicy):
    """Nobody deletes a word, superusers included: what was told with it years ago still carries it."""

    refused = {"delete"}

    def user_has_permission(self, user, action):
        return action not in self.refused and super().user_has_permission(user, action)


class PlacePolicy(WordPolicy):
    """Places come from a table that is checked, so none is added by hand."""

    refused = {"add", "delete"}
