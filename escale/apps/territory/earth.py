"""How far two positions are from each other by road, as the great circle and a factor tell it."""

from __future__ import annotations

import math
from decimal import Decimal

EARTH_RADIUS_KM = 6371.0088

Position = tuple[float, float]
"""Latitude and longitude in degrees."""


def hectometres(a: Position, b: Position, factor: Decimal) -> int:
    """Return the great circle between two positions times the road factor, rounded to hectometres (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return round(float(factor * 10) * 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h)))
