"""How phone numbers map to places and time zones.

`nanp.json` holds every North American area code with its regions and all zones its exchanges lie in, overlays included;
`zones.json` the zones of each country, from the IANA database.
"""
