"""What the browser is allowed to do."""

from csp.constants import NONE, SELF

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DESK_CONTENT_SECURITY_POLICY = {
    # Wagtail's components set style attributes from script and in templates
    "style-src": [SELF, "'unsafe-inline'"],
    # previews of a page inside the editor
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "worker-src": [SELF, "blob:"],
}
"""What the desk needs beyond that. Script stays as strict as on the portal."""

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
"""No page asks where its reader is, and none listens or looks."""

X_FRAME_OPTIONS = "DENY"  # browsers that know frame-ancestors go by that
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# requests that carry personal data leave nothing in error pages, also while developing
DEFAULT_EXCEPTION_REPORTER = "gongkai.foundation.confidential.reporting.QuietReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "gongkai.foundation.confidential.reporting.QuietFilter"
