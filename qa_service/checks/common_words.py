"""English words that begin sentences and are no names. A table, for telling the two apart."""

from qa_service.checks.words import word_set

TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady president prime minister senator sen representative "
    "rep governor gov king queen prince princess pope general gen colonel col lieutenant lt "
    "captain capt major sergeant sgt judge justice secretary chancellor ceo cfo chairman "
    "chairwoman chair professor prof attorney ambassador mayor congressman congresswoman "
    "deputy vice chief director foreign premier first coach officer detective rev reverend "
    "father sister brother former herr frau präsident kanzler bundeskanzler monsieur madame "
    "président señor señora presidente президент министр "
)

COMMON = word_set(
    "about above according accused actor actors actress added additionally admission adults "
    "after again against age ages agents air aircraft airlines airport all allegations almost "
    "along already also although among analysts animals annual another any anyone applicants "
    "army around arrests art article artist artists as ask asked at athletes attack attacks "
    "attempts attendance attendees august aunt author authorities average award awards baby "
    "back ban bank banks because before behind being below beside best better between big "
    "bills bird birds black blue board boats body bodies book books both boy boys british bus "
    "buses business businesses but buyers by campaign can car cars case cases cat cats cause "
    "cash celebrity cells century champion champions change changes charges check child "
    "children church cities city civilians class climate coal coffee college companies "
    "company compared concert conditions confirmed congress consumer consumers core costs "
    "council countries country couple court courts cows crew crews crime critics crude crowd "
    "crowds customers data date days dead death deaths debt demand democracy despite details "
    "diesel dinner disease doctor doctors dog dogs dozens driver drivers drones drug drugs "
    "due during each earlier early earnings earth economic economists economy education eight "
    "eighteen election elections eleven employees employers employment end energy engineers "
    "engines enough entire entries episodes even events eventually every everyone everything "
    "evidence except exchange executives expect experts exports extra eyewitnesses facing "
    "family families famous fan fans farm farmers fashion fellow few fewer fifteen fifty "
    "fighting figures film films final finally financial fire fires first fish five flights "
    "flooding floods flu following food football for forces foreign forty four free friday "
    "friends from fuel full funding funds funeral gas gasoline girl girls global gold good "
    "government governments green ground group groups growth guests gun guns half hackers "
    "hall have having he headline health heat heavy hello help hence her here high higher his "
    "history holders home homeowners homes hospital hospitals host hot hotel hotels hours "
    "house households housing how however human hundreds hurricane if illegal immigrants "
    "impact imports in including indeed independent individuals industry infections inflation "
    "information inside insiders instead insurance interest international internet "
    "investigators investors it items its jobs judge judges just kids killing knowing labor "
    "land large larger last late later law lawmakers laws lawyer lawyers leader leaders left "
    "legal less let life lights like likewise listeners little live lives living loans local "
    "locals long lots love low lower lunch main making male man manager many market markets "
    "matches may maybe mayor meanwhile measures meat media medical members men messages "
    "middle migrants military million millions mining moderate modern moments money monday "
    "monthly more moreover mortgage most mother mothers movie movies much music musicians my "
    "name national natural near nearly neighbors neither never nevertheless new newly news "
    "next nine no nobody none nonetheless nor normally north not note nothing notably now "
    "nurses nursing obviously of officers official officials oil old older on once one only "
    "online open opposition or organizers other others otherwise our out outside over overall "
    "owner owners pages paper parents park part parties party passengers past patients pay "
    "payments peace people per perhaps person personal petrol phone photo photos pilot pilots "
    "plane planes plans plants play player players plus point points police policy political "
    "politicians polls pollution poor population power present press previous previously "
    "price prices prison private prizes pro producers production products profit profits "
    "property prosecutor prosecutors protesters protests public pupils questions quickly rail "
    "rain raising rates rather readers real recent recently record records red reduced "
    "refugees regional regulators related relatives relief religious remaining rent report "
    "reporters reports rescue rescuers research researchers residents results retail revenue "
    "rising river road roads rules rumors runners safety sales same saturday scammers schools "
    "school science scientists scores sea season second secretary security seen sellers "
    "senior separately september service services seven several severe sex shares she ship "
    "ships shoppers shops shortly should show shows similar simply since singer singles six "
    "sixty small smoke snow so social soldiers some somebody someone something sometimes soon "
    "source sources south space speaking special spectators sports spring staff star stars "
    "state statements states stations still stock stocks stores storms story street stress "
    "strikes strong student students studies study such sugar summer sunday supplies support "
    "supporters surely surveys survivors suspects taking tax taxes taxpayers tea teachers "
    "team teams technically technology teenagers temperature temperatures ten tens tensions "
    "terms test tests than thanks that the their them then there therefore these they things "
    "third thirteen thirty this those though thousands three through thursday thus tickets "
    "time times titled to today together tomorrow too top total tourists town toxic trade "
    "traders traffic train trains travel travelers treatment trees troops trucks trust "
    "tuesday tv twelve twenty twice two typically under unemployment unfortunately union "
    "unions united university unless unlike until up upon users usually vaccine vaccines "
    "value various vehicles very victims video videos viewers violence visitors volunteers "
    "voter voters votes voting wages war warning was water we weather wednesday weeks well "
    "were west western what wheat when where whereas whether which while white who whole why "
    "wife wild wildfire wildfires will wind winds winner winners winter with within without "
    "witnesses woman women work workers world would writer writers writing wrote year years "
    "yes yesterday yet you young your youth zero actually am an and are be been did do does "
    "had has is it's there's that's hers a i ai either further given besides back-to-back "
)
"""Beyond these, a first word with one of `ENDINGS` is taken for a common word too."""
ENDINGS = (
    "ing", "tion", "tions", "sion", "sions", "ment", "ments", "ists", "fighters", "workers",
    "ity", "ities", "ness", "ly", "ful", "less", "ologists", "icians", "ance", "ances", "ency",
    "ship", "ships", "holders", "makers", "goers", "ously", "able",
)  # fmt: skip

OCCUPATIONS = word_set(
    "executive star superstar boss coach host ace guard chief head legend native veteran forward "
    "centre center striker official resident student graduate magnate mogul tycoon heir heiress "
    "champion pop-star icon giant great hero spokesman spokeswoman spokesperson candidate nominee "
    "president-elect mayor-elect premier analyst activist aide agent chair partner member "
    "correspondent defendant suspect fugitive migrant immigrant billionaire millionaire teen "
    "teenager guitarist quarterback goalkeeper back winger captain pilot ambassador envoy "
    "frontman diplomat bishop imam rabbi priest nun monk chef nurse surgeon midwife guru critic "
)
OF_PERSONS = ("er", "or", "ist", "man", "woman", "ian", "ant", "ess", "eer", "yst")


def occupation(key: str) -> bool:
    """Whether a word says what somebody is: "striker", "economist", "boss", "prime"."""
    return key in TITLES or key in OCCUPATIONS or (len(key) > 4 and key.endswith(OF_PERSONS))
