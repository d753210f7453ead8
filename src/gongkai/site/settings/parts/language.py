"""Language, time and numbers: Chinese, Beijing."""

from pathlib import Path

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = "gongkai.site.formats"
LOCALE_PATHS = [str(Path(__file__).parents[2] / "locale")]
