"""The catalogue of the open data in DCAT 3, as JSON-LD.

What the vocabulary takes for a thing of its own (a media type, a language, a frequency) is an IRI here, not a text:
whoever harvests the catalogue follows them.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.site.api.dumps import FORMATS, TYPES, WHOLE
from gongkai.site.api.models import Change, Kind
from gongkai.site.api.shapes import absolute
from gongkai.site.portal.shell import owner_name

LICENCE = "政府信息公开条例主动公开的政府信息，可以免费获取和使用"
CHINESE = {"@id": "http://id.loc.gov/vocabulary/iso639-1/zh"}
CONTINUOUS = {"@id": "http://purl.org/cld/freq/continuous"}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
TITLES = {
    "items": ("政府信息", "主动公开的政府信息：元数据、正文和附件"),
    "columns": ("栏目", "各机构政府信息公开专栏的栏目"),
    "organisations": ("机构", "负有公开义务的机构及其公开指南要素"),
    "obligations": ("公开义务", "标准目录里每个单位每期应当公开的事项和履行情况"),
    "reports": ("年度报告", "政府信息公开工作年度报告及其数据"),
}
KINDS = {
    "items": Kind.ITEM,
    "columns": Kind.COLUMN,
    "organisations": Kind.ORGANISATION,
    "reports": Kind.REPORT,
}
"""Of which the journal says when something changed last; of obligations it says nothing."""
KEYWORDS = ("政府信息公开", "主动公开")


def catalogue() -> dict[str, Any]:
    """Return the catalogue with a dataset for each kind of what is public."""
    changed = {name: _changed(kind) for name, kind in KINDS.items()}
    publisher = {"@type": "foaf:Agent", "foaf:name": owner_name()}
    service = {
        "@id": absolute("/api/v1/"),
        "@type": "dcat:DataService",
        "dct:title": "政府信息公开开放数据接口",
        "dcat:endpointURL": {"@id": absolute("/api/v1/")},
        "dcat:endpointDescription": {"@id": absolute("/api/v1/openapi.json")},
        "dcat:servesDataset": [{"@id": absolute(f"/api/v1/{name}")} for name in TITLES],
    }
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "@language": "zh-CN",
        },
        "@id": absolute("/api/v1/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": f"{owner_name()}政府信息公开开放数据目录",
        "dct:description": "本级和各机构主动公开的政府信息，可以按接口读取，也可以整个取走",
        "dct:publisher": publisher,
        "dct:language": CHINESE,
        "dcat:service": service,
        "dcat:dataset": [
            _dataset(name, publisher) | _modified(changed.get(name)) for name in TITLES
        ],
    } | _modified(max((at for at in changed.values() if at), default=None))


def _changed(kind: Kind) -> datetime | None:
    """Return when something of *kind* came, went or changed last."""
    newest = Change.objects.filter(kind=kind).order_by("-sequence").values_list("at", flat=True)
    return newest.first()


def _modified(at: datetime | None) -> dict[str, Any]:
    if at is None:
        return {}
    told = timezone.localtime(at).isoformat(timespec="seconds")
    return {"dct:modified": {"@type": "xsd:dateTime", "@value": told}}


def _dataset(name: str, publisher: dict[str, str]) -> dict[str, Any]:
    title, description = TITLES[name]
    endpoint = {
        "@type": "dcat:Distribution",
        "dct:title": f"{title}（接口）",
        "dcat:accessURL": {"@id": absolute(f"/api/v1/{name}")},
        "dcat:accessService": {"@id": absolute("/api/v1/")},
        "dcat:mediaType": _media_type("application/json"),
    }
    distributions = [endpoint]
    if name == "items":
        distributions.append(
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{title}（全部数据文件的清单）",
                "dcat:accessURL": {"@id": absolute("/data/index.json")},
                "dcat:mediaType": _media_type("application/json"),
            }
        )
    if name in WHOLE:
        distributions += [
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{title}（{kind.upper()} 文件）",
                "dcat:downloadURL": {"@id": absolute(f"/data/{name}.{kind}")},
                "dcat:mediaType": _media_type(TYPES[kind].partition(";")[0]),
            }
            for kind in FORMATS
        ]
    return {
        "@id": absolute(f"/api/v1/{name}"),
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": description,
        "dct:publisher": publisher,
        "dct:language": CHINESE,
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": LICENCE},
        "dct:accrualPeriodicity": CONTINUOUS,
        "dcat:keyword": [*KEYWORDS, title],
        "dcat:distribution": distributions,
    }


def _media_type(name: str) -> dict[str, str]:
    return {"@id": f"{MEDIA_TYPES}{name}"}
