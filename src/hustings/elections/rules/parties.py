"""Parties' names for the abbreviations that results use."""

# House of Commons Library, general election results: abbreviations of parties that won or came second since
# 2010. Anything else is known by its abbreviation until a file of candidates gives its name.
NAMES = {
    "Con": "Conservative",
    "Lab": "Labour",
    "LD": "Liberal Democrat",
    "RUK": "Reform UK",
    "Brexit": "Brexit Party",
    "UKIP": "UK Independence Party",
    "Green": "Green",
    "SNP": "Scottish National Party",
    "PC": "Plaid Cymru",
    "DUP": "Democratic Unionist Party",
    "SF": "Sinn Fein",
    "SDLP": "Social Democratic and Labour Party",
    "UUP": "Ulster Unionist Party",
    "APNI": "Alliance",
    "Alliance": "Alliance",
    "TUV": "Traditional Unionist Voice",
    "WPB": "Workers Party of Britain",
    "Ind": "Independent",
    "Spk": "Speaker",
}


def name_of(abbreviation: str) -> str:
    """The party's name, or the abbreviation itself where it is not known."""
    return NAMES.get(abbreviation, abbreviation)
