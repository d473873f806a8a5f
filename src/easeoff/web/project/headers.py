"""Security headers on every answer: pages, downloads, errors and static files alike."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: From nothing upwards: own style sheets, scripts and images, forms to ourselves, and never inside another page.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
#: The one list that may stand inside other pages. It runs no script and sets no cookie.
EMBEDDED = "/find-help/embed/"
EMBEDDED_POLICY = "; ".join(
    ("default-src 'none'", "style-src 'self'", "form-action 'none'", "frame-ancestors *", "base-uri 'none'")
)
#: A download is data, never a page.
DOWNLOAD_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
_DENIED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _DENIED)


class SecurityHeaders:
    """Adds the headers, and ``no-store`` to everything but static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_embedded = request.path == EMBEDDED
        response["Content-Security-Policy"] = _policy(response, is_embedded)
        response["X-Content-Type-Options"] = "nosniff"
        if not is_embedded:
            response["X-Frame-Options"] = "DENY"
        response["Referrer-Policy"] = "no-referrer"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_embedded else "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        if not (request.path.startswith("/static/") and response.status_code in {200, 206, 304}):
            response["Cache-Control"] = "no-store"
        return response


def _policy(response: HttpResponse, is_embedded: bool) -> str:
    if is_embedded:
        return EMBEDDED_POLICY
    is_download = response.get("Content-Disposition", "").startswith("attachment")
    return DOWNLOAD_POLICY if is_download else CONTENT_SECURITY_POLICY
