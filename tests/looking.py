"""Pages looked at in a browser, for what would keep somebody out."""

from typing import Any

PHONE, DOUBLED, DESK = 320, 640, 1280
"""Pixels across: 400% and 200% of a desk, and a desk."""
EXPECTED = ("status of 404", "GL Driver Message")
"""What the console says of a page that is not there, and where a map is drawn without a graphics card."""


class Look:
    """One window, and what was wrong with the pages seen in it, by address."""

    def __init__(self, context: Any) -> None:
        from axe_playwright_python.sync_playwright import Axe

        self.page, self.axe, self.said = context.new_page(), Axe(), list[str]()
        self.wrong: dict[str, object] = {}
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._fail)

    def _hear(self, line: Any) -> None:
        if line.type in ("error", "warning") and not any(each in line.text for each in EXPECTED):
            self.said.append(line.text)

    def _fail(self, problem: Any) -> None:
        self.said.append(str(problem))

    def at(self, address: str) -> None:
        """Look at a page. One with a form that asks for something is sent off empty first: it then holds all it held, and what is
        said of the mistakes."""
        self.page.goto(address)
        if self.page.locator(ASKS).count():
            self._send_empty(address)
        self.page.evaluate(UNFOLD)
        for width in (DOUBLED, PHONE):
            self._fits(address, width)
        self.page.evaluate(FEWER_ROWS)
        self._is_well(address)
        if self.page.locator(".hw-picture__wide").count():
            self.page.set_viewport_size({"width": DESK, "height": 900})
            self._is_well(f"{address} on a desk")

    def _send_empty(self, address: str) -> None:
        self.page.evaluate(SEND_EMPTY, ASKS)
        self.page.locator(".govuk-error-summary:focus").wait_for()
        told = self.page.evaluate(TOLD)
        if told != [True, True]:
            self.wrong[f"{address} sent empty"] = told

    def _fits(self, address: str, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self.wrong[f"{address} at {width}"] = wide

    def _is_well(self, address: str) -> None:
        found = self.axe.run(self.page, options={"resultTypes": ["violations"]})
        if found.violations_count:
            self.wrong[address] = found.generate_report()[:600]
        if self.said:
            self.wrong[f"{address} said"] = self.said[:3]
            self.said.clear()


ASKS = "main form[method=post][novalidate] [required]"
SEND_EMPTY = """asks => {
  const form = document.querySelector(asks).form;
  form.querySelectorAll('[required]').forEach(each => { each.checked = false; if (!['checkbox', 'radio'].includes(each.type)) each.value = ''; });
  form.requestSubmit();
}"""
TOLD = "[document.title.startsWith('Error: '), document.querySelectorAll('.govuk-error-summary a').length > 0]"
"""Whether the title says that something is wrong, and the summary leads to where it is."""
UNFOLD = "document.querySelectorAll('details').forEach(each => each.open = true)"
FEWER_ROWS = """() => {
  const kind = each => [each, ...each.querySelectorAll('*')].map(one =>
    [...one.attributes].filter(a => !['id', 'href'].includes(a.name)).reduce((said, a) => said + a.name + a.value, one.localName)).join();
  document.querySelectorAll('tbody').forEach(body => {
    const seen = {};
    [...body.rows].forEach(row => { const one = kind(row); seen[one] = (seen[one] || 0) + 1; if (seen[one] > 2) row.remove(); });
  });
}"""
"""Leaves two rows of a table of each kind: axe looks at every cell, and thousands are marked up alike."""
