"""Small charts as inline SVG. Knows numbers and labels; nothing of metrics."""

from collections.abc import Sequence

from eval.page.markup import Html, join, tag

WIDTH, HEIGHT = 320, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 10, 36

Points = Sequence[tuple[float, float]]


def histogram(values: Sequence[float], label: str, *, bins: int = 20) -> Html:
    """Draw how often each range of values occurs, the median as a line."""
    low, high = min(values), max(values)
    width = (high - low) / bins or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int((value - low) / width))] += 1
    frame = _Frame((low, low + width * bins), (0, max(counts)))
    bars = [
        tag(
            "rect",
            x=frame.x(low + at * width) + 0.5,
            y=frame.y(count),
            width=max(0.5, (WIDTH - LEFT - RIGHT) / bins - 1),
            height=frame.y(0) - frame.y(count),
            class_="bar",
        )
        for at, count in enumerate(counts)
    ]
    middle = sorted(values)[len(values) // 2]
    line = tag(
        "line", x1=frame.x(middle), x2=frame.x(middle), y1=TOP, y2=HEIGHT - BOTTOM, class_="mark"
    )
    return frame.drawn(join(*bars, line), label, "answers")


def curve(points: Points, across: str, up: str) -> Html:
    """Draw a line through points in the unit square."""
    frame = _Frame((0.0, 1.0), (0.0, 1.0))
    path = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in points)
    dots = [tag("circle", cx=frame.x(x), cy=frame.y(y), r=2, class_="dot") for x, y in points]
    return frame.drawn(join(tag("polyline", points=path, class_="curve"), *dots), across, up)


def reliability(points: Sequence[tuple[float, float, int]], across: str, up: str) -> Html:
    """Draw what came true over what was said, dots sized by count, against the diagonal."""
    frame = _Frame((0.0, 1.0), (0.0, 1.0))
    ideal = tag("line", x1=frame.x(0), y1=frame.y(0), x2=frame.x(1), y2=frame.y(1), class_="ideal")
    most = max((n for _, _, n in points), default=1)
    dots = [
        tag("circle", cx=frame.x(x), cy=frame.y(y), r=3 + 7 * (n / most) ** 0.5, class_="dot")
        for x, y, n in points
    ]
    return frame.drawn(join(ideal, *dots), across, up)


class _Frame:
    """The axes of a chart: data to pixels, and the box with its four numbers around it."""

    def __init__(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        self.across, self.up = across, up

    def x(self, value: float) -> float:
        low, high = self.across
        return round(LEFT + (value - low) / (high - low or 1) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        low, high = self.up
        return round(
            HEIGHT - BOTTOM - (value - low) / (high - low or 1) * (HEIGHT - TOP - BOTTOM), 1
        )

    def drawn(self, inside: Html, across: str, up: str) -> Html:
        """Put the axes and their words around what was drawn."""
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        return tag(
            "svg",
            tag("line", x1=LEFT, y1=bottom, x2=right, y2=bottom, class_="axis"),
            tag("line", x1=LEFT, y1=TOP, x2=LEFT, y2=bottom, class_="axis"),
            inside,
            _text(_brief(self.across[0]), LEFT, bottom + 14, "start"),
            _text(_brief(self.across[1]), right, bottom + 14, "end"),
            _text(_brief(self.up[1]), LEFT - 4, TOP + 8, "end"),
            _text(_brief(self.up[0]), LEFT - 4, bottom, "end"),
            _text(across, (LEFT + right) / 2, HEIGHT - 6, "middle"),
            _text(up, 12, (TOP + bottom) / 2, "middle", turned=True),
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            role="img",
            aria_label=f"{up} over {across}",
        )


def _text(words: str, x: float, y: float, anchor: str, *, turned: bool = False) -> Html:
    turn = f"rotate(-90 {x} {y})" if turned else None
    return tag("text", words, x=x, y=y, text_anchor=anchor, transform=turn)


def _brief(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.2g}"
