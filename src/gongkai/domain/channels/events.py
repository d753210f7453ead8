"""What can happen in the channels."""

from gongkai.foundation.trail import Event

PLANNED = Event("channels.planned", "布置渠道发布")
WRITTEN = Event("channels.written", "修改渠道文稿")
RELEASED = Event("channels.released", "登记渠道发布")
RELEASED_MANY = Event("channels.released-many", "批量登记渠道发布")
HANDED_OVER = Event("channels.handed-over", "承接机构接手渠道发布")
GIVEN_UP = Event("channels.given-up", "取消渠道发布")
TAKE_DOWN = Event("channels.take-down", "要求撤下渠道发布")
TAKEN_DOWN = Event("channels.taken-down", "登记渠道撤下")
COMPOSED = Event("channels.composed", "新建政府公报")
ARRANGED = Event("channels.arranged", "编排政府公报")
ISSUED = Event("channels.issued", "出版政府公报")
DROPPED = Event("channels.dropped", "删除未出版的公报")
SHOWN = Event("channels.shown", "屏幕展示")
SCREEN_PUT_UP = Event("channels.screen-put-up", "设置显示屏")
SCREEN_CHANGED = Event("channels.screen-changed", "修改显示屏")
SCREEN_SWITCHED = Event("channels.screen-switched", "启用或停用显示屏")
