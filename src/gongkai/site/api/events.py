"""What the trail records of the exchange."""

from gongkai.foundation.trail import Event

ISSUED = Event("api.key-issued", "签发交换密钥")
REVOKED = Event("api.key-revoked", "停用交换密钥")
EXPORTED = Event("api.exported", "导出交换包")
IMPORTED = Event("api.imported", "导入交换包")
