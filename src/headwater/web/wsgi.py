"""The way in for a server: `gunicorn headwater.web.wsgi`."""

import os
from importlib import import_module
from threading import Thread

from django.core.wsgi import get_wsgi_application

_ = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headwater.web.settings")
application = get_wsgi_application()
# what opens figures takes seconds to come in: it comes while nobody waits
Thread(target=import_module, args=("headwater.assessment",), daemon=True).start()
