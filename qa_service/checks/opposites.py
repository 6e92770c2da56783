"""Tables of words that say the contrary of each other.

Each line is a pair of opposites, `one side | other side`. A word may stand in several lines: what
is gained is neither "lost" nor "cut". How the tables are read is in `antonyms`.
"""

from qa_service.checks.words import lemmas

OPPOSITES = """
rise increase grow climb surge jump gain soar rocket spike swell upward uptick
  | fall drop decrease decline plunge plummet tumble sink slump slide shrink dip dwindle downward
raise hike boost heighten lift | cut lower reduce slash trim
higher more greater upper larger bigger | lower fewer less smaller
up | down
above over exceed exceeded | below under
first | last
highest most largest biggest | lowest fewest smallest least
win victory triumph gain clinch | lose forfeit
approve pass adopt endorse greenlight ratify | reject veto disapprove
accept agree | refuse decline turned
confirm acknowledge admit | deny refute dispute
uphold upheld affirm sustain | overturn overturned overrule reverse quash annul
support back favor favour for backed | oppose against
open reopen opened | close shut closed
launch resume continue proceed | suspend stop halt discontinue scrap cancel abandon
start begin launch commence | end stop halt finish cease conclude
buy purchase acquire bought | sell sold
hire appoint recruit employ | fire sack dismiss
arrest detain jail imprison | release free freed
guilty convict convicted | innocent acquit acquitted cleared
arrive enter | leave depart exit
join | quit resign leave
keep retain maintain preserve | abandon scrap drop abolish
allow permit legalize legalise let authorize authorise able | ban prohibit bar forbid outlaw block
include | exclude omit
import | export
lend | borrow
succeed success successful manage | fail unsuccessful unsuccessfully
remember | forget
protect safeguard | endanger harm threaten
encourage urge | discourage dissuade
promote | demote
comply obey | defy violate flout
reveal disclose expose | hide conceal
nominate elect | oust impeach
claim | renounce relinquish
love adore | hate loathe
born birth | die dead
alive survive survivor | dead die kill
strengthen stronger strong | weaken weaker weak
improve better best | worsen worse worst deteriorate
widen | narrow
escalate intensify worsen | ease calm deescalate
old older oldest elder | young younger youngest
long longer longest | short shorter shortest
early earlier earliest | late later latest
hot hotter hottest warm warmer | cold colder coldest cool cooler
fast faster quick quicker quickly | slow slower slowly
rich richer wealthy | poor poorer
male man boy | female woman girl
husband | wife
son brother father | daughter sister mother
east eastern | west western
north northern | south southern
public | private
legal lawful | illegal unlawful
possible likely | impossible unlikely
safe | dangerous unsafe
true | false untrue
positive | negative
mandatory compulsory obligatory | optional voluntary
permanent permanently | temporary temporarily
domestic | foreign
healthy | sick ill
real genuine authentic | fake counterfeit forged
correct correctly | incorrect incorrectly wrong wrongly mistaken
majority | minority
maximum | minimum
advance | retreat withdraw
attack | defend
praise welcome applaud | criticize criticise condemn blast slam
profit | loss
surplus | deficit
expand | contract
tighten | loosen ease relax
employed | unemployed
married wed | divorce divorced
present | absent
morning | evening
extend lengthen | shorten curtail
delay postpone | hasten
ally friend | enemy rival foe
create build | destroy demolish
add | remove
""".replace("\n  |", " |")
IN_PLACE = """
before ahead prior | after following since
above over exceed beyond | below under beneath
all every each always everyone everybody everything | none never nobody nothing some few
many most much often frequently | few little seldom rarely
can able | cannot unable
still already | yet longer
with | without
and | or nor
inside indoor indoors within | outside outdoor outdoors
here | there
forward | backward backwards back
ahead lead | behind trail
top | bottom
big huge great large | small tiny little minor
high highly | low
deep | shallow
wide broad | narrow
thick | thin
heavy heavily | light lightly
full | empty
strong strongly | weak weakly
easy easily | difficult hard tough
cheap | expensive costly
wet wettest | dry driest
bright | dark
clean | dirty polluted
soft | hard
rare rarely | common commonly
same similar | different
modern new | ancient old
new newest | old oldest
major | minor
senior | junior
urban | rural
military | civilian
day daytime | night
morning | evening afternoon
summer | winter
spring | autumn
war | peace
friend ally | foe enemy rival
love like | hate dislike
hope optimism optimistic | fear pessimism pessimistic
find found | lose lost
help aid assist | hinder hamper harm
enable | prevent
cause trigger | prevent
winner | loser
victory | defeat
buyer purchaser | seller vendor
employer | employee
teacher | student
landlord | tenant
host | guest
attacker | victim
prosecutor prosecution | defender defence defense
liberal progressive | conservative
arrival | departure
beginning start opening | end ending closing
first | last second final
next | previous last
early earlier | late later
only | also
more | less fewer
most | least
both | neither
either | neither
together | apart separately
toward towards to | from
into onto | out off
up | down
for | against
left | right
public publicly | private privately
north northern | south southern
east eastern | west western
maximum | minimum
cheaper | costlier dearer
ancestor | descendant
import importer | export exporter
lend lender creditor | borrow borrower debtor
credit | debit
gross | net
surplus | shortage shortfall deficit
growth | contraction decline
boom | bust slump
bull | bear
float | sink
freeze | thaw
occupy | liberate
invade | withdraw
begin start | end stop finish
come | go
give | take receive
send | receive get
ask | answer
push | pull
attach | detach remove
fill | empty
hire | fire
visible | hidden
agree | differ
success | failure
profit | loss
pass | fail
won | lost
arm | disarm
right rightly | wrong wrongly
"""
"""Opposites only where the rest of the sentence is the same: elsewhere they tell other things."""

FALSE_PREFIXED = lemmas(
    "under until unit union unite united universe university unto inform income increase "
    "indeed index india indian inside install instance instead insure intend intent interest "
    "into invent invest invite involve input intake inbound ingest inland impact import "
    "impose impress improve imply impart important immense disc discover discuss disease dish "
    "display distance district disaster discount dispatch discharge discourse dispose dissent "
    "dismay dismiss disgrace disguise disregard irritate illness illuminate illustrate uncle "
    "unveil unless unlike unlikely undergo understand uniform unique unit universal university "
    "undertake underway underline undermine underlying unleash unfold "
)
"""Words that begin as if they were negated and are not."""
