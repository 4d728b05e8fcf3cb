"""London's 33 authorities: 32 boroughs and the City, where each stands on the tile map, and which ones touch.

Names, codes, inner/outer, Census 2021 populations (first results, rounded to 100) and neighbours: Office for National
Statistics, Open Government Licence v3.0. Neighbours include pairs that meet only across the Thames. Tile positions:
"London Squared" by After the Flood (x grows east, y grows south).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Borough:
    """One authority; `gss` is its code everywhere, `x` and `y` its square on the tile map."""

    gss: str
    name: str
    abbr: str
    area: str
    population_2021: int
    x: int
    y: int
    neighbours: tuple[str, ...]

    @property
    def is_inner(self) -> bool:
        """Whether it counts as Inner London."""
        return self.area == "Inner"


def _near(*numbers: int) -> tuple[str, ...]:
    return tuple(f"E090000{number:02}" for number in numbers)


BOROUGHS: tuple[Borough, ...] = (
    Borough("E09000001", "City of London", "cty", "Inner", 8_600, 4, 3, _near(7, 12, 19, 22, 28, 30, 33)),
    Borough("E09000002", "Barking and Dagenham", "bar", "Outer", 218_900, 7, 3, _near(4, 11, 16, 25, 26)),
    Borough("E09000003", "Barnet", "brn", "Outer", 389_300, 3, 1, _near(5, 7, 10, 14, 15)),
    Borough("E09000004", "Bexley", "bxl", "Outer", 246_500, 7, 4, _near(2, 6, 11, 16)),
    Borough("E09000005", "Brent", "brt", "Outer", 339_800, 2, 2, _near(3, 7, 9, 13, 15, 20, 33)),
    Borough("E09000006", "Bromley", "brm", "Outer", 330_000, 5, 5, _near(4, 8, 11, 22, 23, 28)),
    Borough("E09000007", "Camden", "cmd", "Inner", 210_100, 3, 2, _near(1, 3, 5, 14, 19, 33)),
    Borough("E09000008", "Croydon", "crd", "Outer", 390_800, 4, 5, _near(6, 22, 24, 29)),
    Borough("E09000009", "Ealing", "elg", "Outer", 367_100, 1, 2, _near(5, 13, 15, 17, 18)),
    Borough("E09000010", "Enfield", "enf", "Outer", 330_000, 4, 0, _near(3, 14, 31)),
    Borough("E09000011", "Greenwich", "grn", "Outer", 289_100, 6, 4, _near(2, 4, 6, 23, 25, 30)),
    Borough("E09000012", "Hackney", "hck", "Inner", 259_200, 5, 2, _near(1, 14, 19, 25, 30, 31)),
    Borough("E09000013", "Hammersmith and Fulham", "hms", "Inner", 183_200, 1, 3, _near(5, 9, 18, 20, 27, 32)),
    Borough("E09000014", "Haringey", "hgy", "Inner", 264_200, 4, 1, _near(3, 7, 10, 12, 19, 31)),
    Borough("E09000015", "Harrow", "hrw", "Outer", 261_300, 2, 1, _near(3, 5, 9, 17)),
    Borough("E09000016", "Havering", "hvg", "Outer", 262_000, 7, 2, _near(2, 4, 26)),
    Borough("E09000017", "Hillingdon", "hdn", "Outer", 305_900, 0, 2, _near(9, 15, 18)),
    Borough("E09000018", "Hounslow", "hns", "Outer", 288_200, 0, 3, _near(9, 13, 17, 27)),
    Borough("E09000019", "Islington", "isl", "Inner", 216_600, 4, 2, _near(1, 7, 12, 14)),
    Borough("E09000020", "Kensington and Chelsea", "kns", "Inner", 143_400, 2, 3, _near(5, 13, 32, 33)),
    Borough("E09000021", "Kingston upon Thames", "kng", "Outer", 168_000, 2, 5, _near(24, 27, 29, 32)),
    Borough("E09000022", "Lambeth", "lam", "Inner", 317_600, 3, 4, _near(1, 6, 8, 24, 28, 32, 33)),
    Borough("E09000023", "Lewisham", "lsh", "Inner", 300_600, 5, 4, _near(6, 11, 28, 30)),
    Borough("E09000024", "Merton", "mrt", "Outer", 215_200, 3, 5, _near(8, 21, 22, 29, 32)),
    Borough("E09000025", "Newham", "nwm", "Inner", 351_100, 6, 3, _near(2, 11, 12, 26, 30, 31)),
    Borough("E09000026", "Redbridge", "rdb", "Outer", 310_300, 6, 2, _near(2, 16, 25, 31)),
    Borough("E09000027", "Richmond upon Thames", "rch", "Outer", 195_200, 1, 4, _near(13, 18, 21, 32)),
    Borough("E09000028", "Southwark", "swr", "Inner", 307_700, 4, 4, _near(1, 6, 22, 23, 30)),
    Borough("E09000029", "Sutton", "stn", "Outer", 209_600, 3, 6, _near(8, 21, 24)),
    Borough("E09000030", "Tower Hamlets", "tow", "Inner", 310_300, 5, 3, _near(1, 11, 12, 23, 25, 28)),
    Borough("E09000031", "Waltham Forest", "wth", "Outer", 278_400, 5, 1, _near(10, 12, 14, 25, 26)),
    Borough("E09000032", "Wandsworth", "wns", "Inner", 327_500, 2, 4, _near(13, 20, 21, 22, 24, 27, 33)),
    Borough("E09000033", "Westminster", "wst", "Inner", 204_300, 3, 3, _near(1, 5, 7, 20, 22, 32)),
)

_BY_GSS = {borough.gss: borough for borough in BOROUGHS}
_BY_NAME = {borough.name.casefold(): borough for borough in BOROUGHS}


def borough(gss: str) -> Borough | None:
    """The borough of a code, or None."""
    return _BY_GSS.get(gss)


def by_name(name: str) -> Borough | None:
    """The borough of a name, whatever its capitals, "and" or "&"; or None."""
    folded = " ".join(name.replace("&", " and ").casefold().split())
    return _BY_NAME.get(folded) or _BY_NAME.get(
        folded.removeprefix("london borough of ").removeprefix("royal borough of ")
    )
