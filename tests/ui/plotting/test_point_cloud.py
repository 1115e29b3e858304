"""Points are drawn where they are, in their colours, later ones over earlier ones."""

from __future__ import annotations

import numpy as np
import pytest

from genre_desktop.ui.plotting import point_cloud

RED, BLUE, GREY = 0xFFFF0000, 0xFF0000FF, 0xFF808080


def drawn(*places: tuple[float, float], colours: tuple[int, ...], radius: float = 2.0) -> np.ndarray:
    inks = np.array(colours, np.uint32)
    return point_cloud.draw(np.array(places, float).reshape(-1, 2), inks, GREY, radius, (40, 30))


def test_a_point_is_a_disc_with_an_outline() -> None:
    image = drawn((20.5, 10.5), colours=(RED,))
    assert image.shape == (30, 40)
    assert (image[10, 20], image[10, 22], image[10, 23], image[10, 24]) == (RED, RED, GREY, 0)
    assert np.count_nonzero(image == RED) == 13
    np.testing.assert_array_equal(image[10, 16:25], image[10, 16:25][::-1])


def test_later_points_are_above_earlier_ones() -> None:
    assert drawn((20, 10), (20, 10), colours=(RED, BLUE))[10, 20] == BLUE
    assert drawn((20, 10), (22, 10), colours=(RED, BLUE))[10, 21] == BLUE


@pytest.mark.parametrize("place", [(0, 0), (39.9, 29.9), (-1, 15), (41, 15), (20, -2), (20, 31)])
def test_points_at_the_edge_are_cut_off(place: tuple[float, float]) -> None:
    image = drawn(place, colours=(RED,))
    assert RED in image
    rows, columns = np.nonzero(image)
    assert abs(columns.mean() - place[0]) < 3
    assert abs(rows.mean() - place[1]) < 3


def test_points_out_of_view_are_not_drawn() -> None:
    assert not drawn((-50, 10), (20, 500), (1e6, -1e6), colours=(RED, RED, RED)).any()
    assert not drawn(colours=()).any()


def test_many_points_are_smaller() -> None:
    sizes = [point_cloud.radius_for(n) for n in (1, 100, 3000, 100_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == 2.0
