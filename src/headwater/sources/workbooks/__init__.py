"""Workbooks: each worksheet a person can see, as a CSV of what that person sees; all else is counted and left alone."""

from headwater.sources.workbooks.opening import Workbook, open_workbook

__all__ = ["Workbook", "open_workbook"]
