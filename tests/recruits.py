"""One article about recruits, a question about it, and what a model replies."""

from tests.fakes import make_article

WORDS = "Medvedev said that some 280,000 people had joined the army since 1 January."
RECRUITS = make_article(f"{WORDS} He spoke on Sakhalin.", id="recruits", title="Army grows")
REPLY = "Some 280,000 people had joined the army since 1 January, Medvedev said. [S1]"
QUESTION = {"question": "how many people joined the army since 1 January"}
