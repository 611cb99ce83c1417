"""Who each address is for, as data; `systemschange/tests/test_access.py` asks every address as every actor.

What is refused and what is missing are the same 404; a visitor at a page that needs signing in is sent to sign in.
Below /admin/ it counts first that one is staff, with a second factor used in this session
(`members.middleware.AdminSecondFactor`), then the row of the part in `ADMIN`; stories open only through `visible_to`.
"""

from enum import Enum


class Who(Enum):
    """Whom a page answers; everybody else gets what the comment says."""

    EVERYONE = "everyone"
    READERS = "whoever `Story.objects.visible_to` lets read it"  # everybody else: 404
    PUBLISHED = "whoever reads the published story; where something is written, signed in"  # of a draft: 404
    OPEN_DATA = "everyone, of a public story whose teller said yes to open data"  # of any other: 404
    RULES = "whoever `RuleQuestion.objects.visible_to` lets read it"  # everybody else: 404
    OPEN_RULE = "members, about a question that is shown"  # visitors are sent to sign in; of one that waits: 404
    SIGNED_OUT = "people who are not signed in"  # the signed-in are sent on
    STEP = "whoever is in the middle of something"  # everybody else is sent to where it begins
    SIGNED_IN = "anybody signed in, let in or not"  # visitors are sent to sign in
    OWN = "whoever has one of these, for their own"  # visitors are sent to sign in; for others it is not there
    MEMBERS = "members let in"  # visitors are sent to sign in; for those who wait it is not there
    TELLER = "who tells the story: its author and co-authors"  # visitors are sent to sign in; everybody else: 404
    AUTHOR = "the story's author"  # visitors are sent to sign in; everybody else, co-authors too: 404
    COAUTHOR = "who tells the story with its author"  # visitors are sent to sign in; everybody else: 404
    STAFF = "staff, with a second factor used in this session"  # visitors are sent to sign in; members: 403
    WRITES_REPORTS = "whoever writes reports, and everyone what a live one shows"  # of a draft, everybody else: 404
    MAIL_LINK = "whoever holds the link, from a mail or from staff"  # a wrong link: 404
    PROVIDER = "everyone, where the organisation's own sign-in is set up"  # elsewhere: 404
    MAIL_PROVIDER = "the mail provider, with its secret, where one is set up"  # everybody else: 404
    MACHINES = "everyone: which part is well, and no more"  # 503 where one is not
    WATCHER = "whoever holds METRICS_TOKEN, where one is set"  # everybody else: 404
    DEMO = "everyone, on a demo site only"  # elsewhere: 404


