"""``{{ session.user_agent|device }}``: a browser as a person would name it."""

from django import template

register = template.Library()

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge 浏览器"),
    ("360", "360 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)
"""Most particular first: nearly every browser also claims to be Chrome and Safari."""
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux"),
)
UNKNOWN = "未知的浏览器"


@register.filter
def device(user_agent: str) -> str:
    """Return browser and system of *user_agent*, such as ``Windows 上的 Edge 浏览器``."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), UNKNOWN)
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{system} 上的 {browser}" if system else browser
