"""The way in for a server: `gunicorn headwater.web.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

_ = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headwater.web.settings")
application = get_wsgi_application()
