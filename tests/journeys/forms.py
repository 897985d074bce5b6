"""Fill in forms in a browser by the names of their fields, folded or not, and send them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill in the fields of a form by their names."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        unfold(page, field)
        write(field, value)


def press(page: Page, name: str) -> None:
    """Press the button that leads to the next page, and wait until it is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def unfold(page: Page, inside: Locator) -> None:
    """Open what is folded around something."""
    for closed in page.locator("main details:not([open])").filter(has=inside).all():
        closed.locator("summary").click()


def write(field: Locator, value: str) -> None:
    """Give a field its value, whatever it is."""
    match field.first.evaluate("field => field.type"):
        case "radio":
            page = field.page
            field.and_(page.locator(f"[value='{value}']").or_(page.get_by_label(value))).first.check()
        case "checkbox" if field.count() > 1:
            field.and_(field.page.locator(f"[value='{value}']")).check()
        case "checkbox":
            field.set_checked(value == "on")
        case "select-one":
            option = field.locator("option").filter(has_text=value).first
            field.select_option(value=option.get_attribute("value"))
        case _:
            field.fill(value)
