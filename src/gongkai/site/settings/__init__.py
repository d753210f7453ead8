"""Settings: the parts by concern, and three ways of putting them together.

``development`` runs from a checkout without any preparation, ``testing`` is for pytest, and
``production`` refuses to start without what a public server needs. The environment is read in
:mod:`gongkai.site.settings.environment` and nowhere else.
"""
