"""Short news stories in six languages, all invented, with what they should answer."""

from dataclasses import dataclass
from datetime import date

from index.documents import Article
from tests.fakes import make_article

MONDAY = date(2023, 9, 4)


@dataclass(frozen=True, slots=True)
class Story:
    """A story, how many sentences it has, and questions with a word of the sentence that answers.

    `told` are claims that it bears out, `wrong` the same with another number, name or day.
    """

    language: str
    title: str
    text: str
    sentences: int
    asked: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    wrong: tuple[str, ...]
    absent: str  # a question that it does not answer

    @property
    def article(self) -> Article:
        return make_article(
            self.text,
            id=f"story-{self.language}",
            title=self.title,
            language=self.language,
            published=MONDAY,
        )


RUSSIAN = Story(
    "ru",
    "Паром сел на мель у Лесногорска",
    "В воскресенье вечером паром «Ольга» сел на мель у порта Лесногорск. На борту находились "
    "183 пассажира и 24 члена экипажа. Никто не погиб, но 12 человек получили лёгкие травмы, "
    "сообщила начальник порта Вера Климова. По её словам, причиной стал сильный туман. «Мы "
    "вывезли всех людей за три часа», — сказала она. Ремонт судна обойдётся в 2,5 млн рублей. "
    "Движение паромов возобновят 6 сентября.",
    7,
    (
        ("Сколько пассажиров было на борту парома «Ольга»?", "183"),
        ("Сколько человек получили травмы?", "12"),
        ("Во сколько обойдётся ремонт парома?", "2,5"),
    ),
    (
        "На борту находились 183 пассажира.",
        "3 сентября паром «Ольга» сел на мель у порта Лесногорск.",
        "Ремонт судна обойдётся в 2,5 миллиона рублей.",
    ),
    (
        "На борту находились 138 пассажиров.",
        "2 сентября паром «Ольга» сел на мель у порта Лесногорск.",
        "Ремонт судна обойдётся в 2,5 миллиарда рублей.",
        "Паром «Ольга» сел на мель у порта Зареченск.",
    ),
    "Кто стал мэром Зареченска?",
)
GERMAN = Story(
    "de",
    "Feuer zerstört Markthalle in Hallstein",
    "Ein Großbrand hat am Samstag die alte Markthalle von Hallstein zerstört. Rund 140 "
    "Feuerwehrleute waren bis in die Nacht im Einsatz. Zwei Händler wurden verletzt, Tote gab es "
    "nicht. Den Schaden schätzt Bürgermeisterin Petra Lindner auf 3,2 Millionen Euro. „Wir bauen "
    "die Halle wieder auf“, sagte sie am Sonntag. Die Ursache des Feuers ist noch unbekannt. Der "
    "Wochenmarkt findet ab dem 11. September auf dem Schlossplatz statt.",
    7,
    (
        ("Wie viele Feuerwehrleute waren im Einsatz?", "140"),
        ("Wie hoch ist der Schaden nach dem Brand der Markthalle?", "3,2"),
        ("Wo findet der Wochenmarkt ab dem 11. September statt?", "Schlossplatz"),
    ),
    (
        "Rund 140 Feuerwehrleute waren im Einsatz.",
        "Am 2. September hat ein Großbrand die Markthalle von Hallstein zerstört.",
        "Den Schaden schätzt Petra Lindner auf 3,2 Mio. Euro.",
    ),
    (
        "Rund 410 Feuerwehrleute waren im Einsatz.",
        "Am 1. September hat ein Großbrand die Markthalle von Hallstein zerstört.",
        "Den Schaden schätzt Petra Lindner auf 3,2 Milliarden Euro.",
        "Ein Großbrand hat die alte Markthalle von Rosenau zerstört.",
    ),
    "Wer hat die Wahl in Rosenau gewonnen?",
)
FRENCH = Story(
    "fr",
    "Valbourg privée de trams par la grève",
    "Les conducteurs de tram de Valbourg ont cessé le travail vendredi. Selon le syndicat, 85 % "
    "du personnel suit le mouvement. Seules deux lignes sur neuf circulent encore. La maire, "
    "Hélène Corbin, a promis une prime de 400 euros par agent. « Cette offre ne suffit pas », a "
    "répondu le délégué Karim Lassalle. Quelque 60 000 voyageurs sont touchés chaque jour. Une "
    "nouvelle réunion est prévue le 7 septembre.",
    7,
    (
        ("Combien de voyageurs sont touchés par la grève des trams ?", "60 000"),
        ("Quelle prime la maire Hélène Corbin a-t-elle promise ?", "400"),
        ("Combien de lignes de tram circulent encore à Valbourg ?", "deux"),
    ),
    (
        "Quelque 60 000 voyageurs sont touchés chaque jour.",
        "Les conducteurs de tram de Valbourg ont cessé le travail le 1er septembre.",
        "Hélène Corbin a promis une prime de 400 euros.",
    ),
    (
        "Quelque 66 000 voyageurs sont touchés chaque jour.",
        "Les conducteurs de tram de Valbourg ont cessé le travail le 31 août.",
        "Les conducteurs de tram de Montclair ont cessé le travail vendredi.",
    ),
    "Qui dirige l'université de Montclair ?",
)
SPANISH = Story(
    "es",
    "Un terremoto sacude Puerto Claro",
    "Un terremoto de magnitud 6,1 sacudió el sábado la ciudad de Puerto Claro. Murieron siete "
    "personas y otras 230 resultaron heridas, según la alcaldesa, Lucía Barrientos. El hospital "
    "central quedó sin electricidad durante cuatro horas. «Lo peor ya pasó», dijo Barrientos el "
    "domingo. El gobierno enviará 15 millones de pesos para reparar las escuelas. Las clases se "
    "reanudarán el 12 de septiembre.",
    6,
    (
        ("¿Cuántas personas murieron en el terremoto de Puerto Claro?", "siete"),
        ("¿Cuánto dinero enviará el gobierno para las escuelas?", "15 millones"),
        ("¿Cuántas horas quedó el hospital sin electricidad?", "cuatro"),
    ),
    (
        "Murieron 7 personas y otras 230 resultaron heridas.",
        "El 2 de septiembre un terremoto de magnitud 6,1 sacudió Puerto Claro.",
        "El gobierno enviará quince millones de pesos para reparar las escuelas.",
    ),
    (
        "Murieron 17 personas y otras 230 resultaron heridas.",
        "El 3 de septiembre un terremoto de magnitud 6,1 sacudió Puerto Claro.",
        "El gobierno enviará quince mil pesos para reparar las escuelas.",
        "Un terremoto de magnitud 6,1 sacudió la ciudad de Villanueva.",
    ),
    "¿Quién ganó las elecciones en Villanueva?",
)
ARABIC = Story(
    "ar",
    "سيول تغمر وادي النخيل",
    "غمرت السيول بلدة وادي النخيل يوم السبت بعد أمطار غزيرة. وقالت رئيسة البلدية ليلى منصور إن "
    "تسعة أشخاص أصيبوا بجروح. ونقلت فرق الإنقاذ 450 شخصا إلى مدرستين. ولم تسجل أي وفيات حتى "
    "الآن. وتقدر الخسائر بنحو 3 ملايين دينار. وستفتح المدارس أبوابها في 10 سبتمبر.",
    6,
    (
        ("كم شخصا نقلت فرق الإنقاذ إلى المدارس؟", "450"),
        ("كم تقدر الخسائر في وادي النخيل؟", "3 ملايين"),
        ("متى ستفتح المدارس أبوابها؟", "10 سبتمبر"),
    ),
    (
        "نقلت فرق الإنقاذ 450 شخصا إلى مدرستين.",
        "غمرت السيول بلدة وادي النخيل في 2 سبتمبر.",
        "تقدر الخسائر بنحو 3 ملايين دينار.",
    ),
    (
        "نقلت فرق الإنقاذ 540 شخصا إلى مدرستين.",
        "غمرت السيول بلدة وادي النخيل في 3 سبتمبر.",
        "تقدر الخسائر بنحو 3 مليارات دينار.",
        "غمرت السيول بلدة عين الزيتون يوم السبت.",
    ),
    "من هو مدير مطار عين الزيتون؟",
)
CHINESE = Story(
    "zh",
    "临江市地铁三号线开通",
    "临江市地铁三号线于9月2日正式开通。新线全长28公里，共设19座车站。市长陈晓兰说，每天预计有"
    "35万人乘坐新线。工程总投资为120亿元。开通首日，有两部电梯发生故障，无人受伤。四号线将于"
    "2025年动工。",
    6,
    (
        ("临江市地铁三号线共设多少座车站？", "19"),
        ("三号线工程总投资是多少？", "120亿"),
        ("四号线什么时候动工？", "2025"),
    ),
    (
        "新线全长28公里，共设19座车站。",
        "工程总投资为120亿元。",
        "市长陈晓兰说，每天预计有35万人乘坐新线。",
    ),
    (
        "新线全长28公里，共设16座车站。",
        "工程总投资为120万元。",
        "市长陈晓兰说，每天预计有53万人乘坐新线。",
        "临江市地铁三号线于9月3日正式开通。",
    ),
    "东山市的市长是谁？",
)
STORIES = (RUSSIAN, GERMAN, FRENCH, SPANISH, ARABIC, CHINESE)
