"""Fast running median of 31 values, by sorting networks over whole arrays.

A running median is usually computed window by window. Here sixteen neighbouring windows are one
*tile*, and what they share is sorted once (the idea of A. Adams, "Fast Median Filters using
Separable Sorting Networks", SIGGRAPH 2021, in one dimension). With blocks of sixteen rows, window
``r`` of a tile is: the rows after ``r`` of its own block, the next block, and the rows before
``r`` of the one after that. So

* sixteen of the 31 rows are common to all sixteen windows, eight more to each half of them,
  four more to each quarter, then two, then one;
* each such group is a node of the merge sort of its block, already sorted;
* with each merge the ranks that can no longer be the median are dropped: the middle third stays.

A comparison is one ``np.minimum`` and one ``np.maximum`` over a whole array, so that NumPy's vector
instructions apply: 28 of them per value, where one 31-input network needs some 260.
The result is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 31
_TILE = 16
_BLOCK = 60_000  # values compared in one call: worth the call, and still in the cache

Array = NDArray[Any]
Sorted = list[Array]
"""Arrays of one shape, each element-wise not above the next."""


def running_median(x: Array) -> Array:
    """Return the median of the 31 rows around each row, mirrored at the ends.

    Parameters
    ----------
    x:
        ``(n, m)``, any type NumPy can compare; the filter runs along the first axis.

    Returns
    -------
    Array
        ``(n, m)``; for 31 rows and more equal to
        ``scipy.ndimage.median_filter(x, size=(31, 1), mode="reflect")``.
    """
    n, m = x.shape
    tiles = -(-n // _TILE)
    out = np.empty((tiles, _TILE, m), x.dtype)
    rows = _mirrored_rows(n, (tiles + 2) * _TILE).reshape(-1, _TILE)
    step = -(-m // -(-m * tiles // _BLOCK))
    for start in range(0, m, step):
        columns = slice(start, start + step)
        nodes = _sort_tree([x[rows[:, i], columns] for i in range(_TILE)])
        common = [row[1:-1] for row in nodes[0, _TILE]]
        _descend(common, nodes, 0, _TILE, out[:, :, columns])
    return out.reshape(tiles * _TILE, m)[:n]


def _mirrored_rows(n: int, length: int) -> NDArray[np.intp]:
    """Return the row indices after mirroring both ends ("d c b a | a b c d | d c b a").

    The filter needs fifteen rows in front; one more makes that a whole block.
    """
    index = (np.arange(length) - _TILE) % (2 * n)
    return np.minimum(index, 2 * n - 1 - index)


def _sort_tree(rows: list[Array]) -> dict[tuple[int, int], Sorted]:
    """Merge-sort the rows of all blocks; return every node by its first row and its length."""
    nodes = {(i, 1): [row] for i, row in enumerate(rows)}
    size = 1
    while size < len(rows):
        for i in range(0, len(rows), 2 * size):
            nodes[i, 2 * size] = _merge(nodes[i, size], nodes[i + size, size])
        size *= 2
    return nodes


def _descend(common: Sorted, nodes: dict[tuple[int, int], Sorted], first: int, size: int, out: Array) -> None:
    """Write the medians of the windows ``first`` to ``first + size - 1`` of every tile.

    ``common`` holds the ranks that may be the median among the rows that these windows share.
    """
    if size == 1:
        out[:, first] = common[0]
        return
    half = size // 2
    before = [row[:-2] for row in nodes[first + half, half]]  # of the tile's own block
    _descend(_keep_middle(common, before), nodes, first, half, out)
    after = [row[2:] for row in nodes[first, half]]  # of the block after the next
    _descend(_keep_middle(common, after), nodes, first + half, half, out)


def _merge(a: Sorted, b: Sorted) -> Sorted:
    """Merge two sorted lists of equal length, a power of two (Batcher's odd-even merge)."""
    if len(a) == 1:
        return [np.minimum(a[0], b[0]), np.maximum(a[0], b[0])]
    even, odd = _merge(a[::2], b[::2]), _merge(a[1::2], b[1::2])
    inner = [value for x, y in zip(odd[:-1], even[1:], strict=True) for value in _sort_pair(x, y)]
    return [even[0], *inner, odd[-1]]


def _sort_pair(x: Array, y: Array) -> tuple[Array, Array]:
    """Sort two arrays element-wise; the second is overwritten."""
    lower = np.minimum(x, y)
    return lower, np.maximum(x, y, out=y)


def _keep_middle(a: Sorted, b: Sorted) -> Sorted:
    """Return the sorted middle third of ``a`` and ``b`` together; ``a`` is twice as long as ``b``."""
    k = len(b)
    # The lower two thirds are a's first half and, pairing rising with falling values, these:
    rest = _sort_bitonic([np.minimum(x, y) for x, y in zip(a[k:], reversed(b), strict=True)])
    return _sort_bitonic([np.maximum(x, y) for x, y in zip(a[:k], reversed(rest), strict=True)])


def _sort_bitonic(values: Sorted) -> Sorted:
    """Sort values that rise and then fall, or the reverse; they are overwritten."""
    if len(values) == 1:
        return values
    half = len(values) // 2
    pairs = [_sort_pair(x, y) for x, y in zip(values[:half], values[half:], strict=True)]
    return _sort_bitonic([p[0] for p in pairs]) + _sort_bitonic([p[1] for p in pairs])
