"""Names of months, weekdays and relative days in several languages. Knows no arithmetic."""

from qa_service.checks.words import fold, word_set

MONTHS_OF = {
    "en": (
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,"
        "september sep sept,october oct,november nov,december dec"
    ),
    "de": (
        "januar jänner jan,februar feber feb,märz,april apr,mai,juni jun,juli jul,august aug,"
        "september sep sept,oktober okt,november nov,dezember dez"
    ),
    "fr": (
        "janvier janv,février févr,mars,avril avr,mai,juin,juillet juil,août,septembre sept,"
        "octobre oct,novembre nov,décembre déc"
    ),
    "es": (
        "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre setiembre,octubre,"
        "noviembre,diciembre"
    ),
    "ru": (
        "январь января январе,февраль февраля феврале,март марта марте,апрель апреля апреле,"
        "май мая мае,июнь июня июне,июль июля июле,август августа августе,"
        "сентябрь сентября сентябре,октябрь октября октябре,ноябрь ноября ноябре,"
        "декабрь декабря декабре"
    ),
    "ar": (
        "يناير,فبراير شباط,مارس آذار,أبريل إبريل نيسان,مايو أيار,يونيو حزيران,يوليو تموز,"
        "أغسطس آب,سبتمبر أيلول,أكتوبر,نوفمبر,ديسمبر"
    ),
}  # fmt: skip
WEEKDAYS_OF = {
    "en": "monday mon,tuesday tue tues,wednesday wed,thursday thu thurs,friday fri,saturday sat,"
    "sunday sun",
    "de": "montag,dienstag,mittwoch,donnerstag,freitag,samstag sonnabend,sonntag",
    "fr": "lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche",
    "es": "lunes,martes,miércoles,jueves,viernes,sábado,domingo",
    "ru": "понедельник,вторник,среда среду,четверг,пятница пятницу,суббота субботу,воскресенье",
    "ar": "الاثنين الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,الأحد",
}
DAYS_OF = {  # days away from the publication date
    "en": {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1},
    "de": {"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2},
    "fr": {"hier": -1, "aujourd'hui": 0, "demain": 1},
    "es": {"anteayer": -2, "ayer": -1, "hoy": 0},
    "ru": {"позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2},
    "ar": {"أمس": -1, "اليوم": 0, "غدا": 1},
}


def numbered(table: str, first: int) -> dict[str, int]:
    """Read "a b,c" as {a: first, b: first, c: first + 1}, folded."""
    return {
        fold(word): number
        for number, words in enumerate(table.split(","), first)
        for word in words.split()
    }


MONTHS = {language: numbered(table, 1) for language, table in MONTHS_OF.items()}
WEEKDAYS = {language: numbered(table, 0) for language, table in WEEKDAYS_OF.items()}
DAYS = {language: {fold(w): n for w, n in table.items()} for language, table in DAYS_OF.items()}

SHORT = word_set(
    "jan feb mar apr may jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun "
)
"""Words that are calendar words only when written with a capital: "may", "march", "sun"."""
