"""Points in Lambert-93 (EPSG:2154), the metres of French public maps, as longitude and latitude.

Source: IGN, « Projection cartographique conique conforme de Lambert » (NTG_71), algorithms 1, 2 and 4, with the constants of
Lambert-93 on the ellipsoid GRS80. What it gives differs from WGS84 by less than a metre.
"""

import math
from typing import Final

_EXPONENT: Final = 0.7256077650
_CONSTANT: Final = 11754255.426  # metres
_X: Final = 700000.0  # of the pole, metres
_Y: Final = 12655612.050
_ECCENTRICITY: Final = 0.08181919112
_MERIDIAN: Final = math.radians(3)
_EAST: Final = (0, 1_300_000)
_NORTH: Final = (6_000_000, 7_200_000)


def is_point(x: object, y: object) -> bool:
    """Tell whether two numbers are metres of mainland France in Lambert-93, which no degrees are."""
    return (
        isinstance(x, int | float)
        and isinstance(y, int | float)
        and _EAST[0] < x < _EAST[1]
        and _NORTH[0] < y < _NORTH[1]
    )


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return the longitude and latitude of a point, in degrees to a metre."""
    radius = math.hypot(x - _X, y - _Y)
    longitude = _MERIDIAN + math.atan((x - _X) / (_Y - y)) / _EXPONENT
    isometric = -math.log(radius / _CONSTANT) / _EXPONENT
    latitude = 2 * math.atan(math.exp(isometric)) - math.pi / 2
    for _ in range(8):
        bent = _ECCENTRICITY * math.sin(latitude)
        latitude = 2 * math.atan(((1 + bent) / (1 - bent)) ** (_ECCENTRICITY / 2) * math.exp(isometric)) - math.pi / 2
    return round(math.degrees(longitude), 5), round(math.degrees(latitude), 5)
