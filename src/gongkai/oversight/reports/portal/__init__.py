"""政府信息公开年报 on the portal: the issued reports, by organisation and year, with charts and data.

Nothing here changes anything. What is shown are the editions that the report office issued (articles 49
and 50 of the Regulations, 2019), and figures taken from them. A page is written as a file when what it shows
changes (``public_pages``), so that a web server can deliver it without the platform.
"""
