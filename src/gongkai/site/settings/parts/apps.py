"""What is installed, and what a request passes through."""

INSTALLED_APPS = [
    # ours, the shell first so that its templates win
    "gongkai.site.apps.SiteConfig",
    "gongkai.site.api.apps.ApiConfig",
    "gongkai.oversight.readings.apps.ReadingsConfig",
    "gongkai.oversight.reports.portal.apps.PortalReportsConfig",
    "gongkai.oversight.reports.apps.ReportsConfig",
    "gongkai.oversight.statistics.apps.StatisticsConfig",
    "gongkai.domain.information.importing.apps.ImportingConfig",
    "gongkai.domain.information.screening.apps.ScreeningConfig",
    "gongkai.domain.channels.apps.ChannelsConfig",
    "gongkai.domain.applications.portal.apps.PortalApplicationsConfig",
    "gongkai.domain.remedies.apps.RemediesConfig",
    "gongkai.domain.applications.apps.ApplicationsConfig",
    "gongkai.domain.redaction.apps.RedactionConfig",
    "gongkai.domain.information.portal.apps.PortalInformationConfig",
    "gongkai.domain.information.apps.InformationConfig",
    "gongkai.domain.review.apps.ReviewConfig",
    "gongkai.domain.directory.apps.DirectoryConfig",
    "gongkai.domain.media.apps.MediaConfig",
    "gongkai.domain.organisations.apps.OrganisationsConfig",
    "gongkai.foundation.challenge.apps.ChallengeConfig",
    "gongkai.foundation.sealing.apps.SealingConfig",
    "gongkai.foundation.attachments.apps.AttachmentsConfig",
    "gongkai.foundation.search.apps.SearchConfig",
    "gongkai.foundation.visits.apps.VisitsConfig",
    "gongkai.foundation.notices.apps.NoticesConfig",
    "gongkai.foundation.publicfiles.apps.PublicFilesConfig",
    "gongkai.foundation.charts.apps.ChartsConfig",
    "gongkai.foundation.jobs.apps.JobsConfig",
    "gongkai.foundation.desk.apps.DeskConfig",
    "gongkai.foundation.trail.apps.TrailConfig",
    "gongkai.foundation.permissions.apps.PermissionsConfig",
    "gongkai.foundation.accounts.apps.AccountsConfig",
    # Wagtail; only what an office needs
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    # sign-in
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    # small parts
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.foundation.visits.middleware.VisitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.site.desk.policy.DeskPolicyMiddleware",
    "gongkai.site.api.middleware.OpenDataMiddleware",
    "gongkai.foundation.publicfiles.serving.PublicFilesMiddleware",
    "gongkai.site.portal.variant.VariantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "gongkai.foundation.permissions.middleware.ReaderMiddleware",
    "gongkai.foundation.accounts.second_factor.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.site.portal.shell.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
