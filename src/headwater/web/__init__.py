"""Settings, addresses, sign-in and the frame of every page: joins the rooms, owns nothing."""

__all__ = []
