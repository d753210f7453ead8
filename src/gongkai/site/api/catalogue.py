"""The catalogue of the open data in DCAT 3, as JSON-LD."""

from typing import Any

from gongkai.site.api.dumps import FORMATS, TYPES, WHOLE
from gongkai.site.api.shapes import absolute
from gongkai.site.portal.shell import owner_name

LICENCE = "政府信息公开条例主动公开的政府信息，可以免费获取和使用"
TITLES = {
    "items": ("政府信息", "主动公开的政府信息：元数据、正文和附件"),
    "columns": ("栏目", "各机构政府信息公开专栏的栏目"),
    "organisations": ("机构", "负有公开义务的机构及其公开指南要素"),
    "obligations": ("公开义务", "标准目录里每个单位每期应当公开的事项和履行情况"),
    "reports": ("年度报告", "政府信息公开工作年度报告及其数据"),
}


def catalogue() -> dict[str, Any]:
    """Return the catalogue with a dataset for each kind of what is public."""
    service = {
        "@id": absolute("/api/v1/"),
        "@type": "dcat:DataService",
        "dct:title": "政府信息公开开放数据接口",
        "dcat:endpointURL": {"@id": absolute("/api/v1/")},
        "dcat:endpointDescription": {"@id": absolute("/api/v1/openapi.json")},
    }
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": absolute("/api/v1/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": f"{owner_name()}政府信息公开开放数据目录",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": owner_name()},
        "dct:language": "zh-CN",
        "dcat:service": service,
        "dcat:dataset": [_dataset(name) for name in TITLES],
    }


def _dataset(name: str) -> dict[str, Any]:
    title, description = TITLES[name]
    endpoint = {
        "@type": "dcat:Distribution",
        "dct:title": f"{title}（接口）",
        "dcat:accessURL": {"@id": absolute(f"/api/v1/{name}")},
        "dcat:mediaType": "application/json",
    }
    distributions = [endpoint]
    if name == "items":
        distributions.append(
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{title}（全部数据文件的清单）",
                "dcat:accessURL": {"@id": absolute("/data/index.json")},
                "dcat:mediaType": "application/json",
            }
        )
    if name in WHOLE:
        distributions += [
            {
                "@type": "dcat:Distribution",
                "dct:title": f"{title}（{kind.upper()} 文件）",
                "dcat:downloadURL": {"@id": absolute(f"/data/{name}.{kind}")},
                "dcat:mediaType": TYPES[kind].partition(";")[0],
            }
            for kind in FORMATS
        ]
    return {
        "@id": absolute(f"/api/v1/{name}"),
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:description": description,
        "dct:rights": LICENCE,
        "dct:accrualPeriodicity": "http://purl.org/cld/freq/continuous",
        "dcat:distribution": distributions,
    }
