"""Countries and their people, and short names that everybody knows. A table, not a gazetteer."""

from qa_service.checks.words import fold

SAME = (
    "afghanistan afghan afghans|albania albanian|algeria algerian|"
    "america american americans us usa|argentina argentine argentinian|armenia armenian|"
    "australia australian australians|austria austrian|azerbaijan azerbaijani azeri|"
    "bangladesh bangladeshi|belarus belarusian|belgium belgian|bolivia bolivian|"
    "bosnia bosnian|brazil brazilian brazilians|britain british briton britons uk|"
    "bulgaria bulgarian|cambodia cambodian|canada canadian canadians|chile chilean|"
    "china chinese|colombia colombian|croatia croatian|cuba cuban|cyprus cypriot|"
    "czechia czech|denmark danish dane|ecuador ecuadorian|egypt egyptian|england english|"
    "estonia estonian|ethiopia ethiopian|europe european europeans|"
    "finland finnish finn finns|france french|georgia georgian|germany german germans|"
    "ghana ghanaian|greece greek greeks|greenland greenlandic greenlanders|"
    "guatemala guatemalan|haiti haitian|hungary hungarian|iceland icelandic|"
    "india indian indians|indonesia indonesian|iran iranian iranians|iraq iraqi iraqis|"
    "ireland irish|israel israeli israelis|italy italian italians|jamaica jamaican|"
    "japan japanese|jordan jordanian|kazakhstan kazakh|kenya kenyan|korea korean koreans|"
    "kuwait kuwaiti|latvia latvian|lebanon lebanese|libya libyan|lithuania lithuanian|"
    "malaysia malaysian|mexico mexican mexicans|moldova moldovan|mongolia mongolian|"
    "morocco moroccan|myanmar burma burmese|nepal nepalese|netherlands dutch|"
    "nicaragua nicaraguan|nigeria nigerian|niger nigerien|norway norwegian|"
    "pakistan pakistani|palestine palestinian palestinians|panama panamanian|"
    "peru peruvian|philippines philippine filipino|poland polish pole poles|"
    "portugal portuguese|qatar qatari|romania romanian|russia russian russians|"
    "rwanda rwandan|saudi|scotland scottish scots|serbia serbian|singapore singaporean|"
    "slovakia slovak|slovenia slovenian|somalia somali|spain spanish|sudan sudanese|"
    "sweden swedish|switzerland swiss|syria syrian syrians|taiwan taiwanese|"
    "tanzania tanzanian|thailand thai|tunisia tunisian|turkey turkish turkiye turks|"
    "uganda ugandan|ukraine ukrainian ukrainians|uruguay uruguayan|venezuela venezuelan|"
    "vietnam vietnamese|wales welsh|yemen yemeni|zimbabwe zimbabwean|asia asian|"
    "africa african africans|christianity christian christians|islam islamic|"
    "muslim muslims|jew jewish jews|catholic catholics|democrat democrats democratic|"
    "republican republicans gop"
)
CANON = {
    fold(form + plural): group.split()[0]
    for group in SAME.split("|")
    for form in group.split()
    for plural in ("", "s")
}
COUNTRIES = frozenset(group.split()[0] for group in SAME.split("|")) | {"us", "usa", "uk", "burma"}
"""The names of the countries themselves, not of their people."""

SHORT_FOR = {
    "us": "united states",
    "america": "united states",
    "usa": "united states",
    "uk": "united kingdom",
    "britain": "united kingdom",
    "eu": "european union",
    "un": "united nations",
    "uae": "united arab emirates",
    "fbi": "federal bureau of investigation",
    "who": "world health organization",
    "nato": "north atlantic treaty organization",
    "gop": "republican party",
    "nyc": "new york city",
    "la": "los angeles",
    "dc": "washington",
    "ai": "artificial intelligence",
    "fed": "federal reserve",
    "covid": "coronavirus",
}
