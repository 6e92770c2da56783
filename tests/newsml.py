"""A NewsML-G2 item with a NITF story in it, and what a reader finds in such texts."""

from io import BytesIO

from index.errors import Unreadable
from index.formats.recognise import reader_of
from index.identity import RawArticle

NS = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>Inner headline</hl1></hedline><byline>By Bo Berg</byline></body.head>
<body.content><p>Taxes stay as
   they are.</p><media><media-caption>A picture</media-caption></media>
<p>Nobody <em>asked</em> &amp; nobody paid.</p></body.content></body></nitf>"""


def item(body: str = NITF, *, guid: str = "urn:sarn:1", meta: str = "", ns: str = NS) -> str:
    return f"""<newsItem {ns} guid="{guid}" version="3" standard="NewsML-G2" xml:lang="en-GB">
<rightsInfo><copyrightNotice>© Sarn Gazette</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:Sarn"><name>Sarn Gazette</name>
</provider><versionCreated>2023-09-05T10:00:00Z</versionCreated>
<firstCreated>2023-09-04T10:00:00Z</firstCreated>{meta}</itemMeta>
<contentMeta><creator><name>Ann Lee</name></creator><headline>Taxes stay</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml">{body}</inlineXML></contentSet>
</newsItem>"""


def found_in(text: str | bytes, name: str = "a.xml") -> list[RawArticle | Unreadable]:
    data = text if isinstance(text, bytes) else ('<?xml version="1.0"?>' + text).encode()
    return [found for _, found in reader_of(data[:4096], name)(BytesIO(data), name)]
