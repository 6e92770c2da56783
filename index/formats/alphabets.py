"""What bytes that name no encoding are in, told by the letters that languages have.

Written because the library, asked alone, took "£5", "mañana" and "€20 –" in Windows-1252 for
Polish or Baltic, and a quote would have kept the wrong letters. It is still asked for what is
written in no Latin letters.
"""

import re

from charset_normalizer import from_bytes

# Letters beyond ASCII by language, each in its encoding; the more frequent languages first. Turkish
# differs in six letters from Western, and from Icelandic in what else there is.
ALPHABETS = tuple(
    (encoding, frozenset(letters))
    for encoding, languages in (
        ("cp1252", "éèêëàâçîïôùûüÿœæ äöüßéà áéíóúüñç àáâãçéêíóôõúü àèéìíîòóùú åäöéàü æøåéèêòôóü"),
        ("cp1252", "éèêëïíóöüáç àçèéíïòóúü"),
        ("cp1254", "çğıiöşüâîû̇"),
        ("cp1252", "áðéíóúýþæö"),
        ("cp1250", "ąćęłńóśźżé áčďéěíňóřšťúůýžö áäčďéíĺľňóôŕšťúýž čćđšž áéíóöőúüű ăâîşţ"),
        ("cp1257", "ąčęėįšųūž āčēģīķļņšūž äõöüšž"),
    )
    for letters in languages.split()
)
# What news is written in. Of the 90 encodings that the library knows it takes others for these.
OTHERS = (
    "cp1251 koi8_r koi8_u cp1253 cp1255 cp1256 cp1258 gb18030 big5 euc_jp euc_kr shift_jis "
    "iso2022_jp mac_roman cp1252 cp1250 cp1254 cp1257 iso8859_2"
).split()

# What stands in no word, and in many once they are read in the wrong encoding.
SAMPLE = 2**18  # characters that are looked at for it: 3 MB took 2 s
ODD = re.compile(r"[^\W\d_](?:[¡-©«-¹»-¿€‚ƒ„†‡ˆ‰‹•˜™›][^\W\d_]|[¹²³¼½¾¿¢¤¥¦§¨¬±´µ¶])")


def guess_encoding(data: bytes) -> str | None:
    """Return what bytes that are no UTF-8 are most likely in; None if that cannot be told."""
    read = {encoding: _read_as(data, encoding) for encoding, _ in ALPHABETS}
    sound = {encoding: _letters(text) for encoding, text in read.items() if _is_sound(text)}
    for encoding, alphabet in ALPHABETS:
        if encoding in sound and sound[encoding] <= alphabet:
            return encoding
    best = from_bytes(data, cp_isolation=OTHERS, preemptive_behaviour=False).best()
    return best.encoding if best and _read_as(data, best.encoding) is not None else None


def _letters(text: str | None) -> set[str]:
    """Return the letters beyond ASCII; lower() as casefold() would write "ß" as "ss"."""
    return {c for c in set((text or "").lower()) if ord(c) > 127 and c.isalpha()}


def _is_sound(text: str | None) -> bool:
    return text is not None and not ODD.search(text, 0, SAMPLE)


def _read_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
