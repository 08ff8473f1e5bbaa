"""Names of countries for the settings page, as usual in English (codes of ISO 3166). Others show their two letters."""

NAMES = {
    "AR": "Argentina", "AT": "Austria", "AU": "Australia", "BE": "Belgium", "BG": "Bulgaria", "BR": "Brazil",
    "CA": "Canada", "CH": "Switzerland", "CL": "Chile", "CO": "Colombia", "CY": "Cyprus", "CZ": "Czechia",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "EG": "Egypt", "ES": "Spain", "FI": "Finland", "FR": "France",
    "GB": "United Kingdom", "GR": "Greece", "HK": "Hong Kong", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland",
    "IL": "Israel", "IN": "India", "IS": "Iceland", "IT": "Italy", "JP": "Japan", "KR": "South Korea",
    "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MA": "Morocco", "MT": "Malta", "MX": "Mexico",
    "NL": "Netherlands", "NO": "Norway", "NZ": "New Zealand", "PH": "Philippines", "PL": "Poland", "PT": "Portugal",
    "RO": "Romania", "RS": "Serbia", "SA": "Saudi Arabia", "SE": "Sweden", "SG": "Singapore", "SI": "Slovenia",
    "SK": "Slovakia", "TR": "Türkiye", "TW": "Taiwan", "UA": "Ukraine", "US": "United States", "ZA": "South Africa",
}  # fmt: skip


def choices(known: list[str], chosen: str) -> list[tuple[str, str]]:
    """Code and name of each country to choose from, by name; those without a name here come last, by code."""
    codes = {*known, chosen} - {""}
    return sorted(((code, NAMES.get(code, code)) for code in codes), key=lambda pair: (pair[1] == pair[0], pair[1]))
