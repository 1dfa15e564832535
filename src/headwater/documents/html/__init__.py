"""A document as a site of plain pages: no network, no script, the same on a stick as on a server."""

from headwater.documents.html.anchors import anchor_id
from headwater.documents.html.site import write_site

__all__ = ["anchor_id", "write_site"]
