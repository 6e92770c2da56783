"""HTML that cannot be broken into: every text is escaped where it is put in. Knows no page."""

from html import escape

_VOID = {"meta", "input", "line", "circle", "rect", "path", "polyline"}


class Html(str):
    """Markup that was built by `tag`, and therefore is not escaped again."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | float | bool | None) -> Html:
    """Build one element: `tag("td", quote, class_="num")`. Children that are no `Html` are text.

    An attribute that is None or False is left out, True stands alone; `_` in a name becomes `-`
    and a closing one goes (`class_`).
    """
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{escape(str(value), quote=True)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{given}>" if name in {"meta", "input"} else f"<{name}{given}/>")
    return Html(f"<{name}{given}>{join(*children)}</{name}>")


def join(*children: str) -> Html:
    """Put pieces one after the other, escaping those that are text."""
    return Html("".join(c if isinstance(c, Html) else escape(c, quote=True) for c in children))
