"""How often what is reported, when in the year, at what kind of place: invented, but shaped like real cities."""

from typing import Literal, NamedTuple

Season = Literal["even", "thaw", "winter", "summer", "autumn", "heating", "dark"]

# Relative frequency of each month, January first.
SEASONS: dict[Season, tuple[float, ...]] = {
    "even": (1.0, 1.0, 1.05, 1.05, 1.05, 1.0, 0.95, 0.9, 1.0, 1.05, 1.0, 0.95),
    "thaw": (0.9, 1.6, 3.2, 2.9, 1.7, 0.9, 0.7, 0.6, 0.7, 0.9, 1.0, 0.8),
    "winter": (4.6, 3.6, 1.0, 0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.05, 0.9, 3.4),
    "summer": (0.05, 0.05, 0.3, 1.1, 2.6, 3.2, 3.0, 2.3, 1.2, 0.5, 0.1, 0.05),
    "autumn": (0.4, 0.4, 0.9, 1.2, 0.7, 0.6, 0.6, 0.9, 1.5, 2.8, 2.6, 0.8),
    "heating": (3.2, 2.6, 1.4, 0.5, 0.05, 0.0, 0.0, 0.0, 0.1, 2.4, 2.6, 2.8),
    "dark": (1.9, 1.5, 1.1, 0.7, 0.5, 0.4, 0.45, 0.7, 1.1, 1.6, 2.0, 2.1),
}
# Monday first; people write on working days.
WEEKDAYS = (1.32, 1.18, 1.1, 1.05, 0.98, 0.68, 0.69)
HOURS_BY_DAY = (2, 1, 1, 0.5, 0.5, 2, 9, 24, 42, 52, 50, 46, 42, 38, 36, 36, 38, 42, 44, 40, 34, 24, 13, 6)
HOURS_BY_NIGHT = (8, 3, 1, 1, 1, 4, 9, 11, 10, 9, 8, 8, 8, 8, 9, 13, 26, 44, 58, 62, 58, 50, 36, 18)


class Pattern(NamedTuple):
    """Share among all reports, season, the layer it happens at, and metres of scatter around the thing."""

    share: float
    season: Season
    at: str
    scatter: float


PATTERNS: dict[str, Pattern] = {
    "pothole": Pattern(150, "thaw", "roads", 3),
    "sidewalk": Pattern(45, "thaw", "streetside", 4),
    "road-marking": Pattern(14, "thaw", "main", 4),
    "road-sign": Pattern(18, "even", "main", 6),
    "traffic-light": Pattern(10, "even", "signals", 6),
    "crossing": Pattern(14, "dark", "crossings", 6),
    "snow-ice": Pattern(48, "winter", "streetside", 5),
    "bridge": Pattern(4, "thaw", "bridges", 8),
    "parking": Pattern(30, "even", "flats", 22),
    "lamp-dark": Pattern(130, "dark", "lighting", 4),
    "lamp-day": Pattern(14, "summer", "lighting", 5),
    "pole-damaged": Pattern(14, "even", "lighting", 4),
    "water-leak": Pattern(52, "even", "water", 5),
    "no-water": Pattern(34, "summer", "homes", 8),
    "water-quality": Pattern(18, "summer", "homes", 8),
    "sewer-blocked": Pattern(34, "even", "sewer", 5),
    "open-manhole": Pattern(26, "thaw", "manholes", 3),
    "hydrant": Pattern(5, "winter", "hydrants", 4),
    "storm-drain": Pattern(30, "summer", "main", 8),
    "no-heating": Pattern(46, "heating", "flats", 10),
    "heating-leak": Pattern(12, "heating", "heating", 6),
    "power-line": Pattern(16, "winter", "power", 5),
    "gas-smell": Pattern(8, "heating", "gas", 6),
    "container-overflow": Pattern(78, "summer", "bins", 6),
    "stray-dump": Pattern(34, "autumn", "wild", 25),
    "litter-bin": Pattern(14, "summer", "bins", 5),
    "street-litter": Pattern(26, "autumn", "streetside", 8),
    "bulky-waste": Pattern(28, "autumn", "bins", 8),
    "tree-danger": Pattern(38, "summer", "streetside", 11),
    "tree-pruning": Pattern(40, "autumn", "streetside", 10),
    "grass": Pattern(44, "summer", "green", 12),
    "ragweed": Pattern(16, "summer", "green", 15),
    "playground": Pattern(24, "summer", "playgrounds", 7),
    "bench": Pattern(18, "summer", "parks", 12),
    "graffiti": Pattern(12, "even", "flats", 12),
    "house-entrance": Pattern(42, "even", "flats", 6),
    "stray-dogs": Pattern(38, "even", "streetside", 20),
    "abandoned-car": Pattern(12, "even", "flats", 24),
    "bus-stop": Pattern(18, "dark", "bus-stops", 4),
    "bus-service": Pattern(28, "even", "bus-stops", 6),
    "river-pollution": Pattern(10, "summer", "water-edge", 6),
    "burning": Pattern(26, "autumn", "streetside", 25),
    "noise": Pattern(20, "summer", "homes", 14),
    "illegal-building": Pattern(12, "even", "streetside", 16),
}
BY_NIGHT = frozenset({"lamp-dark", "crossing", "noise", "burning", "pole-damaged"})