PAGES = {
    "healthz": Who.EVERYONE,
    "readyz": Who.MACHINES,
    "metrics": Who.WATCHER,
    # What readers read.
    "reports:home": Who.EVERYONE,
    "reports:search": Who.EVERYONE,
    "reports:list": Who.EVERYONE,
    "reports:write_back": Who.EVERYONE,  # of a draft: 404
    "reports:pdf": Who.EVERYONE,  # of a draft: 404
    "reports:feed": Who.EVERYONE,
    "reports:picture": Who.WRITES_REPORTS,
    "wagtail_serve": Who.EVERYONE,
    "stories:list": Who.EVERYONE,
    "stories:feed": Who.EVERYONE,
    "stories:wants_help": Who.EVERYONE,
    "stories:story": Who.READERS,
    "stories:picture": Who.PUBLISHED,
    "stories:concern": Who.PUBLISHED,
    "stories:concern_added": Who.PUBLISHED,
    "stories:concern_thanks": Who.PUBLISHED,
    "stories:block": Who.PUBLISHED,
    "stories:block_added": Who.PUBLISHED,
    "practices:list": Who.EVERYONE,
    "practices:practice": Who.EVERYONE,
    "practices:feed": Who.EVERYONE,
    "insights:boundaries": Who.EVERYONE,
    **{f"api:{name}": Who.EVERYONE for name in ("about", "document", "stories_csv", "stories", "crossings")},
    **{f"api:{name}": Who.EVERYONE for name in ("stories_json", "file", "progress")},
    "api:story": Who.OPEN_DATA,
    "insights:about": Who.EVERYONE,
    "insights:changes": Who.EVERYONE,
    "insights:practices": Who.EVERYONE,
    "insights:places": Who.EVERYONE,
    "insights:boundaries_csv": Who.EVERYONE,
    "evidence:pack": Who.MAIL_LINK,  # of a group's: who is in it
    "evidence_pdf": Who.MAIL_LINK,
    "group_evidence:list": Who.OWN,
    "group_evidence:take_back": Who.OWN,
    "crossings:list": Who.EVERYONE,
    "crossings:crossing": Who.EVERYONE,
    "crossings:feed": Who.EVERYONE,
    "places:list": Who.EVERYONE,
    "places:place": Who.EVERYONE,
    "places:feed": Who.EVERYONE,
    "sitemap": Who.EVERYONE,
    "sitemap_pages": Who.EVERYONE,
    "sitemap_stories": Who.EVERYONE,
    "robots": Who.EVERYONE,
    **dict.fromkeys(("manifest", "worker", "offline"), Who.EVERYONE),
    "design:gallery": Who.EVERYONE,
    # What the site says about itself.
    "worry": Who.EVERYONE,
    "about:safety": Who.EVERYONE,
    "about:privacy": Who.EVERYONE,
    "about:house_rules": Who.EVERYONE,
    "about:accessibility": Who.EVERYONE,
    "about:for_managers": Who.EVERYONE,
    "about:for_it": Who.EVERYONE,
    "security": Who.EVERYONE,
    # Telling a story: the jot is open to anyone, the rest is its teller's.
    "stories:new": Who.EVERYONE,
    "stories:kept": Who.STEP,
    "stories:attach": Who.SIGNED_IN,
    "stories:mine": Who.SIGNED_IN,
    "stories:safety": Who.AUTHOR,
    "stories:write": Who.TELLER,
    "stories:autosave": Who.TELLER,
    "stories:draft": Who.TELLER,
    "stories:card": Who.TELLER,
    "stories:check": Who.TELLER,
    "stories:preview": Who.TELLER,
    "stories:send": Who.AUTHOR,
    "stories:sent": Who.TELLER,
    "stories:questions": Who.TELLER,
    "stories:follow_up": Who.TELLER,
    "stories:listening": Who.AUTHOR,
    # What is added to a story.
    "stories:added": Who.SIGNED_IN,
    "stories:withdraw_added": Who.OWN,
    "stories:try": Who.PUBLISHED,
    "stories:try_practice": Who.EVERYONE,
    "stories:tried": Who.PUBLISHED,
    "stories:tried_kept": Who.STEP,
    "stories:tried_attach": Who.SIGNED_IN,
    "stories:thank": Who.PUBLISHED,
    "stories:write_to_teller": Who.PUBLISHED,
    "stories:respond": Who.PUBLISHED,
    "stories:responses": Who.PUBLISHED,
    "stories:organisation": Who.PUBLISHED,
    "practices:tried": Who.EVERYONE,
    "stories:take_back": Who.AUTHOR,
    "stories:take_answer_back": Who.AUTHOR,
    "stories:withdraw": Who.AUTHOR,
    "stories:delete": Who.AUTHOR,
    "stories:remind": Who.TELLER,
    "stories:hide": Who.AUTHOR,
    "stories:show": Who.AUTHOR,
    "stories:reach": Who.AUTHOR,
    "stories:quotes": Who.AUTHOR,
    "stories:answer_quotation": Who.AUTHOR,
    # What a member keeps and follows.
    "stories:kept_for_later": Who.SIGNED_IN,
    "stories:keep": Who.OWN,
    "stories:follow": Who.OWN,
    "stories:following": Who.SIGNED_IN,
    "stories:follow_search": Who.SIGNED_IN,
    "stories:follow_crossing": Who.SIGNED_IN,
    "stories:follow_seen": Who.SIGNED_IN,
    "stories:follow_stop": Who.SIGNED_IN,
    # What a member tries: their own log, which one group may read where they chose so.
    "attempts:list": Who.MEMBERS,
    "attempts:new": Who.MEMBERS,
    "attempts:attempt": Who.OWN,
    "attempts:change": Who.OWN,
    "attempts:make_story": Who.OWN,
    "attempts:delete": Who.OWN,
    # Telling it with others.
    "stories:invited": Who.MAIL_LINK,
    "stories:together": Who.TELLER,
    "stories:take_invitation_back": Who.AUTHOR,
    "stories:end_coauthor": Who.AUTHOR,
    "stories:leave": Who.COAUTHOR,
    "stories:name_coauthor": Who.COAUTHOR,
    "stories:their_word": Who.COAUTHOR,
    "stories:ask_for_word": Who.AUTHOR,
    "stories:agree_again": Who.TELLER,
    "stories:make_public": Who.AUTHOR,
    "stories:agreed": Who.AUTHOR,
    "stories:answer_suggestion": Who.TELLER,
    "stories:photos": Who.TELLER,
    "stories:change_photo": Who.TELLER,
    "stories:remove_photo": Who.TELLER,
    "stories:photo": Who.READERS,
    # People.
    "networks:people": Who.MEMBERS,
    "networks:person": Who.MEMBERS,
    "networks:photo": Who.MEMBERS,
    "networks:block": Who.MEMBERS,
    "introductions:list": Who.MEMBERS,
    "introductions:ask": Who.MEMBERS,
    "introductions:bring_together": Who.MEMBERS,
    "introductions:bring_these_together": Who.MEMBERS,
    "introductions:introduction": Who.OWN,
    "introductions:take_back": Who.OWN,
    "report_introduction": Who.OWN,
    "introductions:how_it_went": Who.OWN,
    "conversations:list": Who.MEMBERS,
    "conversations:conversation": Who.OWN,
    "conversations:draft": Who.OWN,
    "conversations:leave": Who.OWN,
    "conversations:block": Who.OWN,
    "conversations:mute": Who.OWN,
    "report_message": Who.OWN,
    "coalitions:list": Who.MEMBERS,
    "coalitions:new": Who.MEMBERS,
    "coalitions:coalition": Who.OWN,
    "coalitions:join": Who.OWN,
    "coalitions:ask": Who.OWN,
    "coalitions:take_back": Who.OWN,
    "coalitions:requests": Who.OWN,
    "coalitions:invite": Who.OWN,
    "coalitions:invited": Who.OWN,
    "coalitions:change": Who.OWN,
    "coalitions:close": Who.OWN,
    "coalitions:leave": Who.OWN,
    "coalitions:sit_down_again": Who.OWN,
    "coalitions:convene": Who.OWN,
    "coalitions:notices": Who.OWN,
    "coalitions:members": Who.OWN,
    "group_stories:list": Who.OWN,
    "report_coalition": Who.OWN,
    "report_notice": Who.OWN,
    "gatherings:own": Who.MEMBERS,
    "gatherings:list": Who.OWN,
    "gatherings:past": Who.OWN,
    "gatherings:new": Who.OWN,
    "gatherings:gathering": Who.OWN,
    "gatherings:change": Who.OWN,
    "gatherings:call_off": Who.OWN,
    "gatherings:calendar": Who.OWN,
    "cohorts:join": Who.MAIL_LINK,
    "cohorts:cohort": Who.OWN,
    # Rule or habit?
    "rules:list": Who.EVERYONE,
    "rules:question": Who.RULES,
    "rule_concern": Who.PUBLISHED,
    "rules:ask": Who.MEMBERS,
    "rules:own": Who.MEMBERS,
    "rules:answer": Who.OPEN_RULE,
    "rules:mark_best": Who.OPEN_RULE,
    "rules:withdraw": Who.OWN,
    # Questions from commissioners.
    "questions:list": Who.EVERYONE,
    "questions:question": Who.EVERYONE,  # before its day whoever writes questions, and nobody else
    "questions:answer": Who.MEMBERS,
    # The letter.
    "digests:letter": Who.SIGNED_IN,
    "digests:preview": Who.MEMBERS,
    "digests:preview_mail": Who.MEMBERS,
    "digests:archive": Who.SIGNED_IN,
    "digests:archived": Who.OWN,
    "digests:last": Who.OWN,
    "digests:leave": Who.MAIL_LINK,
    "mail_events": Who.MAIL_PROVIDER,
    # New stories by mail, for readers without an account.
    "subscribe:list": Who.EVERYONE,
    "subscribe:crossing": Who.EVERYONE,
    "subscribe:place": Who.EVERYONE,
    "digests:asked": Who.EVERYONE,
    "digests:confirm": Who.MAIL_LINK,
    "digests:leave_news": Who.MAIL_LINK,
    "digests:leave_one": Who.MAIL_LINK,
    # One's own account.
    "members:home": Who.SIGNED_IN,
    "members:welcome": Who.SIGNED_IN,
    "members:profile": Who.SIGNED_IN,
    "members:portrait": Who.SIGNED_IN,
    "members:listing": Who.SIGNED_IN,
    "members:security": Who.SIGNED_IN,
    "members:terms": Who.SIGNED_IN,
    "members:data": Who.SIGNED_IN,
    "members:take_data": Who.SIGNED_IN,
    "members:by_mail": Who.EVERYONE,
    "members:prove": Who.OWN,
    "members:link": Who.MAIL_LINK,
    "close_account": Who.SIGNED_IN,
    "members:closed": Who.EVERYONE,
    "members:mail": Who.SIGNED_IN,
    "members:take_break": Who.SIGNED_IN,
    "members:stop_mail": Who.MAIL_LINK,
    "members:blocked": Who.MEMBERS,
    "members:vouch": Who.MEMBERS,
    "members:invitation": Who.MAIL_LINK,
    "account_login": Who.SIGNED_OUT,
    "account_signup": Who.SIGNED_OUT,
    "account_logout": Who.EVERYONE,
    "account_inactive": Who.EVERYONE,
    "account_reauthenticate": Who.SIGNED_IN,
    "account_email": Who.SIGNED_IN,
    "account_email_verification_sent": Who.STEP,
    "account_change_password": Who.SIGNED_IN,
    "account_set_password": Who.SIGNED_IN,
    "account_reset_password": Who.EVERYONE,
    "account_confirm_login_code": Who.STEP,
    "account_confirm_password_reset_code": Who.STEP,
    "account_complete_password_reset": Who.STEP,
    "account_password_reset_completed": Who.EVERYONE,
    "account_request_login_code": Who.SIGNED_OUT,
    "mfa_index": Who.SIGNED_IN,
    "mfa_authenticate": Who.STEP,
    "mfa_reauthenticate": Who.SIGNED_IN,
    "mfa_activate_totp": Who.SIGNED_IN,
    "mfa_deactivate_totp": Who.OWN,
    "mfa_login_webauthn": Who.STEP,
    "mfa_list_webauthn": Who.SIGNED_IN,
    "mfa_add_webauthn": Who.SIGNED_IN,
    "mfa_edit_webauthn": Who.OWN,
    "mfa_remove_webauthn": Who.OWN,
    "mfa_reauthenticate_webauthn": Who.SIGNED_IN,
    "mfa_view_recovery_codes": Who.OWN,
    "mfa_generate_recovery_codes": Who.SIGNED_IN,
    "mfa_download_recovery_codes": Who.OWN,
    "socialaccount_connections": Who.PROVIDER,
    "socialaccount_signup": Who.PROVIDER,
    "socialaccount_login_cancelled": Who.PROVIDER,
    "socialaccount_login_error": Who.PROVIDER,
    "openid_connect_login": Who.PROVIDER,
    "openid_connect_callback": Who.PROVIDER,
    "usersessions_list": Who.SIGNED_IN,
    # Wagtail's own ways in; ours stand before them.
    "wagtailcore_login": Who.STAFF,
    "wagtailcore_authenticate_with_password": Who.MAIL_LINK,
    # The mails of a demo site.
    "mail:list": Who.DEMO,
    "mail:mail": Who.DEMO,
    "mail:html": Who.DEMO,
    "mail:raw": Who.DEMO,
}


