"""How phone numbers map to places and time zones.

`tools/numbering.py` writes both files. `nanp.json` holds every North American area code with its regions and all
zones its exchanges lie in, overlays included: the union of libphonenumber's prefixes, the reviewed tables of split
and overlying codes, and overlays in service that the library does not know yet. `zones.json` holds the zones of each
country, from the IANA database.
"""
