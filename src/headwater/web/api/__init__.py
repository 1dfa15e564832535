"""What programs may ask for: what pages show and is not personal, under the same rules, for whoever shows a token.

Each room has a module here, in which every one of its routes stands.
"""

from headwater.web.api.pages import urlpatterns
from headwater.web.api.routes import ROUTES, Route

__all__ = ["ROUTES", "Route", "urlpatterns"]
