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
        is_download = response.get("Content-Disposition", "").startswith("attachment")
        response["Content-Security-Policy"] = DOWNLOAD_POLICY if is_download else CONTENT_SECURITY_POLICY
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = "DENY"
        response["Referrer-Policy"] = "no-referrer"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        if not (request.path.startswith("/static/") and response.status_code in {200, 206, 304}):
            response["Cache-Control"] = "no-store"
        return response
