"""Uploads piece by piece: JSON, for the script of the file field."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.core.refusal import Refusal
from gongkai.foundation.attachments import errors, uploading
from gongkai.foundation.attachments.models import PartialUpload, StoredFile
from gongkai.foundation.permissions import Reader, behind
from gongkai.foundation.permissions.guard import reader_of

UPLOAD = "attachments.upload"


@behind(UPLOAD)
@require_POST
def begin(request: HttpRequest) -> JsonResponse:
    """Begin, or find the one that broke off: ``{name, size, mark}`` in, where to go on out."""
    try:
        facts = json.loads(request.body[:4096])
        name, size, mark = str(facts["name"]), int(facts["size"]), str(facts.get("mark", ""))
        upload = uploading.begin(name=name, size=size, mark=mark, by=reader_of(request))
    except Refusal as refusal:
        return _refused(refusal)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _refused(Refusal("上传请求不完整，请刷新页面再试。"), status=400)
    return JsonResponse(_state(upload))


@behind(UPLOAD)
@require_http_methods(["GET", "PUT", "DELETE"])
def piece(request: HttpRequest, key: UUID) -> JsonResponse:
    """Tell how far it is, take the next piece (``?offset=``), or forget it."""
    reader = reader_of(request)
    try:
        upload = uploading.find(key, by=reader)
        if request.method == "DELETE":
            uploading.forget(upload)
            return JsonResponse({"forgotten": True})
        if request.method == "GET":
            return JsonResponse(_state(upload))
        offset = int(request.GET.get("offset", ""))
        stored = uploading.add(upload, offset=offset, piece=request, by=reader)  # type: ignore[arg-type]  # a request is read like a file
    except errors.OutOfStep as refusal:
        return JsonResponse(
            {"offset": refusal.facts["offset"], "refused": str(refusal)}, status=409
        )
    except Refusal as refusal:
        return _refused(refusal)
    except ValueError:
        return _refused(Refusal("上传请求不完整，请刷新页面再试。"), status=400)
    return JsonResponse(_done(stored, reader) if stored else _state(upload))


def _state(upload: PartialUpload) -> dict[str, Any]:
    return {
        "id": str(upload.pk),
        "name": upload.name,
        "size": upload.size,
        "offset": upload.received,
    }


def _done(stored: StoredFile, reader: Reader) -> dict[str, Any]:
    return {
        "token": uploading.token(stored, by=reader),
        "name": stored.name,
        "size": stored.size,
        "kind": stored.kind_facts.title,
        "note": stored.note,
        "public": f"{stored.public_digest}.{stored.kind_facts.ending}" if stored.is_ready else "",
        "is_picture": stored.is_picture,
    }


def _refused(refusal: Refusal, *, status: int = 422) -> JsonResponse:
    return JsonResponse({"refused": str(refusal)}, status=status)
