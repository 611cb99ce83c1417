"""Every address of the site. Nouns first, lower case, a trailing slash, no numbers that count."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from members import mail_events, ways_in
from members.admin_account import account
from members.views import sessions
from reports.views.pdf import evidence_pdf
from reports.views.report import report
from stories.views import closing, concerns, jotting, reporting
from systemschange import installed, views
from systemschange.operations import views as watching

# Machines, and staff, whose admin is in English.
urlpatterns = [
    path("healthz", watching.healthz, name="healthz"),
    path("readyz", watching.readyz, name="readyz"),
    path("metrics", watching.metrics, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("worker.js", installed.worker, name="worker"),
    path("offline/", installed.offline, name="offline"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-pages.xml", views.sitemap_pages, name="sitemap_pages"),
    path("sitemap-stories-<int:number>.xml", views.sitemap_stories, name="sitemap_stories"),
    path(".well-known/security.txt", views.security, name="security"),
    path("mail-events/<slug:provider>/", mail_events.take, name="mail_events"),
    path("api/", include("insights.api_urls")),
    path("design/", include("design.urls")),
    # Before Wagtail's own: the same reports without the stories.
    path("admin/reports/", include("stories.staff.reports")),
    # And the same account page without a picture.
    path("admin/account/", account),
    path("admin/", include(wagtailadmin_urls)),
]
if settings.EMBEDDED and settings.EMAIL_BACKEND.startswith("systemschange.embedded"):
    urlpatterns.append(path("mail/", include("systemschange.embedded.urls")))
# In every language: the first has no prefix, so that an address from before a second one leads where it led.
urlpatterns += i18n_patterns(
    path("tell-us/", concerns.worry, name="worry"),
    path("about/", include("systemschange.about_urls")),
    # Before allauth's own, which it wraps.
    path("account/logout/", jotting.sign_out, name="account_logout"),
    path("account/2fa/webauthn/reauthenticate/", ways_in.reauthenticate, name="mfa_reauthenticate_webauthn"),
    path("account/2fa/webauthn/add/", ways_in.add, name="mfa_add_webauthn"),
    path("account/2fa/totp/activate/", ways_in.activate_app, name="mfa_activate_totp"),
    path("account/password/set/", ways_in.set_password, name="account_set_password"),
    path("account/email/", ways_in.change_address, name="account_email"),
    # Whoever leaves decides about each of their stories, so this page stands on the floor of the stories.
    path("account/close/", closing.close, name="close_account"),
    path("account/", include("members.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", sessions, name="usersessions_list"),
    path("account/provider/", include("members.provider.urls")),
    path("stories/", include("stories.urls")),
    path("practices/", include("stories.practice_urls")),
    path("attempts/", include("stories.attempt_urls")),
    path("crossings/", include("stories.crossing_urls")),
    path("places/", include("stories.place_urls")),
    path("people/", include("networks.urls")),
    # What was said between members is reported to the moderators, whose room is above.
    path("introductions/<slug:key>/report/", reporting.report_introduction, name="report_introduction"),
    path("conversations/<slug:key>/report/<slug:message_key>/", reporting.report_message, name="report_message"),
    path("coalitions/<slug:key>/report/", reporting.report_coalition, name="report_coalition"),
    path("coalitions/<slug:key>/report/<slug:notice_key>/", reporting.report_notice, name="report_notice"),
    path("introductions/", include("networks.introduction_urls")),
    path("conversations/", include("networks.conversation_urls")),
    path("coalitions/", include("networks.gathering_urls")),
    path("coalitions/", include("networks.coalition_urls")),
    path("coalitions/", include("stories.group_urls")),
    path("coalitions/", include("insights.group_urls")),
    path("cohorts/", include("networks.cohort_urls")),
    # The concern's page stands on the floor of the stories, where concerns are read.
    path("rule-or-habit/<slug:what>/<slug:key>/concern/", concerns.concern_rule, name="rule_concern"),
    path("rule-or-habit/", include("networks.rules_urls")),
    path("insights/", include("insights.urls")),
    path("evidence/", include("insights.pack_urls")),
    # Set as reports are, whose room is above.
    path("evidence/<slug:key>/pdf/", evidence_pdf, name="evidence_pdf"),
    path("questions/", include("reports.question_urls")),
    path("letter/", include("digests.urls")),
    path("", include("digests.subscribe_urls")),
    path("", include("reports.urls")),
    # Before Wagtail's own page, and by its name: most of what stands two steps down is a report.
    re_path(r"^((?!_)[\w-]+/[\w-]+/)$", report, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "design.errors.bad_request"
handler403 = "design.errors.permission_denied"
handler404 = "design.errors.page_not_found"
handler500 = "design.errors.server_error"