class Staff(Enum):
    """Who among the staff finds something in a part of the admin; the others are sent home, or it is missing."""

    ANY = ("moderator", "editor", "admin")
    MODERATORS = ("moderator", "admin")
    EDITORS = ("editor", "admin")
    ADMINS = ("admin",)
    NOBODY = ()


# By how an address begins; the longest beginning counts. An address without one fails the build.
ADMIN = {
    "admin/": Staff.ANY,  # the home page alone: see `admin_row`
    "admin/^.*/$": Staff.NOBODY,  # whatever Wagtail does not know
    "admin/account/": Staff.ANY,
    "admin/login/": Staff.NOBODY,
    "admin/logout/": Staff.ANY,
    "admin/password_reset/": Staff.NOBODY,
    # Wagtail's own furniture.
    "admin/dismissibles/": Staff.ANY,
    "admin/editing-sessions/": Staff.ANY,
    "admin/failwhale/": Staff.ANY,
    "admin/jsi18n/": Staff.ANY,
    "admin/sprite/": Staff.ANY,
    "admin/tag-autocomplete/": Staff.ANY,
    "admin/test404/": Staff.ANY,
    "admin/block-preview/": Staff.NOBODY,
    "admin/choose-anchor-link/": Staff.ANY,
    "admin/choose-email-link/": Staff.ANY,
    "admin/choose-external-link/": Staff.ANY,
    "admin/choose-phone-link/": Staff.ANY,
    "admin/embeds/": Staff.ANY,
    "admin/bulk/": Staff.NOBODY,  # opened with chosen things only, and asks the policy of each
    # Reports and their pictures.
    "admin/api/main/^documents/": Staff.NOBODY,
    "admin/api/main/^images/": Staff.EDITORS,
    "admin/api/main/^pages/": Staff.ANY,  # live ones to whoever writes none
    "admin/choose-page/": Staff.EDITORS,
    "admin/forms/": Staff.EDITORS,
    "admin/images/": Staff.EDITORS,
    "admin/pages/": Staff.EDITORS,
    "admin/guide/": Staff.ANY,
    "admin/report_stories/": Staff.ANY,  # what each of them reads
    "admin/report_words/": Staff.ANY,  # of stories that each of them reads
    "admin/story-words/": Staff.EDITORS,
    "admin/report-letters/": Staff.EDITORS,
    "admin/evidence/": Staff.EDITORS,
    "admin/reports/": Staff.EDITORS,
    "admin/reports/locked/": Staff.ADMINS,
    "admin/reports/site-history/": Staff.ANY,  # of stories: that something was done, without a word or a name
    # Shared words.
    "admin/snippets/": Staff.NOBODY,
    "admin/snippets/choose/practices/": Staff.ANY,
    "admin/snippets/choose/reports/": Staff.ANY,  # what each of them reads
    "admin/snippets/practices/": Staff.EDITORS,
    "admin/snippets/reports/": Staff.EDITORS,  # questions from commissioners
    # Stories and what is said about them.
    "admin/moderation/": Staff.MODERATORS,
    "admin/moderation/featured/": Staff.ANY,
    "admin/moderation/look-ups/": Staff.ADMINS,
    "admin/moderation/table/": Staff.ANY,
    "admin/snippets/choose/stories/": Staff.ANY,  # what each of them reads
    "admin/snippets/stories/shortreason/": Staff.MODERATORS,
    "admin/snippets/stories/story/": Staff.MODERATORS,
    # People, and how the site is set up.
    "admin/people/": Staff.MODERATORS,
    "admin/people/merging/": Staff.ADMINS,
    "admin/cohorts/": Staff.MODERATORS,
    "admin/figures/": Staff.ANY,  # numbers, those of people in fives; what waits for moderators alone
    "admin/introductions/": Staff.ANY,  # how they went, as numbers
    "admin/rules/": Staff.MODERATORS,
    "admin/letter/": Staff.EDITORS,
    "admin/collections/": Staff.ADMINS,
    "admin/groups/": Staff.ADMINS,
    "admin/mail/": Staff.ADMINS,
    "admin/redirects/": Staff.EDITORS,
    "admin/settings/": Staff.EDITORS,
    "admin/sites/": Staff.ADMINS,
    "admin/users/": Staff.ADMINS,
    "admin/workflows/": Staff.ADMINS,
    "admin/workflows/task_chooser/": Staff.ANY,  # names of tasks
}


def admin_row(path):
    """The row of an address below /admin/, or None: the home page's is nobody else's."""
    if path == "admin/":
        return ADMIN[path]
    found = [start for start in ADMIN if start != "admin/" and path.startswith(start)]
    return ADMIN[max(found, key=len)] if found else None
